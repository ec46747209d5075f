import type { PossibleTypes } from '../supergraph/possible-types.ts';
import type { PathStep } from '../planner/query-plan.ts';
import { type JsonObject, isJsonObject, readKey } from './json.ts';
import type { Position } from './response-layout.ts';

/** One object of the response: the answers that tell about it, by slot of its position. */
export interface Place {
  readonly position: Position;
  readonly parent: Place | undefined;
  /** Indexes in the lists between the parent and this place, but the last one. */
  readonly outerIndexes: readonly number[];
  /** The last of them; `undefined` where there is no list. */
  readonly index: number | undefined;
  /** `undefined`: not answered; `null`: answered with null. */
  readonly slots: (JsonObject | null | undefined)[];
  readonly children: (PlaceTree | undefined)[];
}

/** What stands in a field: a place, nothing, or lists of them. */
export type PlaceTree = Place | null | PlaceTree[];

const noIndexes: readonly number[] = [];
const noChildren: (PlaceTree | undefined)[] = [];

/** A place nothing is known about yet. There may be thousands in an answer, so they are made as small as they stay. */
export function createPlace(
  position: Position,
  parent?: Place,
  outerIndexes: readonly number[] = noIndexes,
  index?: number,
): Place {
  return {
    position,
    parent,
    outerIndexes,
    index,
    slots: position.noSlots.slice(),
    children: position.children.length === 0 ? noChildren : position.noChildren.slice(),
  };
}

/** Indexes in the lists between the parent of a place and the place. */
export function indexesOf({ outerIndexes, index }: Place): readonly number[] {
  return index === undefined ? outerIndexes : [...outerIndexes, index];
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
  const tree =
    position.onlyNested === undefined
      ? growTree(position, place, nestedValues(position, place), topOfField)
      : growAlone(position, place, valueInSlot(position, place, position.onlyNested), noIndexes, undefined);
  place.children[childIndex] = tree;
  return tree;
}

function nestedValues(position: Position, parent: Place): readonly unknown[] {
  return position.sources.map((_, slot) => valueInSlot(position, parent, slot));
}

function valueInSlot({ key, sources }: Position, parent: Place, slot: number): unknown {
  const source = sources[slot];
  const object = source?.kind === 'Nested' ? parent.slots[source.parentSlot] : undefined;
  return object ? readKey(object, key) : undefined;
}

/** Where one answer alone says what there is, as nearly everywhere. */
function growAlone(
  position: Position,
  parent: Place,
  value: unknown,
  outer: readonly number[],
  index: number | undefined,
): PlaceTree {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const above = index === undefined ? outer : [...outer, index];
    return items.map((item, at) => growAlone(position, parent, item, above, at));
  }
  if (typeof value !== 'object' || value === null) return null;
  const place = createPlace(position, parent, outer, index);
  if (isJsonObject(value)) place.slots[position.onlyNested ?? 0] = value;
  return place;
}

/** Where a tree stands in the lists around it. */
interface ListPlace {
  readonly outer: readonly number[];
  readonly index: number | undefined;
}

function growTree(position: Position, parent: Place, values: readonly unknown[], at: ListPlace): PlaceTree {
  const list = values.find((value): value is readonly unknown[] => Array.isArray(value));
  if (list) {
    const outer = at.index === undefined ? at.outer : [...at.outer, at.index];
    return Array.from(list, (_, index) => {
      const items = values.map((value): unknown => (Array.isArray(value) ? value[index] : undefined));
      return growTree(position, parent, items, { outer, index });
    });
  }
  if (!values.some(isJsonObject)) return null;
  const place = createPlace(position, parent, at.outer, at.index);
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
  const { parent, position } = place;
  let value: unknown = place.slots[slot];
  const source = position.sources[slot];
  if (value === undefined && source?.kind === 'Nested' && parent) {
    return saidInSlot(parent, source.parentSlot, [position.key, ...indexesOf(place), ...path]);
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
      place.children[childIndex] = fillTree(
        known,
        { position: child, parent: place, slot: childSlot },
        value,
        topOfField,
      );
    });
  });
}

interface Filling {
  readonly position: Position;
  readonly parent: Place;
  readonly slot: number;
}

const topOfField: ListPlace = { outer: noIndexes, index: undefined };

/** The tree with the new value in it; where there was nothing, the value makes the place. */
function fillTree(tree: PlaceTree, filling: Filling, value: unknown, at: ListPlace): PlaceTree {
  if (value === undefined || value === null) return tree;
  if (tree === null) {
    const values: unknown[] = [];
    values[filling.slot] = value;
    return growTree(filling.position, filling.parent, values, at);
  }
  if (isPlaceList(tree)) {
    if (!Array.isArray(value)) return tree;
    const outer = at.index === undefined ? at.outer : [...at.outer, at.index];
    return tree.map((item, index) => fillTree(item, filling, value[index], { outer, index }));
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

/** The places that paths lead to, where later answers cannot make more: the same for every fetch that asks for them. */
export type KnownPlaces = Map<Position, readonly Place[]>;

/** The places a path leads to. */
export function placesAt(
  root: Place,
  path: readonly PathStep[],
  types: PossibleTypes,
  known: KnownPlaces,
): readonly Place[] {
  let places: readonly Place[] = [root];
  let position: Position | undefined = root.position;
  for (const step of path) {
    switch (step.kind) {
      case 'List':
        break;
      case 'Types':
        places = places.filter((place) => mayBeOneOf(place, step.names, types));
        position = undefined;
        break;
      case 'Field': {
        position = position && childPosition(position, step.key);
        const before = position && known.get(position);
        places = before ?? placesIn(places, step.key);
        if (!before && position?.isFixed) known.set(position, places);
        break;
      }
    }
  }
  return places;
}

function childPosition({ childIndexes, children }: Position, key: string): Position | undefined {
  const index = childIndexes.get(key);
  return index === undefined ? undefined : children[index];
}

function placesIn(places: readonly Place[], key: string): readonly Place[] {
  const inside: Place[] = [];
  for (const place of places) {
    const childIndex = place.position.childIndexes.get(key);
    if (childIndex !== undefined) collectPlaces(childPlaces(place, childIndex), inside);
  }
  return inside;
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
    path.unshift(at.position.key, ...indexesOf(at));
  }
  return path;
}
