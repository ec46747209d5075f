import type { Contestant, ContestantName } from './contestant.ts';
import type { LoadFigures } from './load-orders.ts';
import type { GatewayQuery } from './queries.ts';

/** What was measured of one contestant at one query. */
export interface Outcome {
  readonly contestant: Contestant;
  readonly rounds: readonly LoadFigures[];
  /** Megabytes. */
  readonly peakMemory: number;
  /** Requests to subgraphs per request. */
  readonly fetches: number;
}

const columns = ['', 'CPU ms', 'spread', 'req/s', 'p50 ms', 'p99 ms', 'busy', 'peak MB', 'fetches', '/apollo', '/hive'];

/** Renders the outcomes of one query; ratios say how many times less CPU than the other. */
export function renderTable(query: GatewayQuery, bytes: number, outcomes: readonly Outcome[]): string {
  const cost = (name: ContestantName): number =>
    cpuOf(outcomes.find(({ contestant }) => contestant.name === name)?.rounds ?? []);
  const rows = outcomes.map((outcome) => {
    const { contestant, rounds, peakMemory, fetches } = outcome;
    const cpu = cpuOf(rounds);
    const each = rounds.map(cpuPerRequest).toSorted((one, other) => one - other);
    return [
      contestant.name,
      cpu.toFixed(3),
      `${each[0]?.toFixed(3)}–${each.at(-1)?.toFixed(3)}`,
      median(rounds.map(({ requests, seconds }) => requests / seconds)).toFixed(0),
      median(rounds.map(({ p50 }) => p50)).toFixed(1),
      median(rounds.map(({ p99 }) => p99)).toFixed(1),
      `${(median(rounds.map(busyShare)) * 100).toFixed(0)} %`,
      peakMemory.toFixed(0),
      fetches.toFixed(2),
      ratio(cost('apollo'), cpu),
      ratio(cost('hive'), cpu),
      describeBudget(query, outcome, cpu, cost('apollo')),
    ];
  });
  const table = [[...columns, 'budget'], ...rows];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((cell, at) => alignCell(cell, at, widths[at] ?? 0)).join('  '));
  return [`${query.name}, answer of ${bytes.toFixed(0)} bytes`, ...lines, ...warnings(outcomes)].join('\n');
}

/** A core that others use too makes every request dearer: caches are cold and the compiler comes later. */
function warnings(outcomes: readonly Outcome[]): string[] {
  const disturbed = outcomes.filter(({ rounds }) => median(rounds.map(busyShare)) < 0.85);
  if (disturbed.length === 0) return [];
  const names = disturbed.map(({ contestant }) => contestant.name).join(', ');
  return [`Not busy all the time, by others on its core or by a slow load: ${names}. Repeat it on a quiet machine.`];
}

/** The part of the time in which the gateway had its core. */
function busyShare({ cpu, seconds }: LoadFigures): number {
  return cpu / (seconds * 1000);
}

function alignCell(cell: string, column: number, width: number): string {
  return column === 0 || column === columns.length ? cell.padEnd(width) : cell.padStart(width);
}

function cpuPerRequest({ cpu, requests }: LoadFigures): number {
  return cpu / requests;
}

function cpuOf(rounds: readonly LoadFigures[]): number {
  return median(rounds.map(cpuPerRequest));
}

function ratio(other: number, own: number): string {
  return Number.isNaN(other) ? '–' : `${(other / own).toFixed(1)}×`;
}

/** Most memory a gateway of ours may hold, megabytes (engine.md). */
const memoryBudget = 260;

/** The budget as engine.md says it; where @apollo/gateway was measured too, for a machine as fast as this one. */
function describeBudget(
  { budget }: GatewayQuery,
  { contestant, peakMemory }: Outcome,
  cpu: number,
  apollo: number,
): string {
  if (contestant.budget === undefined) return '';
  const limit = budget[contestant.budget];
  const memory = `; MB ≤ ${memoryBudget}: ${verdict(peakMemory, memoryBudget)}`;
  if (Number.isNaN(apollo)) return `ms ≤ ${limit}${memory}`;
  const here = (limit * apollo) / budget.apollo;
  return `ms ≤ ${limit}, here ≤ ${here.toFixed(3)}: ${verdict(cpu, here)}${memory}`;
}

function verdict(value: number, limit: number): string {
  return value <= limit ? 'kept' : 'MISSED';
}

/** The one in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
