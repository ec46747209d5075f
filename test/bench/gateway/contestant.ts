import type { GatewayQuery } from './queries.ts';
import type { PinnedProcess, Servant } from './pinned-process.ts';
import type { ProbeOrder } from './probe-orders.ts';
import type { Recording } from './recording.ts';

/** What a gateway under test is started with. */
export interface Place {
  readonly supergraphFile: string;
  readonly port: number;
  /** The built main.js of our gateway. */
  readonly program: string;
  /** What our gateway asked the subgraphs for each query, and the answer: for the floors. */
  readonly recordings: () => Promise<readonly Recording[]>;
  /** Where our gateway's CPU profile is written, if anywhere. */
  readonly profileDirectory: string | undefined;
}

/** The process of a gateway. */
export interface GatewayProcess extends PinnedProcess {
  /** Who looks at it from inside, if it is to be profiled. */
  readonly probe?: Servant<ProbeOrder>;
}

/** Somebody who answers the queries; each query gets a fresh one. */
export interface Contestant {
  readonly name: ContestantName;
  /** Which requests it is asked: the same again and again, or all different. */
  readonly requests: 'equal' | 'distinct';
  /** Budget it has to keep, of engine.md. */
  readonly budget?: 'alone' | 'sharing';
  readonly start: (place: Place) => Promise<GatewayProcess>;
}

export const contestantNames = [
  'apollo',
  'hive',
  'hive-dedup',
  'ours',
  'ours-sharing',
  'ours-distinct',
  'floor-fetches',
  'floor-apollo',
] as const;
export type ContestantName = (typeof contestantNames)[number];

/** The request bodies a contestant is asked. */
export function bodiesFor({ requests }: Contestant, query: GatewayQuery): readonly string[] {
  return requests === 'equal' ? [query.equal] : query.distinct;
}
