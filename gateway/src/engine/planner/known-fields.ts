import type { RequiredSelection, Rewrite } from './query-plan.ts';

/** A field that a fetch asks, and of which type. */
export interface AskedField {
  readonly typeName: string;
  readonly name: string;
  readonly key: string;
  readonly inner: readonly AskedField[] | undefined;
}

/** Keys that fetches brought, from the root of the answer; whatever the type of the objects. */
export type KnownTree = Map<string, KnownTree>;

/** The keys that lead to every leaf. */
export type KeyPath = readonly string[];

/** What fields bring at a path, under the keys they have after the fetch's rewrites. */
export function knownAt(path: KeyPath, fields: readonly AskedField[], rewrites: readonly Rewrite[]): KnownTree {
  const renamed = new Map(
    rewrites.flatMap((rewrite) => (rewrite.kind === 'RenameKey' ? [[rewrite.key, rewrite.to]] : [])),
  );
  const root: KnownTree = new Map();
  let at = root;
  for (const key of path) at = innerTree(at, key);
  addFields(at, fields, renamed);
  return root;
}

function addFields(tree: KnownTree, fields: readonly AskedField[], renamed: ReadonlyMap<string, string>): void {
  for (const { key, inner } of fields) addFields(innerTree(tree, renamed.get(key) ?? key), inner ?? [], renamed);
}

function innerTree(tree: KnownTree, key: string): KnownTree {
  const known = tree.get(key);
  if (known) return known;
  const created: KnownTree = new Map();
  tree.set(key, created);
  return created;
}

/** Whether one of the trees has the whole path. */
export function isKnown(trees: readonly KnownTree[], path: KeyPath): boolean {
  return trees.some((tree) => {
    let at: KnownTree | undefined = tree;
    for (const key of path) at = at?.get(key);
    return at !== undefined;
  });
}

/** The paths to the leaves of what fields ask. */
export function pathsOfFields(fields: readonly AskedField[]): readonly KeyPath[] {
  return fields.flatMap(({ key, inner }) => (inner ? pathsOfFields(inner).map((path) => [key, ...path]) : [[key]]));
}

/** The paths to the leaves of a representation. */
export function pathsOfRequired(selections: readonly RequiredSelection[]): readonly KeyPath[] {
  return selections.flatMap((selection): readonly KeyPath[] => {
    if (selection.kind === 'Fragment') return pathsOfRequired(selection.selections);
    const { key, selections: inner } = selection;
    return inner ? pathsOfRequired(inner).map((path) => [key, ...path]) : [[key]];
  });
}

/** Whether a path of keys leads to the field of that name; a planner's alias has the name before `__alias_`. */
export function leadsTo(path: KeyPath, names: KeyPath): boolean {
  return (
    path.length === names.length &&
    path.every((key, index) => key === names[index] || key.startsWith(`${names[index] ?? ''}__alias_`))
  );
}
