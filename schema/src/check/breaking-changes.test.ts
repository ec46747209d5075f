import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkBreakingChanges, readBaseSchema } from './breaking-changes.ts';

const published = `
  type Query { claim(id: ID!): Claim  old: Int @deprecated(reason: "Use claim.") }
  type Claim { id: ID!  total: String  status: Status }
  enum Status { OPEN PAID }`;

test('what breaks a client is refused', async () => {
  const changed = `
    type Query { claim(id: ID!, year: Int!): Claim  old: Int }
    type Claim { id: ID  status: Status }
    enum Status { OPEN }`;
  expect(await checkBreakingChanges(published, changed)).toStrictEqual(
    expect.arrayContaining([
      { place: 'Claim.total', message: "breaks clients: Field 'total' was removed from object type 'Claim'" },
      { place: 'Claim.id', message: "breaks clients: Field 'Claim.id' changed type from 'ID!' to 'ID'" },
      { place: 'Status.PAID', message: "breaks clients: Enum value 'PAID' was removed from enum 'Status'" },
      expect.objectContaining({ place: 'Query.claim.year' }),
    ]),
  );
});

test('additions, and removing what was deprecated before, break nobody', async () => {
  const changed = `
    type Query { claim(id: ID!, year: Int): Claim }
    type Claim { id: ID!  total: String  status: Status  paidAt: String }
    enum Status { OPEN PAID VOIDED }`;
  expect(await checkBreakingChanges(published, changed)).toStrictEqual([]);
});

test('the base is the API schema at the merge-base with the named branch', () => {
  const { root, git } = repository();
  expect(readBaseSchema(root, 'main')).toMatchObject({ kind: 'none', reason: 'no merge-base of HEAD with main' });
  commit('README', 'nothing yet');
  expect(readBaseSchema(root, 'main')).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('no schema/api'),
  });
  commit('schema/api.graphql', 'type Query { a: Int }');
  git('switch', '-q', '-c', 'work');
  commit('schema/api.graphql', 'type Query { b: Int }');
  expect(readBaseSchema(root)).toMatchObject({ kind: 'found', sdl: 'type Query { a: Int }' });
  expect(readBaseSchema(root, 'work')).toMatchObject({ kind: 'found', sdl: 'type Query { b: Int }' });

  function commit(path: string, text: string): void {
    mkdirSync(join(root, 'schema'), { recursive: true });
    writeFileSync(join(root, path), text);
    git('add', path);
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-q', '--no-gpg-sign', '-m', path);
  }
});

function repository() {
  const root = mkdtempSync(join(tmpdir(), 'hutong-base-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  return { root, git };
}
