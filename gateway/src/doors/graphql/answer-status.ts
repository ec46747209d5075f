import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { errorCatalogue, isErrorCode, isUnexplained, presentError, publishFault, subgraphOf } from '../../errors.ts';
import type { ErrorPolicy } from '../../errors.ts';
import type { DoorContext } from './pipeline-gateway.ts';

const legacyType = 'application/json';
const responseType = 'application/graphql-response+json';

/** Refusals that GraphQL over HTTP counts as answers when they go out as application/json (§6.4.1: SHOULD 200). */
const refusalsOfContent: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/**
 * Gives every answer without data the status that GraphQL over HTTP §6.4 asks for, adds the request id to its errors, and
 * tells the log what the caller is not told. Apollo Server by itself answers 400 also as application/json.
 */
export function answerStatusPlugin(policy: ErrorPolicy): ApolloServerPlugin<DoorContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          const { requestId } = contextValue.request;
          for (const cause of errors) {
            if (!isUnexplained(cause, presentError(cause, policy))) continue;
            publishFault({ requestId, subgraph: subgraphOf(cause) ?? 'gateway', cause });
          }
        },
        async willSendResponse({ request, response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (singleResult.errors === undefined) return;
          const { requestId } = contextValue.request;
          const errors: GraphQLFormattedError[] = singleResult.errors.map((error) => ({
            ...error,
            extensions: { ...error.extensions, requestId },
          }));
          response.body.singleResult = { ...singleResult, errors };
          if (singleResult.data !== undefined) return;
          const type = preferredType(request.http?.headers.get('accept'));
          const status = statusOf(errors[0]?.extensions?.['code'], type);
          if (status !== undefined) response.http.status = status;
        },
      };
    },
  };
}

function statusOf(code: unknown, type: string): number | undefined {
  if (type === legacyType && refusalsOfContent.has(code)) return 200;
  // Apollo Server knows more of these: 405 for a mutation by GET, 406, 415.
  if (code === 'BAD_REQUEST') return undefined;
  return isErrorCode(code) ? errorCatalogue[code].status : undefined;
}

/** The media type of the answer, as Apollo Server chooses it: the client's preference, application/json when it has none. */
export function preferredType(accept: string | undefined): string {
  return quality(accept, responseType) > quality(accept, legacyType) ? responseType : legacyType;
}

/** How much an Accept header wants a media type: 0 … 1; among its ranges that fit, the most specific counts (RFC 9110 §12.5.1). */
function quality(accept: string | undefined, type: string): number {
  if (accept === undefined) return 1;
  const [group] = type.split('/');
  const specificity = [type, `${group}/*`, '*/*'];
  const fitting = accept
    .toLowerCase()
    .split(',')
    .flatMap((range) => {
      const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
      const rank = specificity.indexOf(name);
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return rank === -1 ? [] : [{ rank, weight: weight === undefined ? 1 : Number(weight) || 0 }];
    });
  return fitting.toSorted((a, b) => a.rank - b.rank)[0]?.weight ?? 0;
}
