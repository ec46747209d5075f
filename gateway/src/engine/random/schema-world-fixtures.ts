import { Kind, type SelectionSetNode, type TypeNode } from 'graphql';
import type { Fields } from '../fixtures.ts';
import type { World } from '../world-fixtures.ts';
import { type SchemaField, type SchemaModel, schemaModelOf } from './schema-model-fixtures.ts';

/** How many objects every entity type has. */
const entityCount = 5;

/**
 * A world for the SDL of a graph's subgraphs: objects of every type, made as they are asked for. What a field gives
 * depends on its type, its object and its arguments alone, so it is the same wherever and however it is asked for;
 * a field with `@requires` says what it got. Here and there is null, where it may be.
 */
export function worldOfSchema(sdl: readonly string[]): World {
  const model = schemaModelOf(sdl);
  const objects = new Map<string, readonly Fields[]>();
  const entityOf = (type: string, number: number): unknown => {
    const all = objects.get(type) ?? [];
    return all[number % all.length];
  };
  const makers: Makers = { model, entityOf };
  for (const type of model.keys.keys()) {
    objects.set(
      type,
      Array.from({ length: entityCount }, (_, number) => createEntity(makers, type, number)),
    );
  }
  for (const [name, types] of model.implementations) {
    objects.set(
      name,
      types.flatMap((type) => objects.get(type) ?? []),
    );
  }
  const rootOf = (type: string): Fields => createObject(makers, type, type);
  return { objects, query: rootOf('Query'), mutation: rootOf('Mutation') };
}

interface Makers {
  readonly model: SchemaModel;
  entityOf(type: string, number: number): unknown;
}

/** An object whose key nobody else of its type has. */
function createEntity(makers: Makers, type: string, number: number): Fields {
  const object = createObject(makers, type, `${type} ${number}`);
  const keys = (makers.model.fields.get(type) ?? []).filter(({ name }) => makers.model.keys.get(type)?.has(name));
  return { ...object, ...Object.fromEntries(keys.map((field) => [field.name, keyValue(makers, field, number)])) };
}

function keyValue(
  { model, entityOf }: Makers,
  { type, name, declared, subgraphs }: SchemaField,
  number: number,
): unknown {
  const named = namedTypeOf(declared[0]);
  switch (model.kindOf(named)) {
    case 'object':
      return () => entityOf(named, number);
    case 'enum': {
      const values = model.choices(named, subgraphs);
      return values[number % values.length];
    }
    case 'scalar':
      return named === 'Int' ? 2020 + number : `${type}.${name} ${number}`;
  }
}

/** An object; `seed` tells it from others of its type. */
function createObject(makers: Makers, type: string, seed: string): Fields {
  const object: Record<string, unknown> = { __typename: type };
  for (const field of makers.model.fields.get(type) ?? []) {
    const { name, requires } = field;
    object[name] = requires
      ? function computed(this: Fields, args: Fields): unknown {
          return valueOf(makers, field, `${seed}.${name} of ${plainText(required(this, requires))} ${plainText(args)}`);
        }
      : (args: Fields): unknown => valueOf(makers, field, `${seed}.${name} ${plainText(args)}`);
  }
  return object;
}

/** What an object has of required fields. */
function required(value: unknown, selectionSet: SelectionSetNode | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => required(item, selectionSet));
  if (!selectionSet || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    selectionSet.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) return [];
      const held: unknown = Reflect.get(value, selection.name.value);
      const given: unknown = typeof held === 'function' ? held.call(value, {}) : held;
      return [[selection.name.value, required(given, selection.selectionSet)]];
    }),
  );
}

/** The value of a field of this seed. */
function valueOf(makers: Makers, field: SchemaField, seed: string): unknown {
  return valueOfType(makers, field, field.declared, seed);
}

function valueOfType(makers: Makers, field: SchemaField, declared: readonly TypeNode[], seed: string): unknown {
  const inner = declared.map((type) => (type.kind === Kind.NON_NULL_TYPE ? type.type : type));
  const mayBeNull = declared.every((type) => type.kind !== Kind.NON_NULL_TYPE);
  if (mayBeNull && numberOf(`null? ${seed}`) % 8 === 0) return null;
  const items = inner.flatMap((type) => (type.kind === Kind.LIST_TYPE ? [type.type] : []));
  if (items.length === 0) return itemOf(makers, field, namedTypeOf(inner[0]), seed);
  return Array.from({ length: numberOf(`length ${seed}`) % 4 }, (_, index) =>
    valueOfType(makers, field, items, `${seed}[${index}]`),
  );
}

function itemOf(makers: Makers, { subgraphs }: SchemaField, named: string, seed: string): unknown {
  const { model, entityOf } = makers;
  const number = numberOf(seed);
  switch (model.kindOf(named)) {
    case 'scalar':
      return scalarOf(named, number);
    case 'enum': {
      const values = model.choices(named, subgraphs);
      return values[number % values.length];
    }
    case 'object': {
      const types = model.choices(named, subgraphs);
      const type = types[number % types.length] ?? named;
      return model.keys.has(type) ? entityOf(type, numberOf(`which ${seed}`)) : createObject(makers, type, seed);
    }
  }
}

function scalarOf(name: string, number: number): unknown {
  switch (name) {
    case 'Int':
      return number % 1000;
    case 'Float':
      return (number % 1000) / 8;
    case 'Boolean':
      return number % 2 === 0;
    case 'JSON':
      return { z: [number % 10, null, { deep: '"é"' }], a: number % 3 === 0 ? null : 'text' };
    default:
      return `${name}\n"${number % 1000}" 卫生`;
  }
}

function namedTypeOf(type: TypeNode | undefined): string {
  if (type === undefined) return '';
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** A value as text, whatever the order of its keys. */
function plainText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

/** A number that is the same for the same text (FNV-1a). */
function numberOf(text: string): number {
  let hash = 2_166_136_261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}
