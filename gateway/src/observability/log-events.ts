import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describeCause } from '@hutong/kit';

/** Where lines go: a pino logger, or Fastify's, which is one. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Writes one line per operation (info) and per fault (error) from what the parts publish on their diagnostics channels.
 * Lines hold no variables, no answers and no values out of SQL. Gives the function that ends this.
 */
export function logEvents(log: Log): () => void {
  const onOperation = (event: unknown): void => {
    const { requestId, role, operationName, milliseconds, errors } = fieldsOf(event);
    log.info({ requestId, role, operationName, milliseconds: Math.round(Number(milliseconds)), errors }, 'operation');
  };
  const onFault = (event: unknown): void => {
    const { requestId, subgraph, cause } = fieldsOf(event);
    log.error({ requestId, subgraph, cause: describeCause(cause) }, 'fault');
  };
  subscribe('hutong:operation', onOperation);
  subscribe('hutong:error', onFault);
  return () => {
    unsubscribe('hutong:operation', onOperation);
    unsubscribe('hutong:error', onFault);
  };
}

function fieldsOf(event: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(typeof event === 'object' && event !== null ? event : {}));
}
