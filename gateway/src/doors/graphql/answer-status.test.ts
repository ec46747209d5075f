import { expect, test } from 'vitest';
import { preferredType } from './answer-status.ts';

const json = 'application/json';
const graphql = 'application/graphql-response+json';

test.for([
  [undefined, json],
  ['*/*', json],
  ['application/*', json],
  [json, json],
  [graphql, graphql],
  [`${graphql}, ${json};q=0.9`, graphql],
  [`${graphql};q=0.5, ${json}`, json],
  [`${json}, ${graphql}`, json],
  [`*/*;q=0.1, ${graphql}`, graphql],
  [`${graphql};q=0, */*`, json],
  ['APPLICATION/GRAPHQL-RESPONSE+JSON; charset=utf-8', graphql],
] as const)('Accept: %s prefers %s', ([accept, type]) => {
  expect(preferredType(accept)).toBe(type);
});
