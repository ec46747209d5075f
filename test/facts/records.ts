import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a test that passed was shown. */
export interface TestRecord {
  /** Name of the test, after those of the groups it is in. */
  readonly name: string;
  /** By subgraph: what its answers showed, as `operation field`. */
  readonly shown: Readonly<Record<string, readonly string[]>>;
}

/** What the tests of a file were shown. */
export interface FileRecord {
  /** From the root of the repository. */
  readonly file: string;
  readonly tests: readonly TestRecord[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'coverage', 'operations');

/** Keeps what the tests of a file were shown, in place of what the run before it kept. */
export function keepRecord(path: string, tests: readonly TestRecord[]): void {
  const file = relative(root, path).replaceAll('\\', '/');
  const record: FileRecord = { file, tests };
  const kept = join(folder, `${file.replaceAll('/', '+')}.json`);
  if (tests.length === 0) return rmSync(kept, { force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(kept, JSON.stringify(record));
}

/** What was kept of every file that is still there. */
export function readRecords(): readonly FileRecord[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name): FileRecord => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(({ file }) => existsSync(join(root, file)));
}
