import type { PossibleTypes } from '../supergraph/possible-types.ts';
import type { PathStep } from '../planner/query-plan.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import type { Position } from './response-layout.ts';

/** One object of the response: the answers that tell about it, by slot of its position. */
export interface Place {
  readonly position: Position;
  readonly parent: Place | undefined;
  /** Indexes in the lists between the parent and this place. */
  readonly indexes: readonly number[];
  /** `undefined`: not answered; `null`: answered with null. */
  readonly slots: (JsonObject | null | undefined)[];
  readonly children: (PlaceTree | undefined)[];
}

/** What stands in a field: a place, nothing, or lists of them. */
export type PlaceTree = Place | null | PlaceTree[];

/** A place nothing is known about yet. */
export function createPlace(position: Position, parent: Place | undefined, indexes: readonly number[]): Place {
  return {
    position,
    parent,
    indexes,
    slots: [],
    children: [],
  };
}

/** Tells lists of places from a place. */
export function isPlaceList(tree: PlaceTree | undefined): tree is PlaceTree[] {
  return Array.isArray(tree);
}

/** What stands in a field of a place; made from the slots when it is first asked for. */
export function childPlaces(place: Place, childIndex: number): PlaceTree {
  const known = place.children[childIndex];
  if (known !== undefined) return known;
  const position = place.position.children[childIndex];
  if (!position) return null;
  const values = position.sources.map((source) => {
    const object = source.kind === 'Nested' ? place.slots[source.parentSlot] : undefined;
    return object ? readKey(object, position.key) : undefined;
  });
  const tree = growTree(position, place, values, []);
  place.children[childIndex] = tree;
  return tree;
}

function growTree(
  position: Position,
  parent: Place,
  values: readonly unknown[],
  indexes: readonly number[],
): PlaceTree {
  const list = values.find((value): value is readonly unknown[] => Array.isArray(value));
  if (list) {
    return Array.from(list, (_, index) => {
      const items = values.map((value): unknown => (Array.isArray(value) ? value[index] : undefined));
      return growTree(position, parent, items, [...indexes, index]);
    });
  }
  if (!values.some(isJsonObject)) return null;
  const place = createPlace(position, parent, indexes);
  values.forEach((value, slot) => {
    if (isJsonObject(value) || value === null) place.slots[slot] = value;
  });
  return place;
}

/** Whether some answer says null for a field of a place, or for an item of its lists, and none says anything else. */
export function isAnsweredNull(place: Place, key: string, indexes: readonly number[]): boolean {
  const slots = place.position.slotsByKey.get(key) ?? [];
  const said = slots.map((slot) => saidInSlot(place, slot, [key, ...indexes]));
  return said.includes(null) && said.every((value) => value === null || value === undefined);
}

/** What the answer of a slot holds along a path: the first thing on the way that cannot be entered. */
function saidInSlot(place: Place, slot: number, path: readonly (string | number)[]): unknown {
  const { parent, position, indexes } = place;
  let value: unknown = place.slots[slot];
  const source = position.sources[slot];
  if (value === undefined && source?.kind === 'Nested' && parent) {
    return saidInSlot(parent, source.parentSlot, [position.key, ...indexes, ...path]);
  }
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return value;
    value = Reflect.get(value, step);
  }
  return value;
}

/** Puts an answer in its slot, and what is nested in it where places were made before it came. */
export function fillSlot(place: Place, slot: number, answer: JsonObject | null): void {
  place.slots[slot] = answer;
  if (!answer) return;
  place.position.children.forEach((child, childIndex) => {
    const known = place.children[childIndex];
    if (known === undefined) return;
    child.sources.forEach((source, childSlot) => {
      if (source.kind !== 'Nested' || source.parentSlot !== slot) return;
      const value = readKey(answer, child.key);
      place.children[childIndex] = fillTree(known, { position: child, parent: place, slot: childSlot }, value, []);
    });
  });
}

interface Filling {
  readonly position: Position;
  readonly parent: Place;
  readonly slot: number;
}

/** The tree with the new value in it; where there was nothing, the value makes the place. */
function fillTree(tree: PlaceTree, filling: Filling, value: unknown, indexes: readonly number[]): PlaceTree {
  if (value === undefined || value === null) return tree;
  if (tree === null) {
    const values: unknown[] = [];
    values[filling.slot] = value;
    return growTree(filling.position, filling.parent, values, indexes);
  }
  if (isPlaceList(tree)) {
    if (!Array.isArray(value)) return tree;
    return tree.map((item, index) => fillTree(item, filling, value[index], [...indexes, index]));
  }
  if (isJsonObject(value)) fillSlot(tree, filling.slot, value);
  return tree;
}

/**
 * The `__typename` of a place: that of an object type if any answer says it. A subgraph that holds the type as an
 * `@interfaceObject` knows only the interface's name.
 */
export function typeNameOf(place: Place, types: PossibleTypes): string | undefined {
  let abstractName: string | undefined;
  for (const object of place.slots) {
    const name = object?.['__typename'];
    if (typeof name !== 'string') continue;
    if (!types.isAbstract(name)) return name;
    abstractName ??= name;
  }
  return abstractName;
}

/** The places a path leads to. */
export function placesAt(root: Place, path: readonly PathStep[], types: PossibleTypes): readonly Place[] {
  let places: Place[] = [root];
  for (const step of path) {
    switch (step.kind) {
      case 'List':
        break;
      case 'Types':
        places = places.filter((place) => mayBeOneOf(place, step.names, types));
        break;
      case 'Field': {
        const next: Place[] = [];
        for (const place of places) {
          const childIndex = place.position.childIndexes.get(step.key);
          if (childIndex !== undefined) collectPlaces(childPlaces(place, childIndex), next);
        }
        places = next;
        break;
      }
    }
  }
  return places;
}

/** Whether a place is of one of these object types, as far as anybody has said yet. */
function mayBeOneOf(place: Place, names: readonly string[], types: PossibleTypes): boolean {
  const known = typeNameOf(place, types);
  return known === undefined || names.some((name) => types.includes(name, known) || types.includes(known, name));
}

function collectPlaces(tree: PlaceTree, into: Place[]): void {
  if (tree === null) return;
  if (isPlaceList(tree)) for (const item of tree) collectPlaces(item, into);
  else into.push(tree);
}

/** Keys and indexes from the root to a place. */
export function pathOfPlace(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.parent; at = at.parent) {
    path.unshift(at.position.key, ...at.indexes);
  }
  return path;
}
