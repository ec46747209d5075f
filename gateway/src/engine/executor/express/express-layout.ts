import { type GraphQLObjectType, Kind, OperationTypeNode } from 'graphql';
import { parseOperation } from '../../planner/asked-fields.ts';
import type { PreparedOperation } from '../../planner/prepared-operation.ts';
import type { FetchNode } from '../../planner/query-plan.ts';
import type { Position, ResponseLayout } from '../response-layout.ts';
import {
  type AnswerTree,
  type Choosing,
  type FieldTemplate,
  LEAF,
  LEAVES,
  NoTemplate,
  type ObjectTemplate,
  compileAnswerTree,
} from './answer-template.ts';

/**
 * A position of the response whose objects are all of one type and stand in one table: that of the one answer in which
 * they are nested. Objects of which two places tell, because two entities are the same, are one row.
 */
export interface ExpressPosition {
  readonly index: number;
  readonly position: Position;
  readonly type: GraphQLObjectType;
  /** Where its objects are; absent for the root, which is one. */
  readonly origin: Origin | undefined;
  /** One for each source of the position, in their order; `undefined` for what is not asked. */
  readonly slots: readonly (ExpressSlot | undefined)[];
  readonly children: ReadonlyMap<string, ExpressPosition>;
}

/** A field of the objects of another position. */
export interface Origin {
  readonly parent: ExpressPosition;
  /** Which source of it. */
  readonly parentSlot: number;
  readonly slot: ExpressSlot;
  readonly field: FieldTemplate;
}

/** What one answer tells of the objects of a position. */
export interface ExpressSlot {
  readonly fetch: number;
  readonly template: ObjectTemplate;
  /** The row in its table is the object's; else that of the entity which the fetch brought for it. */
  readonly isOwn: boolean;
}

/** Positions of a plan, and what each fetch brings, by its id. */
export interface ExpressLayout {
  readonly root: ExpressPosition;
  readonly byPosition: ReadonlyMap<Position, ExpressPosition>;
  readonly trees: readonly AnswerTree[];
}

/** Lays out what these fetches of a plan bring. Throws `NoTemplate` where their answers may be of several forms. */
export function layOutExpress(
  { operation }: PreparedOperation,
  { root, mounts }: ResponseLayout,
  fetches: readonly FetchNode[],
  choosing: Choosing,
): ExpressLayout {
  const trees: AnswerTree[] = [];
  const byPosition = new Map<Position, ExpressPosition>();

  function layOut(position: Position, type: GraphQLObjectType, origin: Origin | undefined): ExpressPosition {
    for (const fetch of fetches) {
      if (mounts[fetch.id]?.position !== position) continue;
      trees[fetch.id] = compileAnswerTree(selectionOf(fetch), type, choosing);
    }
    const slots = position.sources.map((source): ExpressSlot | undefined => {
      if (source.kind === 'Answer') return entitySlot(trees, source.fetch);
      if (!origin || source.parentSlot !== origin.parentSlot) return undefined;
      return { fetch: origin.slot.fetch, template: innerOf(origin.field), isOwn: true };
    });
    const children = new Map<string, ExpressPosition>();
    const laidOut = { index: byPosition.size, position, type, origin, slots, children };
    byPosition.set(position, laidOut);
    for (const child of position.children) {
      const childOrigin = originOf(laidOut, child);
      if (childOrigin) children.set(child.key, layOut(child, innerOf(childOrigin.field).type, childOrigin));
    }
    return laidOut;
  }

  return { root: layOut(root, operation.rootType, undefined), byPosition, trees };
}

function entitySlot(trees: readonly AnswerTree[], fetch: number): ExpressSlot | undefined {
  const tree = trees[fetch];
  return tree && { fetch, template: tree.root, isOwn: false };
}

/** The field in which the objects of a position are nested; `undefined` where it is not asked. */
function originOf(parent: ExpressPosition, { key, sources }: Position): Origin | undefined {
  const origins = sources.flatMap((source) => {
    if (source.kind !== 'Nested') return [];
    const slot = parent.slots[source.parentSlot];
    const field = slot && fieldOf(slot, key);
    return field ? [{ parent, parentSlot: source.parentSlot, slot, field }] : [];
  });
  if (origins.length > 1) throw new NoTemplate('Several answers say what objects there are.');
  return origins[0];
}

function fieldOf({ template }: ExpressSlot, key: string): FieldTemplate | undefined {
  return template.fields.find((field) => field.key === key);
}

function innerOf({ inner }: FieldTemplate): ObjectTemplate {
  if (!inner) throw new NoTemplate('There are objects where leaves should be.');
  return inner;
}

/** What a fetch asks of the root, or of its entities. */
function selectionOf(fetch: FetchNode) {
  const { requires, path, contexts, inputRewrites, outputRewrites, operationKind } = fetch;
  const isChanged = contexts.length > 0 || inputRewrites.length > 0 || outputRewrites.length > 0;
  if (isChanged || operationKind !== OperationTypeNode.QUERY || path.some(({ kind }) => kind === 'Types')) {
    throw new NoTemplate('What is asked, or for what, is not known before.');
  }
  const { selectionSet } = parseOperation(fetch);
  if (!requires && path.length > 0) throw new NoTemplate('The root is asked again at many places.');
  if (!requires) return selectionSet;
  const [entities] = selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) throw new NoTemplate('No entities are asked for.');
  return entities.selectionSet;
}

/** Where a leaf of the objects of a position may stand: the first that is not null counts. */
export interface LeafSource {
  readonly slot: ExpressSlot;
  readonly field: FieldTemplate;
}

/** The sources of a leaf; none where it is not asked. Throws `NoTemplate` where it is none. */
export function leafSources({ position, slots }: ExpressPosition, key: string): readonly LeafSource[] {
  return (position.slotsByKey.get(key) ?? []).flatMap((index) => {
    const slot = slots[index];
    const field = slot && fieldOf(slot, key);
    if (!field) return [];
    if (field.content !== LEAF && field.content !== LEAVES) throw new NoTemplate('Objects are required.');
    return [{ slot, field }];
  });
}
