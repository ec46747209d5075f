import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personaIds, personaTable, settingsTable } from '@hutong/gateway';
import { repositoryRoot } from '@hutong/schema';
import { expect, inject, test } from 'vitest';
import { showcaseNamed } from './showcase.ts';
import { withBlock } from './with-block.ts';
import { startWorld, type Answer } from './world.ts';

function withTables(text: string): string {
  return withBlock(withBlock(text, 'settings', settingsTable()), 'personas', personaTable());
}

// `npx vitest run --project whole test/readme.test.ts -u` writes what is between the marks anew.
/** A request that is refused: it may be sent as often as one likes. */
const refused = {
  query: `mutation ($input: CreateReferralInput!) {
  createReferral(input: $input) {
    ok
    errors { code path message messageZh action }
    referral { id status }
  }
}`,
  variables: {
    input: {
      residentId: personaIds['rs_demo_wang'],
      fromId: personaIds['in_pei_longgu'],
      toId: personaIds['in_pei_longgu'],
      direction: 'UP',
      reason: 'ACUTE_CRITICAL',
      diagnosis: { code: 'I63.9' },
      idempotencyKey: 'his-20250101-0001',
    },
  },
};

test('README.md shows the settings, the personas, one question over four databases and one refused write, with their real answers', async () => {
  const world = await startWorld('colocated', { databases: inject('region'), dataKeys: inject('dataKeys') });
  const { query, variables } = showcaseNamed('x1');
  const answer = await world.as('health-commission').graphql(query, variables);
  const refusal = await world.as('family-doctor').graphql(refused.query, refused.variables);
  await world.close();
  const path = join(repositoryRoot, 'README.md');
  const text = withBlock(withTables(readFileSync(path, 'utf8')), 'showcase:x1', shown(query, variables, answer));
  const fresh = withBlock(text, 'write:refused', shown(refused.query, refused.variables, refusal));
  await expect(fresh).toMatchFileSnapshot(path);
});

/** A question and its answer, as markdown. */
function shown(query: string, variables: object, answer: Answer): string {
  return [
    '```graphql',
    query.trim(),
    '```',
    '',
    `with \`${JSON.stringify(variables)}\` answers`,
    '',
    '```json',
    JSON.stringify(answer, null, 2),
    '```',
  ].join('\n');
}

test('README.zh-CN.md shows the settings and the personas', async () => {
  const path = join(repositoryRoot, 'README.zh-CN.md');
  await expect(withTables(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path);
});
