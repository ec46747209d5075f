import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { RequestContext } from '../../context.ts';
import type { Pipeline } from '../../pipeline.ts';

type ApolloGateway = ApolloServerOptionsWithGateway<DoorContext>['gateway'];

/** What Apollo Server carries along for one request. */
export interface DoorContext {
  readonly request: RequestContext;
}

/** Lets Apollo Server parse and validate, and the pipeline do the rest: the `gateway` object Apollo Server asks for. */
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
        return pipeline.run({ schema, document, variables, ...named }, contextOf(context));
      },
    }),
    stop: async () => {
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}

/** Apollo types its context loosely; it is the one `context` of the door made. */
function contextOf(context: Partial<DoorContext>): RequestContext {
  if (context.request === undefined) throw new TypeError('An operation came without the context of its request.');
  return context.request;
}
