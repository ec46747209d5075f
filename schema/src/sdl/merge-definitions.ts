import { GraphQLError, Kind, parse, Source } from 'graphql';
import type {
  DefinitionNode,
  DirectiveDefinitionNode,
  DocumentNode,
  FieldDefinitionNode,
  SchemaExtensionNode,
  TypeDefinitionNode,
  TypeExtensionNode,
} from 'graphql';
import { getLocation, isTypeDefinitionNode, isTypeExtensionNode } from 'graphql';
import { placeOf, problemAt, SchemaProblems, throwProblems } from './schema-problem.ts';
import type { SchemaProblem } from './schema-problem.ts';

/** One .graphql file: its path as people should see it, and its text. */
export interface SdlFile {
  readonly path: string;
  readonly text: string;
}

/** The definitions of one subgraph, each type once. */
export interface Definitions {
  readonly types: ReadonlyMap<string, TypeDefinitionNode>;
  readonly directives: ReadonlyMap<string, DirectiveDefinitionNode>;
  readonly schemaExtensions: readonly SchemaExtensionNode[];
}

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);

/**
 * Reads all files of a subgraph and puts the parts of a type together: a root type may be written in every file, any
 * other type once, and `extend type` adds to it from another file.
 */
export function mergeDefinitions(files: readonly SdlFile[]): Definitions {
  const nodes = files.flatMap((file) => parseFile(file).definitions);
  const problems: SchemaProblem[] = [];
  const types = new Map<string, TypeDefinitionNode>();
  const directives = new Map<string, DirectiveDefinitionNode>();
  const schemaExtensions: SchemaExtensionNode[] = [];
  for (const node of [...nodes.filter(isNotExtension), ...nodes.filter(isTypeExtensionNode)]) {
    if (node.kind === Kind.SCHEMA_EXTENSION) schemaExtensions.push(node);
    else if (node.kind === Kind.DIRECTIVE_DEFINITION) directives.set(node.name.value, node);
    else if (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) addType(types, node, problems);
    else problems.push(problemAt(node, `A ${node.kind} does not belong in a subgraph's schema.`));
  }
  problems.push(...repeatedFields(types));
  throwProblems(problems);
  return { types, directives, schemaExtensions };
}

function isNotExtension(node: DefinitionNode): boolean {
  return !isTypeExtensionNode(node);
}

function parseFile(file: SdlFile): DocumentNode {
  try {
    return parse(new Source(file.text, file.path));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [position] = error.positions ?? [];
    const line = position === undefined || error.source === undefined ? 1 : getLocation(error.source, position).line;
    throw new SchemaProblems([{ message: error.message, place: `${file.path}:${line}` }]);
  }
}

function addType(
  types: Map<string, TypeDefinitionNode>,
  node: TypeDefinitionNode | TypeExtensionNode,
  problems: SchemaProblem[],
): void {
  const name = node.name.value;
  const known = types.get(name);
  if (known === undefined) {
    types.set(name, asDefinition(node));
  } else if (isTypeDefinitionNode(node) && !rootTypes.has(name)) {
    problems.push(problemAt(node, `Type ${name} is already defined at ${placeOf(known) ?? 'another place'}.`));
  } else {
    const joined = joinParts(known, asDefinition(node));
    if (joined === undefined) problems.push(problemAt(node, `${name} is of another kind at ${placeOf(known) ?? '?'}.`));
    else types.set(name, joined);
  }
}

function asDefinition(node: TypeDefinitionNode | TypeExtensionNode): TypeDefinitionNode {
  switch (node.kind) {
    case Kind.SCALAR_TYPE_EXTENSION:
      return { ...node, kind: Kind.SCALAR_TYPE_DEFINITION };
    case Kind.OBJECT_TYPE_EXTENSION:
      return { ...node, kind: Kind.OBJECT_TYPE_DEFINITION };
    case Kind.INTERFACE_TYPE_EXTENSION:
      return { ...node, kind: Kind.INTERFACE_TYPE_DEFINITION };
    case Kind.UNION_TYPE_EXTENSION:
      return { ...node, kind: Kind.UNION_TYPE_DEFINITION };
    case Kind.ENUM_TYPE_EXTENSION:
      return { ...node, kind: Kind.ENUM_TYPE_DEFINITION };
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return { ...node, kind: Kind.INPUT_OBJECT_TYPE_DEFINITION };
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return node;
  }
}

function joinParts(a: TypeDefinitionNode, b: TypeDefinitionNode): TypeDefinitionNode | undefined {
  const directives = [...(a.directives ?? []), ...(b.directives ?? [])];
  const described = a.description ?? b.description;
  const description = described === undefined ? {} : { description: described };
  if (
    (a.kind === Kind.OBJECT_TYPE_DEFINITION && b.kind === Kind.OBJECT_TYPE_DEFINITION) ||
    (a.kind === Kind.INTERFACE_TYPE_DEFINITION && b.kind === Kind.INTERFACE_TYPE_DEFINITION)
  ) {
    const interfaces = [...(a.interfaces ?? []), ...(b.interfaces ?? [])];
    return { ...a, ...description, directives, interfaces, fields: [...(a.fields ?? []), ...(b.fields ?? [])] };
  }
  if (a.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && b.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    return { ...a, ...description, directives, fields: [...(a.fields ?? []), ...(b.fields ?? [])] };
  }
  if (a.kind === Kind.ENUM_TYPE_DEFINITION && b.kind === Kind.ENUM_TYPE_DEFINITION) {
    return { ...a, ...description, directives, values: [...(a.values ?? []), ...(b.values ?? [])] };
  }
  if (a.kind === Kind.UNION_TYPE_DEFINITION && b.kind === Kind.UNION_TYPE_DEFINITION) {
    return { ...a, ...description, directives, types: [...(a.types ?? []), ...(b.types ?? [])] };
  }
  return undefined;
}

function repeatedFields(types: ReadonlyMap<string, TypeDefinitionNode>): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const type of types.values()) {
    if (!('fields' in type)) continue;
    const seen = new Map<string, FieldDefinitionNode | { readonly name: { readonly value: string } }>();
    for (const field of type.fields ?? []) {
      if (seen.has(field.name.value)) {
        problems.push(problemAt(field, `${type.name.value}.${field.name.value} is defined twice.`));
      }
      seen.set(field.name.value, field);
    }
  }
  return problems;
}
