import { buildSchema, graphql } from 'graphql';
import { expect, test } from 'vitest';
import { attachScalars } from './scalars.ts';

const schema = buildSchema(
  'scalar Date scalar DateTime type Query { day(of: Date!): Date instant(of: DateTime!): DateTime }',
);
attachScalars(schema);
const echo = ({ of }: { of: string }) => of;

/** What comes back of a text that stands in the query, and of one that is a variable. */
async function told(field: 'day' | 'instant', text: string): Promise<unknown> {
  const type = field === 'day' ? 'Date' : 'DateTime';
  const inQuery = { source: `{ told: ${field}(of: "${text}") }` };
  const variable = { source: `query ($of: ${type}!) { told: ${field}(of: $of) }`, variableValues: { of: text } };
  const answers = await Promise.all(
    [inQuery, variable].map((asked) => graphql({ schema, rootValue: { day: echo, instant: echo }, ...asked })),
  );
  return answers.map(
    ({ data, errors }) => errors?.map(({ message, extensions }) => [message, extensions]) ?? data?.['told'],
  );
}

test.each([
  ['day', '2024-02-29'],
  ['day', '0001-01-01'],
  ['day', '9999-12-31'],
  ['instant', '2024-02-29T23:59:59+08:00'],
  ['instant', '2024-02-29T00:00Z'],
  ['instant', '2024-12-31T23:59:59.999999999-13:59'],
  ['instant', '2024-12-31T00:00:00+14:00'],
] as const)('a %s of the calendar is taken as it is written: %s', async (field, text) => {
  expect(await told(field, text)).toEqual([text, text]);
});

test.each([
  ['day', '2024-02-30'],
  ['day', '2023-02-29'],
  ['day', '2024-13-01'],
  ['day', '2024-00-10'],
  ['day', '2024-01-00'],
  ['day', '0000-01-01'],
  ['day', '2024-1-1'],
  ['instant', '2024-02-30T09:00:00+08:00'],
  ['instant', '2024-13-01T09:00:00+08:00'],
  ['instant', '0000-01-01T09:00:00+08:00'],
  ['instant', '2024-03-01T25:00:00+08:00'],
  ['instant', '2024-03-01T24:00:00+08:00'],
  ['instant', '2024-03-01T09:60:00+08:00'],
  ['instant', '2024-03-01T09:00:60+08:00'],
  ['instant', '2024-03-01T09:00:00+99:00'],
  ['instant', '2024-03-01T09:00:00+14:01'],
  ['instant', '2024-03-01T09:00:00+08:60'],
  ['instant', '2024-03-01T09:00:00'],
  ['instant', `2024-03-01T09:00:00.${'0'.repeat(200)}Z`],
] as const)('a %s that no calendar has is refused with how to write one: %s', async (field, text) => {
  const [type, example] = field === 'day' ? ['Date', '2024-03-01'] : ['DateTime', '2024-03-01T09:00:00+08:00'];
  const sentence = `"${text}" is not a ${type}; write it like ${example}`;
  const extensions = { code: 'BAD_USER_INPUT', messageZh: `"${text}" 不是有效的 ${type}，应写作 ${example}` };
  expect(await told(field, text)).toEqual([
    [[sentence, extensions]],
    [[`Variable "$of" got invalid value "${text}"; ${sentence}`, extensions]],
  ]);
});
