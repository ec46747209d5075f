import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type TypeDefinitionNode,
  buildASTSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  parse,
  visit,
} from 'graphql';
import { type CoreFeature, isFeatureDirective, isFeatureType, mainDirectiveOf } from './core-features.ts';

/**
 * Makes what clients see of a supergraph: everything but what is `@inaccessible` and what features (join, link, tag …)
 * brought along, as Federation's `toAPISchema` does. Whether the supergraph is right, its planner finds out.
 */
export function createApiSchema(document: DocumentNode, features: readonly CoreFeature[]): GraphQLSchema {
  return buildTrusted(withoutHidden(document, features));
}

/** The same from the SDL that composition wrote of it. */
export function buildApiSchema(apiSdl: string): GraphQLSchema {
  return buildTrusted(parse(apiSdl, { noLocation: true }));
}

const inaccessibleIdentity = 'https://specs.apollo.dev/inaccessible';

/** Incremental delivery is the gateway's own matter: what a subgraph declares under these names is left out. */
const incrementalDirectives: ReadonlySet<string> = new Set(['defer', 'stream']);

const deferDirective = parse(
  'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT',
  {
    noLocation: true,
  },
);

function buildTrusted(document: DocumentNode): GraphQLSchema {
  const hasDefer = document.definitions.some(
    (definition) => definition.kind === Kind.DIRECTIVE_DEFINITION && definition.name.value === 'defer',
  );
  const definitions = hasDefer ? document.definitions : [...document.definitions, ...deferDirective.definitions];
  return buildASTSchema({ ...document, definitions }, { assumeValid: true, assumeValidSDL: true });
}

function withoutHidden(document: DocumentNode, features: readonly CoreFeature[]): DocumentNode {
  const inaccessible = mainDirectiveOf(features, inaccessibleIdentity);
  const isHidden = ({
    directives = [],
  }: {
    readonly directives?: readonly ConstDirectiveNode[] | undefined;
  }): boolean => directives.some(({ name }) => name.value === inaccessible);
  const isHiddenDirective = (name: string): boolean =>
    isFeatureDirective(features, name) || incrementalDirectives.has(name);
  const hiddenTypes = new Set(
    document.definitions
      .filter(isNamedType)
      .filter((type) => isHidden(type) || isFeatureType(features, type.name.value))
      .map(({ name }) => name.value),
  );
  const isRemoved = (node: ASTNode): boolean =>
    ((isTypeDefinitionNode(node) || isTypeExtensionNode(node)) && hiddenTypes.has(node.name.value)) ||
    (node.kind === Kind.DIRECTIVE_DEFINITION && isHiddenDirective(node.name.value)) ||
    (node.kind === Kind.OPERATION_TYPE_DEFINITION && hiddenTypes.has(node.type.name.value));
  return visit(document, {
    enter: (node, _key, parent) => {
      if (isRemoved(node)) return null;
      switch (node.kind) {
        case Kind.DIRECTIVE:
          return isHiddenDirective(node.name.value) ? null : undefined;
        case Kind.FIELD_DEFINITION:
        case Kind.INPUT_VALUE_DEFINITION:
        case Kind.ENUM_VALUE_DEFINITION:
          return isHidden(node) ? null : undefined;
        case Kind.NAMED_TYPE:
          // In a list stand the members of a union and the interfaces of a type.
          return Array.isArray(parent) && hiddenTypes.has(node.name.value) ? null : undefined;
        default:
          return undefined;
      }
    },
  });
}

function isNamedType(node: ASTNode): node is TypeDefinitionNode {
  return isTypeDefinitionNode(node);
}
