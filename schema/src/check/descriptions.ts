import { Kind } from 'graphql';
import type {
  ASTNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  StringValueNode,
  TypeDefinitionNode,
} from 'graphql';
import { isCommonArgument } from '../sdl/common-arguments.ts';
import { problemAt } from '../sdl/schema-problem.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import type { AuthoredSchemas } from './authored-schemas.ts';

const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);
const chinese = /\p{Script=Han}/u;

interface Described {
  readonly coordinate: string;
  readonly node: ASTNode;
  readonly text: string | undefined;
}

/**
 * Refuses types, fields, arguments and enum values that no subgraph describes, and descriptions without the Chinese term. It is
 * enough that one subgraph describes what several declare.
 */
export function checkDescriptions(schemas: AuthoredSchemas): readonly SchemaProblem[] {
  const byCoordinate = new Map<string, Described[]>();
  for (const schema of schemas.values()) {
    for (const described of [...schema.types.values()].flatMap(describedParts)) {
      byCoordinate.set(described.coordinate, [...(byCoordinate.get(described.coordinate) ?? []), described]);
    }
  }
  return [...byCoordinate.values()].flatMap(problemsOf);
}

function problemsOf(places: readonly Described[]): readonly SchemaProblem[] {
  const [first] = places;
  if (first === undefined) return [];
  const texts = places.filter(({ text }) => text !== undefined);
  if (texts.length === 0) return [problemAt(first.node, `${first.coordinate} has no description.`)];
  return texts
    .filter(({ text }) => !chinese.test(text ?? ''))
    .map(({ node, coordinate }) => problemAt(node, `${coordinate}: the description lacks the Chinese term.`));
}

function describedParts(type: TypeDefinitionNode): readonly Described[] {
  const name = type.name.value;
  const own = rootTypes.has(name) ? [] : [describedPart(name, type)];
  switch (type.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
      return own;
    case Kind.ENUM_TYPE_DEFINITION:
      return [...own, ...(type.values ?? []).map((value) => describedPart(`${name}.${value.name.value}`, value))];
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [...own, ...(type.fields ?? []).flatMap((field) => describedField(name, field))];
  }
}

/** A field with its arguments; those of a connection are described by the expansion. */
function describedField(typeName: string, field: FieldDefinitionNode | InputValueDefinitionNode): readonly Described[] {
  const coordinate = `${typeName}.${field.name.value}`;
  const own = describedPart(coordinate, field);
  if (field.kind !== Kind.FIELD_DEFINITION) return [own];
  const named = (field.arguments ?? []).filter(({ name }) => !isCommonArgument(field, name.value));
  return [own, ...named.map((argument) => describedPart(`${coordinate}(${argument.name.value})`, argument))];
}

function describedPart(coordinate: string, node: ASTNode & { readonly description?: StringValueNode }): Described {
  const text = node.description?.value.trim();
  return { coordinate, node, text: text === '' ? undefined : text };
}
