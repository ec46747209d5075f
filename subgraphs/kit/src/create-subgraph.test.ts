import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { createSubgraph } from './create-subgraph.ts';
import { openDatabase } from './database/open-database.ts';

const subgraph = createSubgraph(
  {
    name: 'directory',
    sdl: 'type Query { name: String!, length(of: String!): Int }',
    resolvers: { Query: { name: () => null, length: (_: unknown, { of }: { of: string }) => of.length } },
    loaders: () => ({}),
    writes: () => undefined,
  },
  // This subgraph has no tables: nobody connects.
  { database: await openDatabase({ url: 'postgres://127.0.0.1:1/none' }) },
);

test.each([
  ['{ nothing }', 'Cannot query field "nothing" on type "Query".'],
  ['{', 'Syntax Error: Expected Name, found <EOF>.'],
  ['query ($of: String!) { length(of: $of) }', 'Variable "$of" of required type "String!" was not provided.'],
  ['{ name }', 'Cannot return null for non-nullable field Query.name.'],
])('%s is a fault of ours: an internal error whose cause is told to the log', async (query, message) => {
  const faults: unknown[] = [];
  const onFault = (fault: unknown): number => faults.push(fault);
  subscribe('hutong:error', onFault);
  const call = { requestId: 'request-1', businessTime: '2024-12-31T23:59:59+08:00' };
  const caller = { id: 'demo:cdc', kind: 'PERSON', role: 'CDC', regionCodes: [], scopes: [] } as const;
  const { errors } = await subgraph.execute({ query }, { ...call, caller });
  unsubscribe('hutong:error', onFault);
  expect(errors).toEqual([
    expect.objectContaining({
      message: 'internal error',
      extensions: { code: 'INTERNAL_SERVER_ERROR', messageZh: '内部错误' },
    }),
  ]);
  expect(faults).toEqual([
    { subgraph: 'directory', requestId: 'request-1', cause: expect.objectContaining({ message }) },
  ]);
});
