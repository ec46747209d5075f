import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isUnexplained, presentError, publishFault, subgraphOf, type ErrorPolicy } from '../../../errors.ts';
import type { OperationResult } from '../../../pipeline.ts';

/** A result of an operation, or a refusal of the door. */
export type StreamResult = Pick<OperationResult, 'errors'> & Partial<Pick<OperationResult, 'text' | 'extensions'>>;

/** Words errors for one caller, as the plugin of Apollo Server does (`answerStatusPlugin`), and tells the log of the rest. */
export type PresentErrors = (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[];

/** Makes it for one operation. */
export function createErrorPresenter(policy: ErrorPolicy, requestId: string): PresentErrors {
  return (errors) =>
    errors.map((error) => {
      const presented = presentError(error, policy);
      if (isUnexplained(error, presented)) {
        publishFault({ requestId, subgraph: subgraphOf(error) ?? 'gateway', cause: error });
      }
      return { ...presented, extensions: { ...presented.extensions, requestId } };
    });
}

/** A result as JSON text; its data are the text they are. */
export function writeResult({ errors, text, extensions }: StreamResult, present: PresentErrors): string {
  const members: string[] = [];
  if (errors) members.push(`"errors":${JSON.stringify(present(errors))}`);
  if (extensions) members.push(`"extensions":${JSON.stringify(extensions)}`);
  if (text) members.push(`"data":${text.join('')}`);
  return `{${members.join(',')}}`;
}

/** What was thrown, as an error whose words only the log gets. */
export function toGraphqlError(thrown: unknown): GraphQLError {
  if (thrown instanceof GraphQLError) return thrown;
  return new GraphQLError('The operation failed.', {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
    originalError: thrown instanceof Error ? thrown : null,
  });
}
