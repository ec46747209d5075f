import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { shownFields } from './shown-fields.ts';

const schema = buildSchema(`
  type Query { visits(where: String): [Visit] ward: Ward _entities: [Entity] }
  type Mutation { admit: AdmitPayload }
  type AdmitPayload { ok: Boolean! ward: Ward }
  interface Visit { id: ID! kind: Kind reason: Coded }
  type Stay implements Visit { id: ID! kind: Kind reason: Coded ward: Ward }
  type Ward { id: ID! beds: Int notes: [String] }
  type Coded { code: String display: String }
  enum Kind { IN OUT }
  union Entity = Stay | Ward
`);

function shown(query: string, result: Parameters<typeof shownFields>[0]['result']): readonly string[] {
  return shownFields({ subgraph: 'test', schema, document: parse(query), result }).map(
    ({ operation, field }) => `${operation} ${field}`,
  );
}

describe('an operation shows', () => {
  test('the fields of its answer, through aliases, lists and fragments, with codes and values of enums', () => {
    const query =
      'query { all: visits { why: reason { code } kind ... on Stay { ...inWard } } } fragment inWard on Stay { ward { id } }';
    const visit = { why: { code: 'I10' }, kind: 'IN', ward: { id: 'w' } };
    expect(shown(query, { data: { all: [visit, null] } })).toEqual([
      'Query.visits Coded.code',
      'Query.visits Visit.reason',
      'Query.visits Visit.reason=I10',
      'Query.visits Visit.kind',
      'Query.visits Visit.kind=IN',
      'Query.visits Ward.id',
      'Query.visits Stay.ward',
      'Query.visits Query.visits',
    ]);
  });

  test('each field through the operation it was asked of', () => {
    const query = '{ ward { beds } _entities { ... on Ward { id } ... on Stay { kind } } }';
    expect(shown(query, { data: { ward: { beds: 0 }, _entities: [{ id: 'w' }] } })).toEqual([
      'Query.ward Ward.beds',
      'Query.ward Query.ward',
      'Query._entities Ward.id',
      'Query._entities Query._entities',
    ]);
  });

  test('nothing that is null or an empty list everywhere, nor what holds only such', () => {
    const query = '{ visits { id } ward { beds notes } }';
    expect(shown(query, { data: { visits: [], ward: { beds: null, notes: [] } } })).toEqual([]);
  });

  test('nothing when it was answered with an error, or the mutation was refused', () => {
    const query = 'mutation { admit { ok ward { id } } }';
    const payload = { ok: true, ward: { id: 'w' } };
    expect(shown(query, { data: { admit: payload }, errors: [] })).toEqual([]);
    expect(shown(query, { data: { admit: { ...payload, ok: false } } })).toEqual([]);
    expect(shown(query, { data: { admit: payload } })).toContain('Mutation.admit Mutation.admit');
  });
});
