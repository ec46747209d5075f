import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describeCause } from '@hutong/kit';

/** Where lines go: a pino logger, or Fastify's, which is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** The least severe level that is written. */
  readonly level?: string;
}

/**
 * Writes one line per operation and per step of a long job (info), per fault and per request to a subgraph that failed (error), and per change of a
 * subgraph's circuit breaker (warn), from what the parts publish on their diagnostics channels.
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
  const onFailure = (event: unknown): void => {
    const { requestId, subgraph, milliseconds, failure } = fieldsOf(event);
    const { code, message, cause, isWithheld } = fieldsOf(failure);
    // That a subgraph is not asked is said once, when its circuit breaker opens.
    if (code === undefined || code === 'REQUEST_CANCELLED' || isWithheld === true) return;
    const described = cause === undefined ? { message } : { cause: describeCause(cause) };
    log.error({ requestId, subgraph, code, milliseconds: Math.round(Number(milliseconds)), ...described }, 'no answer');
  };
  const onBreaker = (event: unknown): void => {
    const { subgraph, state, code, cause } = fieldsOf(event);
    const described = cause === undefined ? {} : { cause: describeCause(cause) };
    log.warn({ subgraph, state, code, ...described }, 'circuit breaker');
  };
  const onJob = (event: unknown): void => {
    const { subgraph, job, done } = fieldsOf(event);
    log.info({ subgraph, job, done }, 'job');
  };
  // An event is made for each operation only if somebody listens.
  if (!quietLevels.has(log.level ?? 'info')) subscribe('hutong:operation', onOperation);
  subscribe('hutong:error', onFault);
  subscribe('hutong:job', onJob);
  subscribe('hutong:engine:failure', onFailure);
  subscribe('hutong:engine:breaker', onBreaker);
  return () => {
    unsubscribe('hutong:operation', onOperation);
    unsubscribe('hutong:error', onFault);
    unsubscribe('hutong:job', onJob);
    unsubscribe('hutong:engine:failure', onFailure);
    unsubscribe('hutong:engine:breaker', onBreaker);
  };
}

/** Levels at which no operation is written. */
const quietLevels: ReadonlySet<string> = new Set(['warn', 'error', 'fatal', 'silent']);

/** Also what an Error has without listing it: its message and its cause. */
function fieldsOf(event: unknown): Readonly<Record<string, unknown>> {
  if (typeof event !== 'object' || event === null) return {};
  const entries = Object.getOwnPropertyNames(event).map((name): [string, unknown] => [name, Reflect.get(event, name)]);
  return Object.fromEntries(entries);
}
