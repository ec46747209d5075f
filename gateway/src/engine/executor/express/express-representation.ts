import type { FetchNode, RequiredSelection } from '../../planner/query-plan.ts';
import type { Supergraph } from '../../supergraph/supergraph.ts';
import { NoTemplate } from './answer-template.ts';
import { KnownText } from './known-text.ts';
import { type ExpressPosition, type LeafSource, leafSources } from './express-layout.ts';

/** How an entity fetch names its entities: the text of representations but for their leaves. */
export interface ExpressRepresentation {
  readonly fetch: number;
  readonly position: ExpressPosition;
  /** Everything but the leaves. */
  readonly form: string;
  readonly fields: readonly RequiredLeaf[];
  /**
   * A fetch of the same position by whose entities these are told apart: what is required is what it required, or what it
   * brought. So no text need be compared.
   */
  readonly likeFetch: number | undefined;
  /** What follows the last leaf. */
  readonly tail: string;
}

/** A leaf of a representation. */
export interface RequiredLeaf {
  /** Everything between the leaf before and this one. */
  readonly lead: string;
  readonly sources: readonly LeafSource[];
  /** A key by which the subgraph finds entities: without it there is nothing to ask. */
  readonly isKey: boolean;
}

/** Compiles the representations of an entity fetch. Throws `NoTemplate` where they are more than a type and leaves. */
export function compileExpressRepresentation(
  { entityKeys, possibleTypes }: Supergraph,
  { id, subgraph, requires = [] }: FetchNode,
  known: readonly (ExpressRepresentation | undefined)[],
  position: ExpressPosition,
): ExpressRepresentation {
  const typeName = position.type.name;
  const keys = collectRequired(requires, (condition) => possibleTypes.includes(condition, typeName));
  const entityKey = entityKeys(subgraph, typeName).find((key) =>
    [...key].every(([name, inner]) => !inner && keys.has(name) && leafSources(position, name).length > 0),
  );
  if (!entityKey || !isTypeSaid(position)) throw new NoTemplate('Entities are not found by leaves.');
  const fields: RequiredLeaf[] = [];
  const text = new KnownText();
  for (const key of keys) {
    const sources = leafSources(position, key);
    // It is required for a field that the client left out: then nobody need have asked for it.
    if (sources.length === 0 && key !== '__typename') continue;
    text.addKey(key);
    if (key === '__typename') {
      text.addValue(typeName);
      continue;
    }
    fields.push({ lead: text.takeLead(), sources, isKey: entityKey.has(key) });
  }
  const likeFetch = known.findLast((other) => other?.position === position && isDecidedBy(fields, other))?.fetch;
  const tail = text.takeTail();
  return { fetch: id, position, fields, tail, likeFetch, form: [...fields.map((field) => field.lead), tail].join(' ') };
}

function isDecidedBy(fields: readonly RequiredLeaf[], { fetch, fields: others }: ExpressRepresentation): boolean {
  const isRequired = ({ sources }: RequiredLeaf): boolean =>
    others.some((other) => other.sources.length === sources.length && other.sources[0]?.field === sources[0]?.field);
  return fields.every((field) => isBroughtBy(field, fetch) || (field.sources.length === 1 && isRequired(field)));
}

function isBroughtBy({ sources }: RequiredLeaf, fetch: number): boolean {
  return sources.every(({ slot }) => slot.fetch === fetch && !slot.isOwn);
}

/** Somebody was asked for the type: only then is it known what an object is, however few there are to choose from. */
function isTypeSaid({ slots }: ExpressPosition): boolean {
  return slots.some((slot) => slot?.isOwn === true && slot.template.saysType);
}

function collectRequired(
  requires: readonly RequiredSelection[],
  applies: (condition: string) => boolean,
  into = new Set<string>(),
): ReadonlySet<string> {
  for (const selection of requires) {
    if (selection.kind === 'Field') {
      if (selection.selections) throw new NoTemplate('Objects are required.');
      into.add(selection.key);
    } else if (selection.typeCondition === undefined || applies(selection.typeCondition)) {
      collectRequired(selection.selections, applies, into);
    }
  }
  return into;
}
