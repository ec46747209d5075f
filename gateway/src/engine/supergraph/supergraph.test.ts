import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@hutong/schema';
import { type GraphQLSchema, lexicographicSortSchema, printType } from 'graphql';
import { expect, test } from 'vitest';
import { readSupergraph } from './supergraph.ts';

const read = (name: string): string => readFileSync(join(repositoryRoot, 'schema', name), 'utf8');

/** Types in the order of names; composition leaves the directives of personal data in for readers. */
const typesOf = (schema: GraphQLSchema): readonly string[] =>
  Object.values(lexicographicSortSchema(schema).getTypeMap()).map((type) => printType(type));

test('the API schema that composition wrote beside our supergraph has the types that would be made of it', () => {
  const made = readSupergraph(read('supergraph.graphql'));
  const written = readSupergraph(read('supergraph.graphql'), read('api.graphql'));
  expect(typesOf(written.apiSchema)).toEqual(typesOf(made.apiSchema));
});
