import { type DefinitionNode, type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

/** The widest definition of a document, and how much it selects. */
export interface Width {
  readonly selections: number;
  readonly definition: DefinitionNode | undefined;
}

/**
 * How many fields and fragments the widest operation or fragment of a document selects, fragments expanded where they are
 * used. A fragment that spreads itself counts once: that is for validation to say.
 *
 * Fragments that spread others twice grow by powers of two, and so would the time of whoever expands them: this takes each
 * definition once, and calls itself never.
 */
export function countSelections(document: DocumentNode): Width {
  const fragments = new Map<string, Selections>();
  const counts = new Map<string, number>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    fragments.set(definition.name.value, readSelections(definition.selectionSet));
  }
  let widest: Width = { selections: 0, definition: undefined };
  for (const definition of document.definitions) {
    const selections = countDefinition(definition, fragments, counts);
    if (selections > widest.selections) widest = { selections, definition };
  }
  return widest;
}

function countDefinition(definition: DefinitionNode, fragments: Fragments, counts: Map<string, number>): number {
  switch (definition.kind) {
    case Kind.FRAGMENT_DEFINITION:
      return expand(definition.name.value, fragments, counts);
    case Kind.OPERATION_DEFINITION: {
      const selections = readSelections(definition.selectionSet);
      for (const name of selections.spreads) expand(name, fragments, counts);
      return sum(selections, counts);
    }
    default:
      return 0;
  }
}

type Fragments = ReadonlyMap<string, Selections>;

/** Selections of a definition, and the names of the fragments it spreads. */
interface Selections {
  readonly own: number;
  readonly spreads: readonly string[];
}

function readSelections(selectionSet: SelectionSetNode): Selections {
  const spreads: string[] = [];
  const pending = [selectionSet];
  let own = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    own += next.selections.length;
    for (const selection of next.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) spreads.push(selection.name.value);
      else if (selection.selectionSet) pending.push(selection.selectionSet);
    }
  }
  return { own, spreads };
}

/** Counts a fragment after those it spreads. */
function expand(root: string, fragments: Fragments, counts: Map<string, number>): number {
  const stack = [root];
  const begun = new Set<string>();
  for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
    const selections = fragments.get(name);
    const missing = begun.has(name) ? [] : (selections?.spreads ?? []).filter((spread) => !counts.has(spread));
    begun.add(name);
    const unseen = new Set(missing.filter((spread) => !begun.has(spread)));
    if (unseen.size > 0) {
      stack.push(...unseen);
      continue;
    }
    stack.pop();
    if (!counts.has(name)) counts.set(name, selections ? sum(selections, counts) : 0);
  }
  return counts.get(root) ?? 0;
}

function sum({ own, spreads }: Selections, counts: ReadonlyMap<string, number>): number {
  return spreads.reduce((total, name) => total + (counts.get(name) ?? 0), own);
}
