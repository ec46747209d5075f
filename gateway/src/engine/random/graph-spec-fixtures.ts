import { type Arbitrary, array, boolean, constantFrom, nat, option, record } from 'fast-check';
import type { Composer } from '../fixtures.ts';

/**
 * A random federated graph as plain values: numbers choose modulo what there is to choose from, so that every value is
 * a graph and a failing one shrinks to a small one.
 */
export interface GraphSpec {
  readonly composer: Composer;
  readonly subgraphs: number;
  readonly entities: readonly EntitySpec[];
  readonly media: MediaSpec | null;
}

export interface EntitySpec {
  readonly key: 'id' | 'composite' | 'nested' | 'two';
  readonly places: readonly PlaceSpec[];
  readonly fields: readonly FieldSpec[];
}

/** A subgraph that has the entity. */
export interface PlaceSpec {
  readonly subgraph: number;
  /** Of an entity with two keys: both, the first or the second. */
  readonly keys: number;
  /** It refers to the entity and cannot be asked for it. */
  readonly isStub: boolean;
}

export interface FieldSpec {
  readonly place: number;
  /** Another place has it too (`@shareable`). */
  readonly isShared: boolean;
  readonly kind: 'Int' | 'String' | 'Mark' | 'Value' | 'Entity' | 'Any' | 'Named' | 'Media';
  readonly target: number;
  /** Lists around it. */
  readonly lists: number;
  readonly isNonNull: boolean;
  readonly hasArgument: boolean;
  /** An earlier field of another place that it requires. */
  readonly requires: number | null;
  /** A field of the target that it provides. */
  readonly provides: number | null;
}

/** An interface that other subgraphs extend by `@interfaceObject`. */
export interface MediaSpec {
  readonly home: number;
  readonly extensions: readonly { readonly subgraph: number; readonly requires: boolean; readonly root: boolean }[];
}

const fieldSpec: Arbitrary<FieldSpec> = record({
  place: nat(2),
  isShared: boolean(),
  kind: constantFrom('Int', 'String', 'Mark', 'Value', 'Entity', 'Entity', 'Any', 'Named', 'Media'),
  target: nat(2),
  lists: constantFrom(0, 0, 0, 1, 1, 2),
  isNonNull: boolean(),
  hasArgument: boolean(),
  requires: option(nat(3)),
  provides: option(nat(3)),
});

const entitySpec: Arbitrary<EntitySpec> = record({
  key: constantFrom('id', 'composite', 'nested', 'two'),
  places: array(record({ subgraph: nat(3), keys: nat(2), isStub: constantFrom(false, false, false, true) }), {
    minLength: 1,
    maxLength: 3,
  }),
  fields: array(fieldSpec, { minLength: 1, maxLength: 5 }),
});

/** Any small federated graph; not all of them compose. */
export const graphSpecs: Arbitrary<GraphSpec> = record({
  composer: constantFrom('guild', 'apollo'),
  subgraphs: constantFrom(2, 3, 4),
  entities: array(entitySpec, { minLength: 1, maxLength: 3 }),
  media: option(
    record({
      home: nat(3),
      extensions: array(record({ subgraph: nat(3), requires: boolean(), root: boolean() }), { maxLength: 2 }),
    }),
  ),
});
