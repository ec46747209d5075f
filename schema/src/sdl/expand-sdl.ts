import { Kind, print } from 'graphql';
import type { DocumentNode, NamedTypeNode, TypeDefinitionNode } from 'graphql';
import { generateTypes } from './generate-types.ts';
import { mergeDefinitions } from './merge-definitions.ts';
import type { Definitions, SdlFile } from './merge-definitions.ts';
import { withIdempotencyKeys } from './idempotency-keys.ts';
import { withCommonArguments } from './common-arguments.ts';
import { problemAt, SchemaProblems, throwProblems } from './schema-problem.ts';
import type { SchemaProblem } from './schema-problem.ts';
import { referencesOf } from './type-references.ts';

const builtInScalars = new Set(['ID', 'String', 'Int', 'Float', 'Boolean']);
/** Directives that only the expansion reads; they do not leave the source. */
const sourceDirectives = new Set(['filterable', 'sortable', 'returns']);

/**
 * Turns the authored SDL of one subgraph and the shared SDL into the complete Federation SDL: generates the
 * connections, filters and orders that are referred to, leaves out shared definitions that nothing uses, and refuses
 * what is wrong with file and line; `check` sees the definitions with what only the expansion reads.
 */
export function expandSdl(
  authored: readonly SdlFile[],
  shared: SdlFile,
  check?: (definitions: Definitions) => void,
): string {
  const definitions = mergeDefinitions([shared, ...authored]);
  const complete = addGenerated(definitions, authored);
  const used = usedTypes({ ...definitions, types: complete }, authored);
  check?.({ ...definitions, types: used });
  return `${print(documentOf({ ...definitions, types: used }))}\n`;
}

/** What a shared definition refers to need only be there where it is used. */
function addGenerated(definitions: Definitions, authored: readonly SdlFile[]): ReadonlyMap<string, TypeDefinitionNode> {
  const types = withIdempotencyKeys(definitions.types);
  const problems: SchemaProblem[] = [];
  const queue = [...authoredTypes(types, authored), ...definitions.directives.values()];
  const queued = new Set(queue);
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const reference of referencesOf(node)) {
      const name = reference.name.value;
      const known = types.get(name);
      if (known !== undefined && !queued.has(known)) {
        queued.add(known);
        queue.push(known);
      }
      if (known !== undefined || builtInScalars.has(name)) continue;
      const generated = generateOr(problems, reference, types);
      for (const type of generated) {
        types.set(type.name.value, type);
        queue.push(type);
      }
    }
  }
  throwProblems(problems);
  return types;
}

function generateOr(
  problems: SchemaProblem[],
  reference: NamedTypeNode,
  types: ReadonlyMap<string, TypeDefinitionNode>,
): readonly TypeDefinitionNode[] {
  const name = reference.name.value;
  try {
    const generated = generateTypes(name, types);
    if (generated === undefined) problems.push(problemAt(reference, undefinedType(name)));
    return generated ?? [];
  } catch (error) {
    if (!(error instanceof SchemaProblems)) throw error;
    problems.push(...error.problems);
    return [];
  }
}

function undefinedType(name: string): string {
  const suffix = ['Connection', 'Filter', 'Order'].find((end) => name.endsWith(end) && name !== end);
  if (suffix === undefined) return `Type ${name} is not defined.`;
  const base = name.slice(0, -suffix.length);
  return `${name} cannot be generated: there is no type ${base} in this subgraph.`;
}

function authoredTypes(
  types: ReadonlyMap<string, TypeDefinitionNode>,
  authored: readonly SdlFile[],
): readonly TypeDefinitionNode[] {
  const paths = new Set(authored.map((file) => file.path));
  return [...types.values()].filter(({ loc }) => paths.has(loc?.source.name ?? ''));
}

/** Everything authored or reachable from it; the rest of shared.graphql stays out of this subgraph. */
function usedTypes(definitions: Definitions, authored: readonly SdlFile[]): ReadonlyMap<string, TypeDefinitionNode> {
  const directives = [...definitions.directives.values()].filter(({ name }) => !sourceDirectives.has(name.value));
  const names = new Set<string>();
  const queue = [...authoredTypes(definitions.types, authored), ...directives];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    if (node.kind !== Kind.DIRECTIVE_DEFINITION) names.add(node.name.value);
    for (const { name } of referencesOf(node)) {
      const type = definitions.types.get(name.value);
      if (type !== undefined && !names.has(name.value)) {
        names.add(name.value);
        queue.push(type);
      }
    }
  }
  return new Map([...definitions.types].filter(([name]) => names.has(name)));
}

function documentOf(definitions: Definitions): DocumentNode {
  const { schemaExtensions, directives, types } = definitions;
  const kept = [...directives.values()].filter(({ name }) => !sourceDirectives.has(name.value));
  return {
    kind: Kind.DOCUMENT,
    definitions: [...schemaExtensions, ...kept, ...[...types.values()].map(finished)],
  };
}

/** As it leaves the source: without directives that only the expansion reads, with common arguments described. */
function finished(type: TypeDefinitionNode): TypeDefinitionNode {
  if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) return type;
  const fields = (type.fields ?? []).map(withCommonArguments).map((field) => ({
    ...field,
    directives: (field.directives ?? []).filter(({ name }) => !sourceDirectives.has(name.value)),
  }));
  return { ...type, fields };
}
