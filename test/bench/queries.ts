import { showcaseNamed } from '../showcase.ts';

/** A query that every variant answers. */
export interface BenchQuery {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Requests of one measured round. */
  readonly requests: number;
}

/** What is measured: one question over four databases, and a full page with a value from a second subgraph on each row. */
export const queries: readonly BenchQuery[] = [
  { ...showcaseNamed('x1'), name: 'X1, one resident, four subgraphs', requests: 300 },
  {
    name: '200 institutions, two subgraphs',
    query:
      'query Page { institutions(first: 200) { nodes { id name level status region { code name } staffCount } pageInfo { hasNextPage } } }',
    variables: {},
    requests: 120,
  },
];
