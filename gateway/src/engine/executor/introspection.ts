import { type FieldNode, type GraphQLSchema, Kind, executeSync } from 'graphql';
import type { PreparedOperation } from '../planner/prepared-operation.ts';

/** Answers `__schema` and `__type` of an operation from the API schema (GraphQL §4); no subgraph is asked. */
export function createIntrospection(schema: GraphQLSchema, { document, operation }: PreparedOperation) {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  return (variableValues: Readonly<Record<string, unknown>>) =>
    (nodes: readonly FieldNode[], responseName: string): unknown => {
      const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
      const { data } = executeSync({
        schema,
        document: { kind: Kind.DOCUMENT, definitions: [{ ...operation.definition, selectionSet }, ...fragments] },
        variableValues,
      });
      return data?.[responseName] ?? null;
    };
}
