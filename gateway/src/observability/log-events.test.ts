import { channel } from 'node:diagnostics_channel';
import { afterEach, expect, test } from 'vitest';
import { logEvents } from './log-events.ts';

const lines: object[] = [];
const end = logEvents({
  info: (fields, message) => lines.push({ level: 'info', message, ...fields }),
  warn: (fields, message) => lines.push({ level: 'warn', message, ...fields }),
  error: (fields, message) => lines.push({ level: 'error', message, ...fields }),
});

afterEach(() => {
  lines.length = 0;
});

test('an operation is one line: who by role, which by name, how long, how many errors', () => {
  channel('hutong:operation').publish({
    requestId: 'request-1',
    role: 'CDC',
    operationName: 'Registers',
    milliseconds: 12.4,
    errors: 0,
    variables: { idNumber: '99032219550312001X' },
  });
  expect(lines).toEqual([
    {
      level: 'info',
      message: 'operation',
      requestId: 'request-1',
      role: 'CDC',
      operationName: 'Registers',
      milliseconds: 12,
      errors: 0,
    },
  ]);
});

test('a fault of the database keeps code, table and constraint, and nothing of the row', () => {
  const database = Object.assign(new Error('duplicate key value (id_number)=(99032219550312001X)'), {
    name: 'PostgresError',
    severity: 'ERROR',
    code: '23505',
    detail: 'Key (id_number)=(99032219550312001X) already exists.',
    table_name: 'residents',
    constraint_name: 'residents_id_number_hash_key',
  });
  const query = new Error('Failed query: insert into "residents" values ($1)\nparams: 99032219550312001X,王某', {
    cause: database,
  });
  channel('hutong:error').publish({ requestId: 'request-2', subgraph: 'public-health', cause: query });
  expect(lines).toEqual([
    {
      level: 'error',
      message: 'fault',
      requestId: 'request-2',
      subgraph: 'public-health',
      cause: {
        name: 'Error',
        message: 'Failed query: insert into … values ($1)\nparams: …',
        at: expect.any(Array),
        cause: {
          name: 'PostgresError',
          message: '',
          code: '23505',
          table: 'residents',
          constraint: 'residents_id_number_hash_key',
          at: expect.any(Array),
        },
      },
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain('99032219550312001X');
  expect(JSON.stringify(lines)).not.toContain('王某');
});

test('a request to a subgraph that brought no answer is one line with its cause; one that was given up or never sent is none', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:4001'), { code: 'ECONNREFUSED' });
  const report = { requestId: 'request-3', subgraph: 'insurance', operationName: 'Q', milliseconds: 2.6 };
  const failures = channel('hutong:engine:failure');
  // Failures are errors, whose message and cause are not listed among their properties.
  const failure = (fields: object, cause?: Error): Error =>
    Object.assign(new Error('What clients read.', cause && { cause }), fields);
  failures.publish({ ...report, failure: failure({ code: 'REQUEST_CANCELLED' }) });
  failures.publish({ ...report, failure: failure({ code: 'SUBGRAPH_UNAVAILABLE', isWithheld: true }) });
  failures.publish({ ...report, failure: failure({ code: 'SUBGRAPH_UNAVAILABLE' }, refused) });
  failures.publish({ ...report, failure: failure({ code: 'SUBGRAPH_TIMEOUT' }) });
  const { requestId, subgraph } = report;
  expect(lines).toEqual([
    {
      level: 'error',
      message: 'no answer',
      requestId,
      subgraph,
      code: 'SUBGRAPH_UNAVAILABLE',
      milliseconds: 3,
      cause: { name: 'Error', message: refused.message, code: 'ECONNREFUSED', at: expect.any(Array) },
    },
    {
      level: 'error',
      // Beside the line's own text, which a log calls msg.
      message: 'What clients read.',
      requestId,
      subgraph,
      code: 'SUBGRAPH_TIMEOUT',
      milliseconds: 3,
    },
  ]);
});

test('a change of a circuit breaker is one line, with what opened it', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:4001'), { code: 'ECONNREFUSED' });
  const breakers = channel('hutong:engine:breaker');
  breakers.publish({ subgraph: 'insurance', state: 'open', code: 'SUBGRAPH_UNAVAILABLE', cause: refused });
  breakers.publish({ subgraph: 'insurance', state: 'closed' });
  const line = { level: 'warn', message: 'circuit breaker', subgraph: 'insurance' };
  expect(lines).toEqual([
    {
      ...line,
      state: 'open',
      code: 'SUBGRAPH_UNAVAILABLE',
      cause: { name: 'Error', message: refused.message, code: 'ECONNREFUSED', at: expect.any(Array) },
    },
    { ...line, state: 'closed', code: undefined },
  ]);
});

test('a step of a long job is one line with how far it has come', () => {
  channel('hutong:job').publish({ subgraph: 'insurance', job: 'purgeIdempotencyKeys', done: 20_000, rows: ['r1'] });
  const line = { subgraph: 'insurance', job: 'purgeIdempotencyKeys', done: 20_000 };
  expect(lines).toEqual([{ level: 'info', message: 'job', ...line }]);
});

test('nothing is written after the end', () => {
  end();
  channel('hutong:error').publish({ subgraph: 'gateway', cause: new Error('late') });
  expect(lines).toEqual([]);
});
