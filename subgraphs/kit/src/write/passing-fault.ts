import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import postgres from 'postgres';

/** Deadlocks and serialisation failures: the same work may succeed when it is done again. */
export const transient = retry(
  handleWhen((error) => isConflict(postgresError(error)?.code ?? '')),
  { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 10, maxDelay: 200 }) },
);

/** What PostgreSQL said, under what drizzle wraps around it. */
export function postgresError(error: unknown): postgres.PostgresError | undefined {
  const cause = causeOf(error);
  return cause instanceof postgres.PostgresError ? cause : undefined;
}

/** Whether a fault is the database's of the moment, and says nothing about the work: a conflict, a lost connection, a server that stops or is full. */
export function isPassingFault(error: unknown): boolean {
  const cause = causeOf(error);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return isConflict(code) || /^(?:08|53|57)[0-9A-Z]{3}$/.test(code) || lostConnections.has(code);
}

function isConflict(code: string): boolean {
  return code === '40001' || code === '40P01';
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

/** What the client and the system say of a connection that is not there. */
const lostConnections: ReadonlySet<string> = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
