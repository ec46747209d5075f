import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, type DocumentNode, type ExecutionResult } from 'graphql';
import type { RequestContext } from '../../context.ts';
import { readExplainMode, type OperationResult, type Pipeline } from '../../pipeline.ts';
import { lazyData } from './result-text.ts';

type ApolloGateway = ApolloServerOptionsWithGateway<DoorContext>['gateway'];

/** What Apollo Server carries along for one request. */
export interface DoorContext {
  readonly request: RequestContext;
  readonly beside: BesideApollo;
}

/** What Apollo Server is not asked to carry. */
export interface BesideApollo {
  /** What comes of the operation, where it was begun before Apollo Server was asked. */
  readonly outcome: Promise<OperationResult> | undefined;
  /** A result that is there in bytes, or too large to go out as one text: its data go out beside Apollo Server. */
  result?: OperationResult;
  /** What was parsed, where data came of it. */
  document?: DocumentNode;
}

/** Lets Apollo Server parse, and the pipeline do the rest: the `gateway` object Apollo Server asks for. */
export function createPipelineGateway(pipeline: Pipeline): ApolloGateway {
  const subscriptions = new Set<() => void>();
  return {
    onSchemaLoadOrUpdate(callback) {
      const unsubscribe = pipeline.onGraph(({ schema, supergraphSdl }) =>
        callback({ apiSchema: schema, coreSupergraphSdl: supergraphSdl }),
      );
      subscriptions.add(unsubscribe);
      return unsubscribe;
    },
    load: async () => ({
      executor: async ({ schema, document, operationName, request, context }) => {
        const variables = request.variables ?? {};
        const named = operationName === null ? {} : { operationName };
        const { request: asking, beside } = contextOf(context);
        const explain = readExplainMode(request.extensions);
        const operation = { schema, document, variables, explain, ...named };
        const result = await (beside.outcome ?? pipeline.run(operation, asking));
        if (result.isLarge || result.body) beside.result = result;
        if (result.hasData) beside.document = document;
        return toExecutionResult(result);
      },
    }),
    stop: async () => {
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}

/** The result as Apollo Server takes it; its data are text until somebody looks into them. */
function toExecutionResult(result: OperationResult): ExecutionResult {
  const { errors, extensions } = result;
  return {
    ...(errors ? { errors: errors.map(withoutStatus) } : {}),
    ...(result.isExecuted ? { data: lazyData(result) } : {}),
    ...(extensions ? { extensions: { ...extensions } } : {}),
  };
}

/** Apollo Server lets `extensions.http` of an error decide status and headers of the whole answer: not for a subgraph to say. */
function withoutStatus(error: GraphQLError): GraphQLError {
  if (!('http' in error.extensions)) return error;
  const { message, path, nodes } = error;
  const { http: _http, ...extensions } = error.extensions;
  return new GraphQLError(message, { path: path ?? null, nodes: nodes ?? null, extensions });
}

/** Apollo types its context loosely; it is the one `context` of the door made. */
function contextOf({ request, beside }: Partial<DoorContext>): DoorContext {
  if (request === undefined || beside === undefined) {
    throw new TypeError('An operation came without the context of its request.');
  }
  return { request, beside };
}
