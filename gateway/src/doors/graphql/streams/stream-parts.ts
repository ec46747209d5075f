import type { FastifyRequest } from 'fastify';
import type { Asker, RequestContext } from '../../../context.ts';
import type { ErrorPolicy } from '../../../errors.ts';
import type { Pipeline } from '../../../pipeline.ts';
import type { DocumentLimits } from '../refuse-nesting.ts';

/** Headers of a request, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a connection may hold, and how it is kept alive. */
export interface StreamLimits {
  /** Subscriptions and other operations at the same time on one WebSocket. */
  readonly maxSubscriptions: number;
  /** Bytes of answers that may wait on one WebSocket before it takes no more operations. */
  readonly maxBufferedBytes: number;
  /** Milliseconds of silence after which something is sent. */
  readonly heartbeat: number;
}

/** What streams need beyond what the door needs for single answers. */
export interface StreamParts {
  readonly pipeline: Pipeline;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
  readonly errors: ErrorPolicy;
  readonly limits: DocumentLimits;
  readonly streams: StreamLimits;
  /** Who asks by these headers; throws UNAUTHENTICATED. */
  readonly askerOf: (headers: RequestHeaders) => Asker;
  readonly businessTime: () => string;
  /** Bytes of one request. */
  readonly bodyLimit: number;
  /** Milliseconds for one operation, or for one event of a subscription. */
  readonly requestTimeout: number;
}
