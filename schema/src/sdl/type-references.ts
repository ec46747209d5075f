import { Kind } from 'graphql';
import type { DirectiveDefinitionNode, NamedTypeNode, TypeDefinitionNode, TypeNode } from 'graphql';

/** The named types that a definition refers to: of fields, arguments, interfaces and union members. */
export function referencesOf(node: TypeDefinitionNode | DirectiveDefinitionNode): readonly NamedTypeNode[] {
  switch (node.kind) {
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      return [];
    case Kind.UNION_TYPE_DEFINITION:
      return node.types ?? [];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (node.fields ?? []).map(({ type }) => namedType(type));
    case Kind.DIRECTIVE_DEFINITION:
      return (node.arguments ?? []).map(({ type }) => namedType(type));
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(node.interfaces ?? []),
        ...(node.fields ?? []).flatMap(({ type, arguments: args = [] }) =>
          [type, ...args.map((arg) => arg.type)].map(namedType),
        ),
      ];
  }
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type);
}
