import { GraphQLError, parse, print, visit } from 'graphql';
import { expect, test } from 'vitest';
import { InvalidOperationError } from './invalid-operation-error.ts';
import { createPlanCache } from './plan-cache.ts';
import type { PreparedOperation } from './prepared-operation.ts';

const key = { operationName: undefined, overridden: new Set<string>(), isIncremental: false };

function counting(text: string) {
  const made: string[] = [];
  const document = parse(text);
  const prepare = async (): Promise<PreparedOperation> => {
    made.push(text);
    return { document, plan: { root: undefined, fetches: [] } } as unknown as PreparedOperation;
  };
  return { document, made, prepare };
}

const refusal = (prepared: Promise<unknown>): Promise<unknown> =>
  prepared.catch((error: unknown) =>
    error instanceof InvalidOperationError ? error.errors.map((e) => e.toJSON()) : error,
  );

test('misses of one operation at the same time share one preparation', async () => {
  const cache = createPlanCache();
  const { made, prepare } = counting('{ a }');
  const results = await Promise.all([1, 2, 3].map(() => cache.get(parse('{ a }'), key, prepare)));
  expect(new Set(results).size).toBe(1);
  expect(made).toEqual(['{ a }']);
  expect(cache.size).toBe(1);
});

test('an operation’s name and its override labels tell plans apart', async () => {
  const cache = createPlanCache();
  const { document, made, prepare } = counting('{ a }');
  await cache.get(document, key, prepare);
  await cache.get(document, { ...key, operationName: 'B' }, prepare);
  await cache.get(document, { ...key, overridden: new Set(['x']) }, prepare);
  await cache.get(document, { ...key, overridden: new Set(['x']) }, prepare);
  expect(made).toHaveLength(3);
});

test('a document changed after parsing is another operation, though its source text is the same', async () => {
  const cache = createPlanCache();
  const { document, made, prepare } = counting('{ a b }');
  await cache.get(document, key, prepare);
  const changed = visit(document, { Field: ({ name }) => (name.value === 'b' ? null : undefined) });
  expect(changed.loc).toBe(document.loc);
  await cache.get(changed, key, prepare);
  expect(made).toHaveLength(2);
});

test('whose request has ended waits no longer, and the plan is there for the next', async () => {
  const cache = createPlanCache();
  const { document, made, prepare } = counting('{ a }');
  const ending = new AbortController();
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const waiting = cache.get(document, { ...key, signal: ending.signal }, () => nextTurn().then(prepare));
  ending.abort(new Error('Too late.'));
  await expect(waiting).rejects.toThrow('Too late.');
  await cache.get(document, key, prepare);
  expect([made, cache.size]).toEqual([['{ a }'], 1]);
});

test('a failed preparation is not kept', async () => {
  const cache = createPlanCache();
  const { document, prepare } = counting('{ a }');
  const fail = () => Promise.reject(new Error('no plan'));
  await expect(cache.get(document, key, fail)).rejects.toThrow('no plan');
  await expect(cache.get(document, key, prepare)).resolves.toBeDefined();
});

test('an operation that was too costly to plan is refused again without another attempt', async () => {
  const cache = createPlanCache();
  const { document } = counting('{ a }');
  let attempts = 0;
  const refuse = () => {
    attempts += 1;
    const nodes = document.definitions;
    const error = new GraphQLError('Too costly.', { nodes, extensions: { code: 'QUERY_TOO_COSTLY' } });
    return Promise.reject(new InvalidOperationError([error]));
  };
  const refusals = [await refusal(cache.get(document, key, refuse)), await refusal(cache.get(document, key, refuse))];
  const expected = [
    { message: 'Too costly.', locations: [{ line: 1, column: 1 }], extensions: { code: 'QUERY_TOO_COSTLY' } },
  ];
  expect({ refusals, attempts }).toEqual({ refusals: [expected, expected], attempts: 1 });
});

test('plans are told in the order of their use', async () => {
  const cache = createPlanCache();
  for (const text of ['{ a }', '{ b }', '{ b }', '{ b }', '{ c }', '{ c }']) {
    const { document, prepare } = counting(text);
    await cache.get(document, key, prepare);
  }
  expect(cache.mostUsed(2).map(({ document }) => print(document))).toEqual(['{\n  b\n}', '{\n  c\n}']);
});

test('the least used plans make room', async () => {
  const cache = createPlanCache({ maxPlans: 2 });
  for (const text of ['{ a }', '{ b }', '{ c }']) {
    const { document, prepare } = counting(text);
    await cache.get(document, key, prepare);
  }
  expect(cache.size).toBe(2);
  const { document, made, prepare } = counting('{ a }');
  await cache.get(document, key, prepare);
  expect(made).toEqual(['{ a }']);
});
