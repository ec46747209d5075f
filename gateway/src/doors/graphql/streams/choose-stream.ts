import type { FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { DocumentLimits } from '../refuse-nesting.ts';
import { parametersOf, readStreamRequest, type StreamRequest } from './stream-request.ts';
import type { PartsFormat } from './write-parts.ts';

/** How an operation is to be answered that one answer is not enough for, or not what its client takes. */
export type StreamChoice =
  | { readonly kind: 'EventStream'; readonly read: StreamRequest }
  | { readonly kind: 'Multipart'; readonly read: StreamRequest }
  | { readonly kind: 'Parts'; readonly read: StreamRequest; readonly format: PartsFormat };

/**
 * Chooses by the accept header and the operation; `undefined` where an ordinary answer is right. Most requests accept no
 * stream and cost a look at the header; of the others only those are read whose text speaks of what needs one.
 */
export function chooseStream(request: FastifyRequest, limits: DocumentLimits): StreamChoice | undefined {
  const { accept } = request.headers;
  if (accept === undefined) return undefined;
  const takesEvents = accept.includes('text/event-stream') && !accept.includes('subscriptionSpec');
  const takesParts = accept.includes('multipart/mixed');
  if ((!takesEvents && !takesParts) || (request.method !== 'GET' && request.method !== 'POST')) return undefined;
  const parameters = parametersOf(request);
  const takesNothingElse = takesEvents && !accept.includes('json') && !accept.includes('*/*');
  if (!takesNothingElse && !speaksOfStreams(parameters.query)) return undefined;
  const read = readStreamRequest(parameters, limits);
  if (read.kind === OperationTypeNode.SUBSCRIPTION) return { kind: takesEvents ? 'EventStream' : 'Multipart', read };
  // GET runs no mutation (GraphQL over HTTP §5.3): the door says so.
  if (read.kind === OperationTypeNode.MUTATION && request.method === 'GET') return undefined;
  if (takesNothingElse) return { kind: 'EventStream', read };
  if (!takesParts || read.kind === undefined) return undefined;
  const format = accept.includes('incrementalSpec=v0.2') ? 'incrementalSpec=v0.2' : 'deferSpec=20220824';
  return { kind: 'Parts', read, format };
}

function speaksOfStreams(query: unknown): boolean {
  return typeof query === 'string' && (query.includes('subscription') || query.includes('@defer'));
}
