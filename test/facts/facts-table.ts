import type { Evidence } from './evidence.ts';
import type { Facts } from './facts.ts';

/** The table of a README, and what it lacks. */
export interface FactsTable {
  readonly lines: readonly string[];
  /** Fields of facts that no test was shown, as `S1-9 IndicatorSnapshot.visits`. */
  readonly missing: readonly string[];
}

/** Of what a table is, and how it names the file of a test. */
interface TableKind {
  readonly what: string;
  readonly placeOf: (file: string) => string;
}

const ofSubgraph: TableKind = {
  what: 'row | fact 种子事实',
  placeOf: (file) => file.replace(/^subgraphs\/[^/]+\/src\//, ''),
};

/** The kind of a table that stands above all subgraphs. */
export const ofPlatform: TableKind = { what: 'no. | function 功能', placeOf: (file) => file };

/** A line for every field of every fact; a line of the table before stays while it is true. */
export function factsTable(
  facts: Facts,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  before: string,
  { what, placeOf }: TableKind = ofSubgraph,
): FactsTable {
  const head = [`| ${what} | operation 操作 | shows 所示 | test 测试 |`, '|---|---|---|---|---|'];
  const present = new Set(before.split('\n'));
  const missing: string[] = [];
  const lines = Object.entries(facts).flatMap(([row, { term, fields }]) =>
    fields.flatMap((field) => {
      const candidates = (evidence.get(field) ?? []).map((one) =>
        lineOf(row, term, { ...one, file: placeOf(one.file) }),
      );
      if (candidates.length === 0) missing.push(`${row} ${field}`);
      return candidates.find((line) => present.has(line)) ?? candidates[0] ?? [];
    }),
  );
  return { lines: [...head, ...lines], missing };
}

function lineOf(row: string, term: string, { operation, field, file, test }: Evidence): string {
  const shows = field === operation ? '' : `\`${field}\``;
  return `| ${row} | ${term} | \`${operation}\` | ${shows} | \`${file}\`: ${test.replaceAll('|', '\\|')} |`;
}
