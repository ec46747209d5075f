import type { FetchNode, RewriteStep } from '../planner/query-plan.ts';
import type { PossibleTypes } from '../supergraph/possible-types.ts';
import { isJsonObject, readKey } from './json.ts';
import { type Place, childPlaces, typeNameOf } from './place.ts';

/** Values of a fetch's context arguments (`@fromContext`) for an entity, read from the objects it stands in. */
export function contextValues(fetch: FetchNode, place: Place, types: PossibleTypes): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const { variable, levelsUp, path } of fetch.contexts) {
    let at: Place | undefined = place;
    for (let level = 0; level < levelsUp; level += 1) at = at?.parent;
    const value = at ? readPath(at, path, types) : undefined;
    if (value !== undefined) values[variable] = value;
  }
  return values;
}

/** The value at the end of a path; `undefined` where a type condition does not hold. */
function readPath(place: Place, path: readonly RewriteStep[], types: PossibleTypes): unknown {
  const [step, ...rest] = path;
  if (!step) return undefined;
  if (step.kind === 'Type') {
    const name = typeNameOf(place, types);
    return name === undefined || types.includes(step.condition, name) ? readPath(place, rest, types) : undefined;
  }
  const childIndex = place.position.childIndexes.get(step.key);
  const child = childIndex === undefined ? undefined : place.position.children[childIndex];
  if (child?.placed && childIndex !== undefined && rest.length > 0) {
    const tree = childPlaces(place, childIndex);
    return tree !== null && !Array.isArray(tree) ? readPath(tree, rest, types) : null;
  }
  for (const object of place.slots) {
    const value = object ? readKey(object, step.key) : undefined;
    if (value !== undefined) return readRaw(value, rest, types);
  }
  return undefined;
}

function readRaw(value: unknown, path: readonly RewriteStep[], types: PossibleTypes): unknown {
  const [step, ...rest] = path;
  if (!step) return value;
  if (Array.isArray(value)) return value.map((item) => readRaw(item, path, types));
  if (!isJsonObject(value)) return value;
  if (step.kind === 'Field') return readRaw(readKey(value, step.key), rest, types);
  const name = value['__typename'];
  const holds = typeof name !== 'string' || types.includes(step.condition, name);
  return holds ? readRaw(value, rest, types) : undefined;
}
