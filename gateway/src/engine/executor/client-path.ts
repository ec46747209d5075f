import type { ClientField, ClientSelection } from '../planner/client-operation.ts';

export type ResponsePath = readonly (string | number)[];

/** The client's names for a path of keys; shorter where the client has not asked for what the path leads to. */
export function toClientPath(selections: readonly ClientSelection[], keys: ResponsePath): ResponsePath {
  return walk(selections, keys, 'key').path;
}

/** A path of the client, continued by keys under it. */
export function continueClientPath(
  selections: readonly ClientSelection[],
  path: ResponsePath,
  keys: ResponsePath,
): ResponsePath {
  if (keys.length === 0) return path;
  return [...path, ...walk(walk(selections, path, 'responseName').at, keys, 'key').path];
}

function walk(selections: readonly ClientSelection[], steps: ResponsePath, by: 'key' | 'responseName') {
  const path: (string | number)[] = [];
  let at = selections;
  for (const step of steps) {
    if (typeof step === 'number') {
      path.push(step);
      continue;
    }
    const found = findFields(at, step, by);
    const [first] = found;
    if (!first) return { path, at: [] };
    path.push(first.responseName);
    at = found.flatMap((field) => (field.responseName === first.responseName ? (field.selections ?? []) : []));
  }
  return { path, at };
}

function findFields(
  selections: readonly ClientSelection[],
  name: string,
  by: 'key' | 'responseName',
): readonly ClientField[] {
  return selections.flatMap((selection): readonly ClientField[] => {
    if (selection.kind === 'Fragment') return findFields(selection.selections, name, by);
    return selection[by] === name ? [selection] : [];
  });
}
