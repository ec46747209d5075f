import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import {
  catalogueError,
  errorCatalogue,
  errorTable,
  isErrorCode,
  mutationErrorCodes,
  toClientError,
} from './error-codes.ts';
import { readSharedFile } from './load-subgraph-sdl.ts';

const appendixB6 = [
  'INVALID_TRANSITION CONSENT_REQUIRED FORBIDDEN NOT_FOUND ALREADY_CONTRACTED CAPACITY_EXCEEDED STRUCTURE_INCOMPLETE',
  'CHANNEL_CLOSED SLOT_FULL SLOT_TAKEN SCHEDULE_CONFLICT POOL_EXHAUSTED MODE_MISMATCH NOT_IN_LAYOUT_PLAN TILT_VIOLATED',
  'DAYS_EXCEEDED VERSION_CONFLICT VALIDATION_FAILED RATE_LIMITED QUERY_TOO_COSTLY',
].flatMap((line) => line.split(' '));

const internal = {
  message: 'The server failed; the cause is in its log.',
  extensions: {
    code: 'INTERNAL_SERVER_ERROR',
    messageZh: '服务器内部错误，原因已记录在日志中。',
    action: 'Try again; if it stays, report the request id to the operator.',
    actionZh: '请重试；若仍出现，请将请求编号告知运维人员。',
  },
};

test('every code of domain.md appendix B.6 is in the catalogue', () => {
  expect(appendixB6.filter((code) => !isErrorCode(code))).toEqual([]);
});

test('the graph names every code that a mutation may tell', () => {
  const [, body = ''] = /enum MutationErrorCode \{([^}]*)\}/.exec(readSharedFile().text) ?? [];
  expect(body.match(/^ {2}[A-Z_]+$/gm)?.map((name) => name.trim())).toEqual(mutationErrorCodes);
  expect(mutationErrorCodes).toEqual(appendixB6.filter((code) => !['RATE_LIMITED', 'QUERY_TOO_COSTLY'].includes(code)));
});

test('every entry speaks both languages and has an HTTP status', () => {
  for (const { status, action, actionZh, messageZh } of Object.values(errorCatalogue)) {
    expect(status).toBeGreaterThanOrEqual(200);
    expect(action).toMatch(/^[A-Z].*\.$/);
    expect(messageZh).toMatch(/\p{Script=Han}.*。$/u);
    expect(actionZh).toMatch(/\p{Script=Han}.*。$/u);
  }
});

test('an error of the catalogue keeps its own sentence and hides its cause', () => {
  const error = catalogueError('SLOT_TAKEN', {
    message: 'Slot sl_1 was taken.',
    messageZh: '号源 sl_1 已被占用。',
    cause: new Error('duplicate key value violates unique constraint "slots_pkey"'),
  });
  expect(toClientError(error)).toEqual({
    message: 'Slot sl_1 was taken.',
    extensions: {
      code: 'SLOT_TAKEN',
      messageZh: '号源 sl_1 已被占用。',
      action: 'Read the free slots again and choose another.',
      actionZh: '请重新查询空闲时段并选择其他时段。',
    },
  });
});

test('an error of the catalogue is recognised after GraphQL has given it a path', async () => {
  const schema = buildSchema('type Query { slot: String }');
  const { errors } = await execute({
    schema,
    document: parse('{ slot }'),
    rootValue: {
      slot: () => {
        throw catalogueError('NOT_FOUND');
      },
    },
  });
  expect(errors?.map((error) => [error.path, toClientError(error).extensions.code])).toEqual([[['slot'], 'NOT_FOUND']]);
});

test.for([
  new Error('password authentication failed for user "hutong"'),
  new GraphQLError('select * from residents', { originalError: new Error('syntax error at or near') }),
  new GraphQLError('unknown code', { extensions: { code: 'PG_42P01' } }),
  new GraphQLError('no code, but inside the answer', { path: ['resident'] }),
  'a thrown text',
  undefined,
])('what is not meant for callers says nothing of its cause (%#)', (thrown) => {
  expect(toClientError(thrown)).toEqual(internal);
});

test("GraphQL's own refusal of a request keeps its text", () => {
  const [error] = validate(buildSchema('type Query { a: Int }'), parse('{ b }'));
  expect(toClientError(error)).toMatchObject({
    message: 'Cannot query field "b" on type "Query". Did you mean "a"?',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('the table for the documentation has one row per code', () => {
  const rows = errorTable().trimEnd().split('\n');
  expect(rows).toHaveLength(Object.keys(errorCatalogue).length + 2);
  expect(rows[2]).toBe(
    '| `INVALID_TRANSITION` | 409 | The record is not in a state that allows this step.<br>当前状态不允许执行此操作。 | ' +
      'Read the record again and choose a step its present state allows.<br>请重新读取该记录，选择当前状态允许的操作。 |',
  );
});
