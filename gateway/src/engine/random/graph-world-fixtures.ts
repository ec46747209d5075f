import type { Fields } from '../fixtures.ts';
import type { World } from '../world-fixtures.ts';
import type { EntityModel, FieldModel, GraphModel } from './graph-model-fixtures.ts';
import { commonMarks, hasEntity, markOf } from './graph-sdl-fixtures.ts';

/** How many objects every type has. */
const objectCount = 3;

/** The data of a graph: what a field gives depends on its place in the spec and on the object's number alone. */
export function worldOf(graph: GraphModel): World {
  const objects = new Map<string, Fields[]>();
  const media = graph.media ? mediaObjects(graph.media) : [];
  for (const name of ['Media', 'Book', 'Movie']) objects.set(name, media);
  for (const entity of graph.entities) {
    objects.set(
      entity.name,
      Array.from({ length: objectCount }, (_, number) => entityObject(graph, objects, entity, number)),
    );
  }
  return { objects, query: rootFields(graph, objects), mutation: {} };
}

function rootFields(graph: GraphModel, objects: ReadonlyMap<string, readonly Fields[]>): Fields {
  const query: Record<string, unknown> = {};
  const withNull = (list: readonly Fields[]): readonly unknown[] => [
    ...list.slice(0, 1),
    null,
    ...list.slice(1),
    ...list.slice(0, 1),
  ];
  for (const subgraph of graph.subgraphs) {
    query[`nothingIn${subgraph}`] = 0;
    query[`mediaIn${subgraph}`] = () => withNull(objects.get('Media') ?? []);
    for (const { name, index } of graph.entities) {
      query[`t${index}In${subgraph}`] = () => withNull(objects.get(name) ?? []);
      query[`t${index}At${subgraph}`] = ({ no }: Fields) => objects.get(name)?.[Number(no)] ?? null;
    }
  }
  query['media'] = query['mediaIns0'];
  return query;
}

function mediaObjects({ extensions }: NonNullable<GraphModel['media']>): Fields[] {
  return Array.from({ length: objectCount }, (_, number) => ({
    __typename: number % 2 === 0 ? 'Book' : 'Movie',
    id: `m${number}`,
    title: number === 2 ? null : `Title ${number}`,
    pages: number === 0 ? 100 : null,
    length: 90 + number,
    ...Object.fromEntries(extensions.map(({ index }) => [`note${index}`, [`note ${number}`, null].slice(0, number)])),
    ...Object.fromEntries(
      extensions.map(({ index }) => [
        `rated${index}`,
        function rated(this: Fields) {
          return `rated ${JSON.stringify(this['title'])}`;
        },
      ]),
    ),
  }));
}

function entityObject(
  graph: GraphModel,
  objects: ReadonlyMap<string, readonly Fields[]>,
  entity: EntityModel,
  number: number,
): Fields {
  return {
    __typename: entity.name,
    id: `${entity.name}-${number}`,
    code: `code ${number}`,
    k1: `k${number % 2}`,
    k2: number,
    ref: { __typename: 'Ref', country: number === 0 ? 'CN' : 'HK', no: number },
    label: number === 1 ? null : `${entity.name} "${number}"`,
    ...Object.fromEntries(
      entity.fields.map((field) => [
        field.name,
        field.requires
          ? computed(field, field.requires)
          : (args: Fields) =>
              listed(field, number + field.index, args, (n) => itemOf(graph, objects, entity, field, n)),
      ]),
    ),
  };
}

/** What a field with `@requires` gives: a text of what it got. */
function computed({ name, hasArgument }: FieldModel, required: FieldModel) {
  return function compute(this: Fields, { x }: Fields): string {
    const value = this[required.name];
    const got = plain(typeof value === 'function' ? value.call(this, required.hasArgument ? { x: 3 } : {}) : value);
    return `${name} of ${JSON.stringify(got)}${hasArgument ? ` ${String(x)}` : ''}`;
  };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { a, b, c }: Fields = { ...value };
  return { a, b: typeof b === 'function' ? b({ x: 5 }) : b, c };
}

/** The value of a field: an item, or lists of them; null here and there where it may be. */
function listed(
  { isNonNull, hasArgument, lists }: FieldModel,
  start: number,
  { x }: Fields,
  itemAt: (number: number) => unknown,
): unknown {
  const shift = hasArgument ? Number(x) : 0;
  const build = (level: number, number: number): unknown =>
    level === 0
      ? itemAt(number + shift)
      : Array.from({ length: number % 3 }, (_, index) =>
          !isNonNull && index === 1 ? null : build(level - 1, number + index),
        );
  return !isNonNull && start % 3 === 2 ? null : build(lists, start);
}

function itemOf(
  graph: GraphModel,
  objects: ReadonlyMap<string, readonly Fields[]>,
  entity: EntityModel,
  { kind, name, target, subgraphs }: FieldModel,
  number: number,
): unknown {
  const [own = '', ...others] = subgraphs;
  const isShared = others.length > 0;
  const objectOf = (type: string): Fields | undefined => objects.get(type)?.[number % objectCount];
  const present = graph.entities.filter((one) => (isShared ? one === entity : hasEntity(graph, own, one)));
  switch (kind) {
    case 'Int':
      return entity.index * 100 + number;
    case 'String':
      return `${name}\n"${number}" é`;
    case 'Mark': {
      const marks = isShared ? commonMarks : [...commonMarks, markOf(own)];
      return marks[number % marks.length];
    }
    case 'Value':
      return {
        __typename: 'Va',
        a: number % 2 === 0 ? null : number,
        b: ({ x }: Fields) => `b${String(x)}`,
        c: [number, null],
      };
    case 'Entity':
      return objectOf(target);
    case 'Any':
      return number % 2 === 0 || isShared
        ? { __typename: 'Note', text: `note ${number}` }
        : objectOf(present[number % present.length]?.name ?? '');
    case 'Named':
      return objectOf(present[number % present.length]?.name ?? '');
    case 'Media':
      return objectOf('Media');
  }
}
