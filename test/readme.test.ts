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

// `npx vitest run --project whole test/readme.test.ts -u` writes the blocks anew.
test.each(['README.md', 'README.zh-CN.md'])('%s holds the settings and personas that the code has', async (file) => {
  const path = join(repositoryRoot, file);
  const text = readFileSync(path, 'utf8');
  const fresh = withBlock(withBlock(text, 'settings', settingsTable()), 'personas', personaTable());
  await expect(fresh).toMatchFileSnapshot(path);
});

test("README.md's question over four databases has the answer that it shows", async () => {
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
  await expect(withBlock(readFileSync(path, 'utf8'), 'showcase:x1', shown.join('\n'))).toMatchFileSnapshot(path);
});
