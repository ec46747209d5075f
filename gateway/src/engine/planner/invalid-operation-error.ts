import type { GraphQLError } from 'graphql';

/** Refusal of a document, with every reason and its place in the document (GraphQL §5, §6.1). */
export class InvalidOperationError extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.name = 'InvalidOperationError';
    this.errors = errors;
  }
}
