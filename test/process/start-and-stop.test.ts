import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { databaseProcesses, startProgram, untilGone, type Program } from './program.ts';

// The real program builds itself, makes a cluster and a small region; a loaded machine takes its time.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const region = ['--places', 'pei', '--residents-per-place', '20'];
const counts =
  '{ institutions { totalCount } practitioners { totalCount } designatedProviders { totalCount } servicePackages { code } }';

let root: string;
let programs: Program[];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'hutong-start-'));
  programs = [];
});

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
});

afterAll(async () => {
  if (existsSync(join(dataFolder(), 'postgres.json'))) await untilGone(databaseProcesses(dataFolder()));
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

describe('one data folder, from its first start on', () => {
  let kept: unknown;

  test('a start killed while it generates the region leaves no database process behind', async () => {
    const first = start(...region);
    await first.says(' rows in ');
    const pids = databaseProcesses(dataFolder());
    first.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    await untilGone(pids);
    expect(existsSync(join(dataFolder(), 'postgres.json'))).toBe(false);
  });

  test('the next start completes the same region, shows its steps, ends with addresses and personas, and answers', async () => {
    const second = start('--residents-per-place', '30');
    await second.says('auditor');
    expect(second.output()).toContain('Generating the demo region, 20 residents per place');
    expect(second.output()).toContain(`GraphQL   ${second.address()}/graphql`);
    expect(second.output()).toContain('health-commission  County health commission');
    kept = await ask(second, counts);
    expect(kept).toEqual({
      data: {
        institutions: { totalCount: expect.any(Number) },
        practitioners: { totalCount: expect.any(Number) },
        designatedProviders: { totalCount: expect.any(Number) },
        servicePackages: expect.arrayContaining([{ code: expect.any(String) }]),
      },
    });
    expect(JSON.stringify(kept)).not.toContain('"totalCount":0');
  });

  test('SIGTERM stops the server and the database, and says so', async () => {
    const third = start();
    await third.says('auditor');
    const pids = databaseProcesses(dataFolder());
    third.kill('SIGTERM');
    expect(await third.ended).toBe(0);
    expect(third.output()).toContain('Stopped.');
    await untilGone(pids);
  });

  test('after kill -9 no database process is left, and the next start has the same data without generating anything', async () => {
    const fourth = start();
    await fourth.says('auditor');
    const pids = databaseProcesses(dataFolder());
    fourth.kill('SIGKILL');
    await untilGone(pids);
    const fifth = start();
    await fifth.says('auditor');
    expect(fifth.output()).not.toContain('Generating');
    expect(await ask(fifth, counts)).toEqual(kept);
  });

  test('two at once on the same folder share its database, and it stays for the one that goes on', async () => {
    const one = start();
    const other = start();
    await one.says('auditor');
    await other.says('auditor');
    one.kill('SIGTERM');
    expect(await one.ended).toBe(0);
    expect(await ask(other, counts)).toEqual(kept);
    other.kill('SIGINT');
    expect(await other.ended).toBe(0);
  });

  test('data written by another PostgreSQL version are refused with one sentence', async () => {
    writeFileSync(join(dataFolder(), 'postgres', 'PG_VERSION'), '17\n');
    const refused = start();
    expect([await refused.ended, sentences(refused)]).toEqual([
      1,
      [
        'Starting PostgreSQL on DATA … 正在启动内嵌数据库 …',
        'DATA/postgres was written by PostgreSQL 17, this release brings 18; take a backup with the release that wrote it and restore it here. DATA/postgres 由 PostgreSQL 17 写成，本版本内置 18；请用原版本备份后在此恢复。',
      ],
    ]);
  });
});

describe('one sentence, and an exit code that is not 0', () => {
  test('for a taken port', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const refused = start('--port', String(port));
    const code = await refused.ended;
    taken.close();
    expect([code, sentences(refused)]).toEqual([
      1,
      [
        `Port ${port} is taken: another program listens on 127.0.0.1:${port}. Stop it, or choose another port with PORT=N (or --port N). 端口 ${port} 已被占用，请停止占用它的程序，或用 PORT=N 换一个端口。`,
      ],
    ]);
  });

  test('for a data folder that nobody can write', async () => {
    writeFileSync(join(root, 'file'), '');
    expect(await refusalOf(join(root, 'file', 'data'))).toEqual(unwritable);
  });

  test.skipIf(process.platform !== 'linux')('for a data folder in a file system that takes no folders', async () => {
    expect(await refusalOf('/proc/hutong')).toEqual(unwritable);
  });
});

const unwritable = [
  1,
  [
    'Starting PostgreSQL on DATA … 正在启动内嵌数据库 …',
    'The data folder DATA cannot be written by this user; choose another with HUTONG_DATA or correct its permissions. 当前用户无法写入数据目录 DATA；请用 HUTONG_DATA 另选目录或修正权限。',
  ],
];

function dataFolder(): string {
  return join(root, 'data');
}

function start(...args: readonly string[]): Program {
  return startOn(dataFolder(), ...args);
}

function startOn(folder: string, ...args: readonly string[]): Program {
  const program = startProgram(folder, ...args);
  programs.push(program);
  return program;
}

async function refusalOf(folder: string): Promise<unknown> {
  const program = startOn(folder);
  const code = await program.ended;
  return [code, sentences(program, folder)];
}

/** What it said, line by line, without the lines of the build, and with one name for the data folder. */
function sentences(program: Program, folder = dataFolder()): readonly string[] {
  const lines = program.output().replaceAll(folder, 'DATA').trim().split('\n');
  return lines.filter((line) => !line.startsWith('Building') && !line.startsWith('  '));
}

async function ask(program: Program, query: string): Promise<unknown> {
  const response = await fetch(`${program.address()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
