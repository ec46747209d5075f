import type { FileRecord } from './records.ts';

/** A test that passed and was shown a field of a subgraph. */
export interface Evidence {
  /** The field of Query or Mutation it asked. */
  readonly operation: string;
  readonly field: string;
  /** File of the test, from the root of the repository. */
  readonly file: string;
  /** Name of the test. */
  readonly test: string;
  /** How many fields that operation showed the test, and their share of all that it was shown. */
  readonly weight: number;
  readonly share: number;
}

/** The evidence for every field of a subgraph: of its own tests and of the journeys, the best first. */
export function evidenceByField(
  records: readonly FileRecord[],
  subgraph: string,
): ReadonlyMap<string, readonly Evidence[]> {
  const all = records
    .filter(({ file }) => file.startsWith(`subgraphs/${subgraph}/`) || file.startsWith('test/journeys/'))
    .flatMap(({ file, tests }) =>
      tests.flatMap(({ name, shown }) => {
        const pairs = (shown[subgraph] ?? []).map((line) => line.split(' '));
        return pairs.map(([operation = '', field = '']): Evidence => {
          const weight = pairs.filter(([other]) => other === operation).length;
          return { operation, field, file, test: name, weight, share: weight / pairs.length };
        });
      }),
    )
    .toSorted(byWorth);
  const byField = new Map<string, Evidence[]>();
  for (const one of all) byField.set(one.field, [...(byField.get(one.field) ?? []), one]);
  return byField;
}

/** The evidence for every field of the graph, whichever subgraphs showed it. */
export function evidenceOfGraph(
  records: readonly FileRecord[],
  subgraphs: readonly string[],
): ReadonlyMap<string, readonly Evidence[]> {
  const all = subgraphs.flatMap((subgraph) => [...evidenceByField(records, subgraph)]);
  const byField = new Map<string, readonly Evidence[]>();
  for (const [field, evidence] of all) {
    byField.set(field, [...(byField.get(field) ?? []), ...evidence].toSorted(byWorth));
  }
  return byField;
}

function byWorth(a: Evidence, b: Evidence): number {
  return rank(a) - rank(b) || b.share - a.share || b.weight - a.weight || (key(a) < key(b) ? -1 : 1);
}

/** Tests of writes, then journeys, then others, then those that ask for every field there is. */
function rank({ file, operation }: Evidence): number {
  const throughKey = operation === 'Query._entities' ? 0.5 : 0;
  if (file.includes('/every-field.')) return 3 + throughKey;
  if (file.includes('/writes/')) return throughKey;
  return (file.startsWith('test/journeys/') ? 1 : 2) + throughKey;
}

function key({ file, test, operation }: Evidence): string {
  return `${file} ${test} ${operation}`;
}
