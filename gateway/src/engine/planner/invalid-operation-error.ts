import { GraphQLError } from 'graphql';

/** Refusal of a document, with every reason and its place in the document (GraphQL §5, §6.1). */
export class InvalidOperationError extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.name = 'InvalidOperationError';
    this.errors = errors;
  }
}

/** Gives errors the code by which clients know them. */
export const withCode =
  (code: unknown) =>
  (error: GraphQLError): GraphQLError =>
    new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      source: error.source ?? null,
      positions: error.positions ?? null,
      extensions: { ...error.extensions, code },
    });
