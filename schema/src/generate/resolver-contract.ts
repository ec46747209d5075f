import { Kind } from 'graphql';
import type { DocumentNode, TypeDefinitionNode, TypeNode } from 'graphql';
import { isTypeDefinitionNode } from 'graphql';
import { readEntityFacts } from './entity-facts.ts';
import type { EntityFacts } from './entity-facts.ts';

/** `Institution` → `./tables/places.ts#InstitutionRow`: the value that stands for a type between resolvers. */
export type Mappers = Readonly<Record<string, string>>;

/** Suffix of graphql-codegen's own resolver types, from which the contract below is made. */
export const fieldResolversSuffix = 'FieldResolvers';

/** Type names that have a value of their own between resolvers: those with a row, and entities known by reference. */
export function parentTypes(document: DocumentNode, mappers: Mappers): Readonly<Record<string, string>> {
  const entities = [...readEntityFacts(document).values()].filter(({ keys }) => keys.length > 0);
  const names = new Set([...Object.keys(mappers), ...entities.map(({ name }) => name)]);
  return Object.fromEntries([...names].map((name) => [name, `${name}Parent`]));
}

/** Payloads of mutations stand on the kit's result of a write. */
export function payloadMappers(document: DocumentNode): Mappers {
  const mutations = document.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Mutation' ? (node.fields ?? []) : [],
  );
  return Object.fromEntries(mutations.map(({ type }) => [namedType(type), '@hutong/kit#WriteResult']));
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The `import type` lines that parent types and the context need. */
export function contractImports(mappers: Mappers): string {
  const bySource = new Map<string, Set<string>>([['./context.ts', new Set(['Context'])]]);
  for (const mapper of Object.values(mappers)) {
    const [source = '', type = ''] = mapper.split('#');
    bySource.set(source, (bySource.get(source) ?? new Set()).add(type));
  }
  return [...bySource]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([source, types]) => `import type { ${[...types].toSorted().join(', ')} } from '${source}';`)
    .join('\n');
}

/**
 * What a subgraph must resolve, as types: every field of a type that has a row, every contributed field of a type that
 * is known by reference; fields that the value already has (keys and external fields of a reference, value types) may
 * be left to GraphQL's default resolver.
 */
export function resolverContract(document: DocumentNode, mappers: Mappers): string {
  const facts = readEntityFacts(document);
  const types = document.definitions.filter(isTypeDefinitionNode);
  const parts = types.flatMap((type) => contractOf(type, facts.get(type.name.value), mappers));
  const entries = parts.map(({ name, resolvers, required }) => `  ${name}${required ? '' : '?'}: ${resolvers};`);
  return [
    preamble,
    ...parts.flatMap(({ declarations }) => declarations),
    `/** All resolvers of this subgraph; leaving out one that is needed does not compile. */`,
    `export type Resolvers = {\n${entries.join('\n')}\n};`,
    '',
  ].join('\n');
}

const preamble = `
/** Answers a reference from another subgraph; null when there is no such thing. */
export type ReferenceResolver<TReference, TParent> = (
  reference: TReference,
  context: Context,
  info: GraphQLResolveInfo,
) => Promise<TParent | null> | TParent | null;
type LeaveToDefault<TResolvers, TFields extends keyof TResolvers> = Omit<TResolvers, TFields> &
  Partial<Pick<TResolvers, TFields>>;
`;

interface Part {
  readonly name: string;
  readonly resolvers: string;
  readonly required: boolean;
  readonly declarations: readonly string[];
}

function contractOf(type: TypeDefinitionNode, facts: EntityFacts | undefined, mappers: Mappers): readonly Part[] {
  const name = type.name.value;
  switch (type.kind) {
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [];
    case Kind.SCALAR_TYPE_DEFINITION:
      return [{ name, resolvers: 'GraphQLScalarType', required: false, declarations: [] }];
    case Kind.UNION_TYPE_DEFINITION:
      return [plainPart(name)];
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
      if (facts !== undefined && mappers[name] !== undefined) return [rowPart(facts, mappers[name], type.kind)];
      if (facts !== undefined && facts.keys.length > 0) return [referencePart(facts, type.kind)];
      if (type.kind === Kind.INTERFACE_TYPE_DEFINITION || rootTypes.has(name)) return [plainPart(name)];
      return [valuePart(name)];
  }
}

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

function plainPart(name: string): Part {
  const declarations = [`export type ${name}Resolvers = ${name}${fieldResolversSuffix};`];
  return { name, resolvers: `${name}Resolvers`, required: true, declarations };
}

function valuePart(name: string): Part {
  const declarations = [`export type ${name}Resolvers = Partial<${name}${fieldResolversSuffix}>;`];
  return { name, resolvers: `${name}Resolvers`, required: false, declarations };
}

function rowPart(facts: EntityFacts, mapper: string, kind: Kind): Part {
  const { name } = facts;
  const row = mapper.split('#')[1] ?? mapper;
  const fields = optionalFields(facts, [...facts.external]);
  const reference = facts.resolvable
    ? ` & {\n  __resolveReference: ReferenceResolver<${name}Reference, ${name}Parent>;\n}`
    : '';
  return {
    name,
    resolvers: `${name}Resolvers`,
    required: true,
    declarations: [
      `export type ${name}Parent = ${row} & {\n${lines(`  __typename?: ${typeName(name, kind)};`, externalFields(facts))}\n};`,
      ...referenceType(facts, kind),
      `export type ${name}Resolvers = ${fields}${reference};`,
    ],
  };
}

function referencePart(facts: EntityFacts, kind: Kind): Part {
  const { name, keys, external } = facts;
  const given = [...new Set([...keys.flat(), ...external])];
  const fields =
    kind === Kind.INTERFACE_TYPE_DEFINITION ? `${name}${fieldResolversSuffix}` : optionalFields(facts, given);
  const reference = facts.resolvable
    ? ` & {\n  __resolveReference?: ReferenceResolver<${name}Reference, ${name}Parent>;\n}`
    : '';
  return {
    name,
    resolvers: `${name}Resolvers`,
    required: kind === Kind.INTERFACE_TYPE_DEFINITION || facts.fields.some((field) => !given.includes(field)),
    declarations: [
      `/** ${name} belongs to another subgraph: its value here is the reference itself. */`,
      `export type ${name}Parent = {\n${lines(`  __typename?: ${typeName(name, kind)};`, keyFields(facts), externalFields(facts))}\n};`,
      ...referenceType(facts, kind),
      `export type ${name}Resolvers = ${fields}${reference};`,
    ],
  };
}

function optionalFields({ name }: EntityFacts, fields: readonly string[]): string {
  if (fields.length === 0) return `${name}${fieldResolversSuffix}`;
  return `LeaveToDefault<${name}${fieldResolversSuffix}, ${fields.map((field) => `'${field}'`).join(' | ')}>`;
}

function referenceType(facts: EntityFacts, kind: Kind): readonly string[] {
  const { name } = facts;
  if (!facts.resolvable) return [];
  const body = lines(`  __typename: ${typeName(name, kind)};`, keyFields(facts), externalFields(facts));
  return [`export type ${name}Reference = {\n${body}\n};`];
}

/** A value of an interface names the type that it is. */
function typeName(name: string, kind: Kind): string {
  return kind === Kind.INTERFACE_TYPE_DEFINITION ? 'string' : `'${name}'`;
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

/** Key fields are always there when there is one key; with several, each may be missing. */
function keyFields({ name, keys }: EntityFacts): string {
  const mark = keys.length === 1 ? '' : '?';
  return [...new Set(keys.flat())].map((field) => `  ${field}${mark}: NonNullable<${name}['${field}']>;`).join('\n');
}

/** External fields are there only when a field that is asked for requires them. */
function externalFields({ name, keys, external }: EntityFacts): string {
  return external
    .filter((field) => !keys.flat().includes(field))
    .map((field) => `  ${field}?: ${name}['${field}'];`)
    .join('\n');
}
