import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personaTable, settingsTable } from '@hutong/gateway';
import { repositoryRoot } from '@hutong/schema';
import { expect, inject, test } from 'vitest';
import { showcaseNamed } from './showcase.ts';
import { startWorld } from './world.ts';

/** Puts fresh content between `<!-- name -->` and `<!-- /name -->`. */
function withBlock(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = text.split(open);
  const after = rest?.split(close)[1];
  if (before === undefined || after === undefined) throw new TypeError(`no block ${name}`);
  return `${before}${open}\n${content.trim()}\n${close}${after}`;
}

function withTables(text: string): string {
  return withBlock(withBlock(text, 'settings', settingsTable()), 'personas', personaTable());
}

// `npx vitest run --project whole test/readme.test.ts -u` writes what is between the marks anew.
test('README.md shows the settings, the personas, and one question over four databases with its real answer', async () => {
  const world = await startWorld('colocated', { databases: inject('region'), dataKeys: inject('dataKeys') });
  const { query, variables } = showcaseNamed('x1');
  const answer = await world.as('health-commission').graphql(query, variables);
  await world.close();
  const path = join(repositoryRoot, 'README.md');
  const shown = [
    '```graphql',
    query.trim(),
    '```',
    '',
    `with \`${JSON.stringify(variables)}\` answers`,
    '',
    '```json',
    JSON.stringify(answer, null, 2),
    '```',
  ];
  const fresh = withBlock(withTables(readFileSync(path, 'utf8')), 'showcase:x1', shown.join('\n'));
  await expect(fresh).toMatchFileSnapshot(path);
});

test('README.zh-CN.md shows the settings and the personas', async () => {
  const path = join(repositoryRoot, 'README.zh-CN.md');
  await expect(withTables(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path);
});
