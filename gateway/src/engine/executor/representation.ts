import type { InclusionCondition } from '../planner/inclusion-conditions.ts';
import type { RequiredSelection } from '../planner/query-plan.ts';
import type { KeyFields } from '../supergraph/entity-keys.ts';
import { isMet } from './collect-fields.ts';
import { isJsonObject, readKey, type JsonObject } from './json.ts';
import { type Place, type PlaceTree, childPlaces, isAnsweredNull, isPlaceList, typeNameOf } from './place.ts';
import {
  type RequiredField,
  type RequiredTypes,
  always,
  compileRequiredFields,
  fits,
  itemOf,
} from './required-fields.ts';
import type { Position } from './response-layout.ts';
import { type LocatedError, type ResponseState, errorsBehind, errorsOfNull } from './response-state.ts';

/** A representation of an entity as JSON text, or why there is none. */
export type Representation =
  | string
  /** The fetch is for other types. */
  | { readonly kind: 'NotConcerned' }
  /** Its key is null, or of an entity that its subgraph does not know: the subgraph cannot know it. */
  | { readonly kind: 'Keyless' }
  | { readonly kind: 'Incomplete'; readonly missing: string; readonly errors: readonly LocatedError[] };

/** Makes the representations of places. */
export interface RepresentationMaker {
  readonly make: (state: ResponseState, place: Place) => Representation;
  /** How places of its type are told apart by less than their whole representations, where they are. */
  readonly keyReaderFor: (place: Place) => KeyReader | undefined;
}

/** Reads the key that is all, besides the type, that a representation holds. */
export interface KeyReader {
  /** The representation's text up to the key. */
  readonly lead: string;
  /** `undefined` where the place has none that is a text: then the representation says why. */
  readonly keyAt: (place: Place) => string | undefined;
}

/**
 * Compiles what a fetch requires; `keysOf` gives the keys by which its subgraph finds a type.
 *
 * A required field that is null because of an error, was never answered, or holds what cannot stand there, makes the
 * representation incomplete: a subgraph that computed with it would give a wrong answer. A planner may also require
 * something, but no key, of a type that the fetch is not for.
 */
export function compileRepresentation(
  requires: readonly RequiredSelection[],
  required: RequiredTypes,
  position: Position,
  keysOf: (typeName: string) => readonly KeyFields[],
): RepresentationMaker {
  const { possibleTypes: types } = required;
  const shape = compileRequiredFields(requires, required, position);
  const byType = new Map<string, TypeRepresentation>();
  const representationOf = (place: Place): TypeRepresentation | undefined => {
    const typeName = typeNameOf(place, types);
    if (typeName === undefined) return undefined;
    const known = byType.get(typeName);
    if (known) return known;
    const made = compileForType(typeName, shape(typeName), keysOf(typeName), position);
    byType.set(typeName, made);
    return made;
  };
  return {
    make: (state, place) => representationOf(place)?.make(state, place) ?? notConcerned,
    keyReaderFor: (place) => representationOf(place)?.keyReader,
  };
}

/** Representations of one type. */
interface TypeRepresentation {
  readonly make: RepresentationMaker['make'];
  readonly keyReader: KeyReader | undefined;
}

const notConcerned: Representation = { kind: 'NotConcerned' };

function compileForType(
  typeName: string,
  fields: readonly RequiredField[],
  keys: readonly KeyFields[],
  position: Position,
): TypeRepresentation {
  const make = makeCarefully(typeName, fields, keys);
  const only = onlyKeyField(fields, keys);
  if (only === undefined) return { make, keyReader: undefined };
  const slots = position.slotsByKey.get(only) ?? [];
  const keyAt = (place: Place): string | undefined => {
    for (const slot of slots) {
      const value = place.slots[slot]?.[only];
      if (typeof value === 'string') return value;
    }
    return undefined;
  };
  const lead = `{"__typename":${JSON.stringify(typeName)},${JSON.stringify(only)}:`;
  return { make, keyReader: { lead, keyAt } };
}

/** The key's name where nothing but the type and a key of one leaf is required, as nearly always. */
function onlyKeyField(fields: readonly RequiredField[], keys: readonly KeyFields[]): string | undefined {
  const [first, second] = fields;
  if (fields.length !== 2 || first?.key !== '__typename' || !second || second.inner) return undefined;
  return keys.some((key) => key.size === 1 && key.has(second.key)) ? second.key : undefined;
}

function makeCarefully(
  typeName: string,
  fields: readonly RequiredField[],
  keys: readonly KeyFields[],
): RepresentationMaker['make'] {
  return (state, place) => {
    const value: Record<string, unknown> = {};
    for (const field of fields) {
      const read = field.key === '__typename' ? typeName : readAtPlace(state, place, field);
      if (!(read instanceof Missing)) {
        if (read !== undefined) value[field.key] = read;
      } else if (read.isUnknown && keys.some((key) => key.has(field.key))) {
        value[field.key] = null;
      } else {
        return { kind: 'Incomplete', missing: read.key, errors: read.errors };
      }
    }
    if (!keys.some((key) => holdsKey(value, key, isPresent))) return notConcerned;
    if (!keys.some((key) => holdsKey(value, key, isValue))) return { kind: 'Keyless' };
    return JSON.stringify(value);
  };
}

const isPresent = (value: unknown): boolean => value !== undefined;
const isValue = (value: unknown): boolean => value !== undefined && value !== null;

function holdsKey(object: JsonObject, key: KeyFields, holds: (value: unknown) => boolean): boolean {
  for (const [name, inner] of key) {
    const value = object[name];
    if (!holds(value)) return false;
    if (inner && isJsonObject(value) && !holdsKey(value, inner, holds)) return false;
  }
  return true;
}

/** A required value that is not there. */
class Missing {
  readonly key: string;
  readonly errors: readonly LocatedError[];
  /** The subgraph that was asked for it said, by a null, that it knows no such entity. */
  readonly isUnknown: boolean;

  constructor(key: string, errors: readonly LocatedError[], isUnknown = false) {
    this.key = key;
    this.errors = errors;
    this.isUnknown = isUnknown;
  }
}

function readAtPlace(state: ResponseState, place: Place, field: RequiredField): unknown {
  const childIndex = place.position.childIndexes.get(field.key);
  const child = childIndex === undefined ? undefined : place.position.children[childIndex];
  if (field.inner && child?.placed && childIndex !== undefined) {
    return readTree(state, childPlaces(place, childIndex), field, { place, indexes: [] });
  }
  let isNull = false;
  for (const slot of place.position.slotsByKey.get(field.key) ?? []) {
    const object = place.slots[slot];
    const value = object ? readKey(object, field.key) : undefined;
    if (value !== undefined && value !== null && object) return readRaw(state, object, field.key, value, field);
    if (value === null) isNull = true;
  }
  const isUnknown = isUnknownEntity(place, field.key);
  // Who was asked, and knew no such entity, was asked for the field, though nobody need have been.
  const asked = isUnknown ? { ...field, askedUnder: always } : field;
  const read = nullOrMissing(state, asked, isNull, errorsBehind(state, place, field.key, []));
  return isUnknown && read instanceof Missing && read.errors.length === 0 ? new Missing(field.key, [], true) : read;
}

function isUnknownEntity({ position, slots }: Place, key: string): boolean {
  return (position.slotsByKey.get(key) ?? []).some((slot) => slots[slot] === null);
}

/**
 * Null said by a subgraph, nothing where nobody was asked, or a value that is missing. Beside an error that does not say
 * which null it is behind, no null is to be trusted.
 */
function nullOrMissing(
  state: ResponseState,
  { key, askedUnder }: RequiredField,
  isNull: boolean,
  errors: readonly LocatedError[],
): unknown {
  if (errors.length > 0) return new Missing(key, errors);
  const wasAsked = (conditions: readonly InclusionCondition[]): boolean =>
    conditions.every((condition) => isMet(condition, state.isTrue));
  if (!isNull) return askedUnder.some(wasAsked) ? new Missing(key, []) : undefined;
  const unlocated = state.loose.filter(({ at }) => at === undefined || at.isAstray);
  return unlocated.length === 0
    ? null
    : new Missing(
        key,
        unlocated.map(({ report }) => ({ report, rest: [] })),
      );
}

interface TreeOrigin {
  readonly place: Place;
  readonly indexes: readonly number[];
}

function readTree(state: ResponseState, tree: PlaceTree, field: RequiredField, origin: TreeOrigin): unknown {
  const { place, indexes } = origin;
  if (tree === null) {
    const isNull = isAnsweredNull(place, field.key, indexes);
    return nullOrMissing(state, field, isNull, errorsBehind(state, place, field.key, indexes));
  }
  if (field.type && isPlaceList(tree) !== (field.type.kind === 'List')) return new Missing(field.key, []);
  if (isPlaceList(tree)) {
    const ofItem = itemOf(field);
    return allOrMissing(tree, (item, index) => readTree(state, item, ofItem, { place, indexes: [...indexes, index] }));
  }
  const typeName = typeNameOf(tree, state.types);
  const value: Record<string, unknown> = {};
  for (const inner of field.inner?.(typeName ?? '') ?? []) {
    const read = inner.key === '__typename' && typeName !== undefined ? typeName : readAtPlace(state, tree, inner);
    if (read instanceof Missing) return read;
    if (read !== undefined) value[inner.key] = read;
  }
  return value;
}

function readRaw(
  state: ResponseState,
  container: JsonObject | readonly unknown[],
  key: string | number,
  value: unknown,
  field: RequiredField,
): unknown {
  if (value === null || value === undefined) {
    return nullOrMissing(state, field, value === null, errorsOfNull(state, container, key));
  }
  if (!fits(value, field.type)) return new Missing(field.key, []);
  if (Array.isArray(value) && field.type?.kind !== 'Leaf') {
    const list: readonly unknown[] = value;
    const ofItem = itemOf(field);
    return allOrMissing(list, (item, index) => readRaw(state, list, index, item, ofItem));
  }
  if (!field.inner) return value;
  if (!isJsonObject(value)) return new Missing(field.key, []);
  const typeName = value['__typename'];
  const made: Record<string, unknown> = {};
  for (const inner of field.inner(typeof typeName === 'string' ? typeName : '')) {
    const read = readRaw(state, value, inner.key, readKey(value, inner.key), inner);
    if (read instanceof Missing) return read;
    if (read !== undefined) made[inner.key] = read;
  }
  return made;
}

function allOrMissing<T>(items: readonly T[], read: (item: T, index: number) => unknown): unknown {
  const made: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const value = read(item, index);
    if (value instanceof Missing) return value;
    made.push(value);
  }
  return made;
}
