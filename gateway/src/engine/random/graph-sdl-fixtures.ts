import type { EntityModel, FieldModel, GraphModel, KeyName } from './graph-model-fixtures.ts';

/** Enum values every subgraph has; each has one more of its own. */
export const commonMarks: readonly string[] = ['GOOD', 'BAD'];
export const markOf = (subgraph: string): string => `ONLY_${subgraph.toUpperCase()}`;

/** Whether a subgraph has an entity: as a place, or because a field of its own refers to it. */
export function hasEntity({ entities }: GraphModel, subgraph: string, entity: EntityModel): boolean {
  return (
    entity.places.some((place) => place.subgraph === subgraph) ||
    entities.some(({ fields }) =>
      fields.some(
        ({ kind, target, subgraphs }) => kind === 'Entity' && target === entity.name && subgraphs.includes(subgraph),
      ),
    )
  );
}

/** Whether a subgraph has a field of this kind. */
function uses({ entities }: GraphModel, subgraph: string, kind: FieldModel['kind']): boolean {
  return entities.some(({ fields }) =>
    fields.some((field) => field.kind === kind && field.subgraphs.includes(subgraph)),
  );
}

/** The SDL of every subgraph. */
export function sdlOf(graph: GraphModel): Readonly<Record<string, string>> {
  return Object.fromEntries(graph.subgraphs.map((name) => [name, subgraphSdl(graph, name)]));
}

function subgraphSdl(graph: GraphModel, name: string): string {
  const types = graph.entities
    .filter((entity) => hasEntity(graph, name, entity))
    .map((entity) => entitySdl(graph, name, entity));
  const text = [querySdl(graph, name), ...types, ...mediaSdl(graph, name)].join('\n');
  const members = graph.entities.filter((entity) => hasEntity(graph, name, entity)).map((entity) => entity.name);
  const shared: readonly (readonly [used: RegExp, sdl: string])[] = [
    [/\bVa\b/, 'type Va @shareable { a: Int b(x: Int = 2): String c: [Int] }'],
    [/\bMark\b/, `enum Mark { ${[...commonMarks, markOf(name)].join(' ')} }`],
    [/\bAny\b/, `union Any = ${['Note', ...members].join(' | ')}\ntype Note @shareable { text: String! }`],
    [/\bNamed\b/, 'interface Named { label: String }'],
    [/\bRef\b/, 'type Ref @shareable { country: String! no: Int! }'],
  ];
  return [text, ...shared.flatMap(([used, sdl]) => (used.test(text) ? [sdl] : []))].join('\n');
}

function querySdl({ entities, media }: GraphModel, name: string): string {
  const roots = entities
    .filter(({ places }) => places.some(({ subgraph }) => subgraph === name))
    .flatMap(({ name: type, index }) => [`t${index}In${name}: [${type}]`, `t${index}At${name}(no: Int = 1): ${type}`]);
  if (media?.home === name) roots.push('media: [Media]');
  if (media?.extensions.some(({ subgraph, root }) => subgraph === name && root)) roots.push(`mediaIn${name}: [Media]`);
  return `type Query { ${roots.length === 0 ? `nothingIn${name}: Int` : roots.join(' ')} }`;
}

const keySelections: Readonly<Record<KeyName, string>> = {
  id: 'id',
  code: 'code',
  composite: 'k1 k2',
  nested: 'ref { country no }',
};

const keyFields: Readonly<Record<KeyName, string>> = {
  id: 'id: ID!',
  code: 'code: String!',
  composite: 'k1: String! k2: Int!',
  nested: 'ref: Ref!',
};

function entitySdl(graph: GraphModel, subgraph: string, entity: EntityModel): string {
  const place = entity.places.find((one) => one.subgraph === subgraph);
  const keys = place?.keys ?? entity.places[0]?.keys.slice(0, 1) ?? [];
  const isStub = place?.isStub ?? true;
  const directives = keys.map((key) => `@key(fields: "${keySelections[key]}"${isStub ? ', resolvable: false' : ''})`);
  const isNamed = uses(graph, subgraph, 'Named');
  const own = entity.fields.filter(({ subgraphs }) => subgraphs.includes(subgraph));
  const external = new Map([
    ...own.flatMap(({ requires }) => (requires ? [[requires.name, requires] as const] : [])),
    ...providedTo(graph, subgraph, entity).map((field) => [field.name, field] as const),
  ]);
  const fields = [
    ...keys.map((key) => keyFields[key]),
    ...(isNamed ? ['label: String @shareable'] : []),
    ...own.map((field) => fieldSdl(graph, entity, field)),
    ...[...external.values()].map((field) => `${signatureOf(field)} @external`),
  ];
  return `type ${entity.name} ${isNamed ? 'implements Named ' : ''}${directives.join(' ')} { ${fields.join(' ')} }`;
}

/** Fields of an entity that a subgraph says to provide on the way to it. */
function providedTo({ entities }: GraphModel, subgraph: string, entity: EntityModel): readonly FieldModel[] {
  return entities.flatMap(({ fields }) =>
    fields.flatMap(({ provides, target, subgraphs }) =>
      provides && target === entity.name && subgraphs.includes(subgraph) ? [provides] : [],
    ),
  );
}

function fieldSdl({ entities }: GraphModel, entity: EntityModel, field: FieldModel): string {
  const isProvided = entities.some(({ fields }) =>
    fields.some(({ provides, target }) => target === entity.name && provides?.name === field.name),
  );
  return [
    signatureOf(field),
    ...(field.subgraphs.length > 1 || isProvided ? ['@shareable'] : []),
    ...(field.requires ? [`@requires(fields: "${requirementOf(field.requires)}")`] : []),
    ...(field.provides ? [`@provides(fields: "${field.provides.name}")`] : []),
  ].join(' ');
}

function requirementOf({ name, kind, hasArgument }: FieldModel): string {
  if (kind === 'Value') return `${name} { a b(x: 5) c }`;
  return hasArgument ? `${name}(x: 3)` : name;
}

function signatureOf({ name, kind, target, lists, isNonNull, hasArgument }: FieldModel): string {
  const named = kind === 'Entity' ? target : kind === 'Value' ? 'Va' : kind;
  const bang = isNonNull ? '!' : '';
  return `${name}${hasArgument ? '(x: Int = 1)' : ''}: ${'['.repeat(lists)}${named}${`${bang}]`.repeat(lists)}${bang}`;
}

function mediaSdl({ media }: GraphModel, name: string): readonly string[] {
  if (!media) return [];
  if (media.home === name) {
    const common = 'id: ID! title: String';
    return [
      `interface Media @key(fields: "id") { ${common} }`,
      `type Book implements Media @key(fields: "id") { ${common} pages: Int }`,
      `type Movie implements Media @key(fields: "id") { ${common} length: Int }`,
    ];
  }
  return media.extensions
    .filter(({ subgraph }) => subgraph === name)
    .map(({ index, requires }) => {
      const rated = requires ? ` title: String @external rated${index}: String @requires(fields: "title")` : '';
      return `type Media @key(fields: "id") @interfaceObject { id: ID! note${index}: [String]${rated} }`;
    });
}
