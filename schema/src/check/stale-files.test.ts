import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkStaleFiles } from './stale-files.ts';

test('a file that differs or is missing is refused, one that is the same passes', () => {
  const root = mkdtempSync(join(tmpdir(), 'hutong-stale-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'same.graphql'), 'type Query');
  writeFileSync(join(root, 'old.graphql'), 'type Query');
  const files = ['same', 'old', 'gone'].map((name) => ({
    path: `${name}.graphql`,
    text: name === 'old' ? 'type Query { a: Int }' : 'type Query',
  }));
  expect(checkStaleFiles(files, root)).toStrictEqual([
    { place: 'old.graphql', message: 'is out of date: npm run generate' },
    { place: 'gone.graphql', message: 'is missing: npm run generate' },
  ]);
});
