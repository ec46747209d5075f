import type { FetchObserver, FetchRun } from '../executor/fetch-run.ts';

/** One request of a fetch, as clients are told. */
export interface MeasuredRun {
  /** Milliseconds from the start of the operation. */
  readonly startedAfterMs: number;
  readonly milliseconds: number;
  /** Of the answer; absent where the subgraph runs in this process. */
  readonly bytes?: number;
  /** Different entities it asked for; absent for a root fetch. */
  readonly entities?: number;
  /** Code of the error that came instead of an answer. */
  readonly failed?: string;
}

/** What an operation's fetches took. A fetch has no run where nothing was to be asked, several where contexts differ. */
export interface FetchMeasurements {
  readonly observe: FetchObserver;
  readonly runsOf: (node: FetchRun['node']) => readonly MeasuredRun[];
}

/** Begins to measure an operation, which starts now. */
export function measureFetches(): FetchMeasurements {
  const origin = performance.now();
  const runs = new Map<FetchRun['node'], MeasuredRun[]>();
  return {
    observe({ node, start, milliseconds, bytes, entities, failure }) {
      const known = runs.get(node) ?? [];
      runs.set(node, known);
      known.push({
        startedAfterMs: rounded(start - origin),
        milliseconds: rounded(milliseconds),
        ...(bytes === undefined ? {} : { bytes }),
        ...(entities === undefined ? {} : { entities }),
        ...(failure === undefined ? {} : { failed: failure }),
      });
    },
    runsOf: (node) => runs.get(node) ?? [],
  };
}

/** A run as a line of text. */
export function runText({ startedAfterMs, milliseconds, bytes, entities, failed }: MeasuredRun): string {
  const facts = [
    `${milliseconds} ms, started after ${startedAfterMs} ms`,
    ...(entities === undefined ? [] : [`${entities} entities`]),
    ...(bytes === undefined ? [] : [`${bytes} bytes`]),
    ...(failed === undefined ? [] : [`failed with ${failed}`]),
  ];
  return `# ${facts.join(', ')}`;
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;
