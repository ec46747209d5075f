import { OperationTypeNode } from 'graphql';
import type { RequestContext, StreamContext } from '../../../context.ts';
import type { Operation, Pipeline } from '../../../pipeline.ts';
import { toGraphqlError, type StreamResult } from './present-result.ts';
import type { StreamRequest } from './stream-request.ts';

/** What is known of whoever asks: for one answer, or for a stream. */
export interface StreamContexts {
  readonly single: () => RequestContext;
  readonly stream: () => StreamContext;
}

/** Runs any operation as a stream: a subscription's results, or the one result of another. Never throws. */
export async function* runStream(
  pipeline: Pipeline,
  { refused, kind, ...read }: StreamRequest,
  contexts: StreamContexts,
): AsyncGenerator<StreamResult> {
  const operation: Operation = { schema: pipeline.graph().schema, ...read };
  try {
    if (refused) {
      yield { errors: [refused] };
    } else if (kind === OperationTypeNode.SUBSCRIPTION) {
      const results = await pipeline.subscribe(operation, contexts.stream());
      if (Symbol.asyncIterator in results) yield* results;
      else yield results;
    } else {
      yield await pipeline.run(operation, contexts.single());
    }
  } catch (error) {
    yield { errors: [toGraphqlError(error)] };
  }
}
