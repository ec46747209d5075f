import type { Evidence } from './evidence.ts';
import type { Facts } from './facts.ts';

/** The table of a README, and what it lacks. */
export interface FactsTable {
  readonly lines: readonly string[];
  /** Fields of facts that no test was shown, as `S1-9 IndicatorSnapshot.visits`. */
  readonly missing: readonly string[];
}

const head = ['| row | fact 种子事实 | operation 操作 | shows 所示 | test 测试 |', '|---|---|---|---|---|'];

/** A line for every field of every fact; a line of the table before stays while it is true. */
export function factsTable(
  facts: Facts,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  before: string,
): FactsTable {
  const present = new Set(before.split('\n'));
  const missing: string[] = [];
  const lines = Object.entries(facts).flatMap(([row, { term, fields }]) =>
    fields.flatMap((field) => {
      const candidates = (evidence.get(field) ?? []).map((one) => lineOf(row, term, one));
      if (candidates.length === 0) missing.push(`${row} ${field}`);
      return candidates.find((line) => present.has(line)) ?? candidates[0] ?? [];
    }),
  );
  return { lines: [...head, ...lines], missing };
}

function lineOf(row: string, term: string, { operation, field, file, test }: Evidence): string {
  const shows = field === operation ? '' : `\`${field}\``;
  const place = file.replace(/^subgraphs\/[^/]+\/src\//, '');
  return `| ${row} | ${term} | \`${operation}\` | ${shows} | \`${place}\`: ${test.replaceAll('|', '\\|')} |`;
}
