import type { CheckedResponse } from './read-response.ts';
import type { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphOperation } from './transport.ts';

/** What came of requests that were sent before, by what was asked. */
export type EarlierAnswers = ReadonlyMap<SubgraphOperation, EarlierAnswer>;

export interface EarlierAnswer {
  readonly variables: string;
  readonly response: CheckedResponse | SubgraphFailure;
}
