import type { Way } from '../../world.ts';
import type { Effort } from './commit-rate.ts';
import type { LoadFigures } from './run-load.ts';

/** How many writes were done, and how many may have been: nobody was told. */
export interface Answered {
  readonly done: number;
  readonly unknown: number;
}

/** What was measured of one load, one way. */
export interface Outcome extends LoadFigures {
  readonly way: Way;
  readonly name: string;
  /** Commits per second of the database in the same run. */
  readonly commits: number;
  /** What callers were answered in all, those of the warm-up among them. */
  readonly inAll: Answered;
}

const columns = ['', '', 'done/s', 'p50 ms', 'p99 ms', 'CPU ms', 'commits/s', 'of commits', 'refused'];

/** Renders the outcomes: writes done per second, and what part that is of the commits that the database can. */
export function renderTable(outcomes: readonly Outcome[], { seconds, callers }: Effort): string {
  const rows = outcomes.map(({ way, name, done, seconds: took, times, cpu, commits, refused }) => {
    const sorted = times.toSorted((one, other) => one - other);
    const rate = done / took;
    return [
      way,
      name,
      rate.toFixed(0),
      quantile(sorted, 0.5).toFixed(1),
      quantile(sorted, 0.99).toFixed(1),
      (cpu / times.length).toFixed(2),
      commits.toFixed(0),
      `1/${(commits / rate).toFixed(0)}`,
      [...refused].map(([code, count]) => `${count}× ${code}`).join(', '),
    ];
  });
  const table = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, at) => (at < 2 || at === 8 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  return [
    `${callers} callers, ${seconds} s each; commits: one row and one transaction at a time, ${callers} connections; Node ${process.version}.`,
    ...lines.map((line) => line.trimEnd()),
  ].join('\n');
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
