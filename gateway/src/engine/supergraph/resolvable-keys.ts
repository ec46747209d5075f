import { type DirectiveNode, type DocumentNode, Kind } from 'graphql';
import { stringArgument } from './join-directives.ts';

/**
 * The supergraph without the keys that no planner may use: those a subgraph declares `resolvable: false` for a type it
 * has another key of. `@apollo/query-planner` returns to a subgraph (for a field with `@requires`) by the first key of
 * the type there, and asks in vain if that one is not resolvable.
 */
export function withoutUnresolvableKeys(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
        return definition;
      }
      const { directives = [] } = definition;
      const resolvable = new Set(directives.filter(isResolvableKey).map(graphOf));
      return {
        ...definition,
        directives: directives.filter(
          (directive) => !isUnresolvableKey(directive) || !resolvable.has(graphOf(directive)),
        ),
      };
    }),
  };
}

/** Whether `join__type` declares a key by which its subgraph finds entities. */
export function isResolvableKey(directive: DirectiveNode): boolean {
  return isKey(directive) && !isUnresolvableKey(directive);
}

function isUnresolvableKey(directive: DirectiveNode): boolean {
  const resolvable = directive.arguments?.find(({ name }) => name.value === 'resolvable')?.value;
  return isKey(directive) && resolvable?.kind === Kind.BOOLEAN && !resolvable.value;
}

function isKey(directive: DirectiveNode): boolean {
  return directive.name.value === 'join__type' && stringArgument(directive, 'key') !== undefined;
}

function graphOf(directive: DirectiveNode): string | undefined {
  const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
}
