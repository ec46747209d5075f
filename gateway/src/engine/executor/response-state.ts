import type { PreparedOperation } from '../planner/prepared-operation.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import { clientVariable } from './forwarded-variables.ts';
import type { JsonObject } from './json.ts';
import { type KnownPlaces, type Place, createPlace, indexesOf } from './place.ts';
import type { ResponseLayout } from './response-layout.ts';

/** An error of a subgraph as clients see it, without a path. */
export interface ErrorReport {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** A report that explains a null. */
export interface LocatedError {
  readonly report: ErrorReport;
  /** Keys and indexes from the null to the field where the error arose. */
  readonly rest: readonly (string | number)[];
}

/** Where an error arose that explains no null. */
export interface LoosePlace {
  readonly place: Place;
  readonly path: readonly (string | number)[];
  /** The subgraph's path led on, to where nothing was asked. */
  readonly isAstray: boolean;
}

/** A report that explains no null: shown at its path under the place, or without a path. */
export interface LooseError {
  readonly report: ErrorReport;
  readonly at: LoosePlace | undefined;
}

/** What became of one fetch. */
export interface FetchOutcome {
  /** It brought nothing for any place, because of these. */
  failure: readonly LocatedError[];
  /** Places whose entity is null because of errors. */
  readonly lost: Map<Place, LocatedError[]>;
  /** Places that could not be asked for, because of these: a required field is missing. */
  readonly unasked: Map<Place, readonly LocatedError[]>;
}

/** Everything one execution knows of its answers so far. */
export interface ResponseState {
  readonly layout: ResponseLayout;
  readonly types: PossibleTypes;
  /** Whether a variable, by its name in the plan, is true. */
  readonly isTrue: (variable: string) => boolean;
  readonly root: Place;
  readonly knownPlaces: KnownPlaces;
  readonly outcomes: readonly FetchOutcome[];
  /** Errors behind a null, by the object or list that holds it. */
  readonly nullErrors: Map<object, Map<string | number, LocatedError[]>>;
  readonly loose: LooseError[];
  /** No string of any answer so far needs to be escaped in JSON. */
  isPlain: boolean;
  /** There is so much in the answers that the response is written in slices. */
  isLarge: boolean;
  /** A mutation that may not be null is: those after it do not run. */
  isRootLost: boolean;
}

/** The state before the first fetch. */
export function createResponseState(
  compiled: { readonly layout: ResponseLayout; readonly prepared: PreparedOperation },
  types: PossibleTypes,
  coerced: Readonly<Record<string, unknown>>,
): ResponseState {
  const { layout } = compiled;
  return {
    layout,
    types,
    isTrue: (variable) => coerced[clientVariable({ compiled }, variable)] === true,
    root: createPlace(layout.root),
    knownPlaces: new Map(),
    outcomes: layout.mounts.map(() => ({ failure: [], lost: new Map(), unasked: new Map() })),
    nullErrors: new Map(),
    loose: [],
    isPlain: true,
    isLarge: false,
    isRootLost: false,
  };
}

/** The errors behind a null of an answer. */
export function errorsOfNull(
  state: ResponseState,
  container: JsonObject | readonly unknown[],
  key: string | number,
): readonly LocatedError[] {
  return state.nullErrors.get(container)?.get(key) ?? [];
}

/** Why a field of a place has no value: the errors of everything that might have given it. */
export function errorsBehind(
  state: ResponseState,
  place: Place,
  key: string,
  indexes: readonly number[],
): readonly LocatedError[] {
  const slots = place.position.slotsByKey.get(key) ?? [];
  return slots.flatMap((slot) => errorsOfSlot(state, place, slot, [key, ...indexes]));
}

function errorsOfSlot(
  state: ResponseState,
  place: Place,
  slot: number,
  path: readonly (string | number)[],
): readonly LocatedError[] {
  const object = place.slots[slot];
  if (object) return errorsAlong(state, object, path);
  const source = place.position.sources[slot];
  if (source?.kind === 'Nested') {
    const { parent, position } = place;
    return parent ? errorsOfSlot(state, parent, source.parentSlot, [position.key, ...indexesOf(place), ...path]) : [];
  }
  const outcome = source ? state.outcomes[source.fetch] : undefined;
  return outcome ? errorsOfOutcome(outcome, place, path) : [];
}

function errorsOfOutcome(
  outcome: FetchOutcome,
  place: Place,
  path: readonly (string | number)[],
): readonly LocatedError[] {
  const all =
    outcome.failure.length > 0 ? outcome.failure : (outcome.lost.get(place) ?? outcome.unasked.get(place) ?? []);
  const exact = all.filter(({ rest }) => rest[0] === path[0]);
  if (exact.length > 0) return exact.map((error) => ({ ...error, rest: error.rest.slice(path.length) }));
  return all.slice(0, 1).map((error) => ({ ...error, rest: [] }));
}

/** Goes down an answer to the first null and gives the errors behind it. */
function errorsAlong(
  state: ResponseState,
  object: JsonObject,
  path: readonly (string | number)[],
): readonly LocatedError[] {
  let container: unknown = object;
  for (const key of path) {
    if (typeof container !== 'object' || container === null) return [];
    const value: unknown = Reflect.get(container, key);
    if (value === null || value === undefined) return state.nullErrors.get(container)?.get(key) ?? [];
    container = value;
  }
  return [];
}
