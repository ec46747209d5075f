import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../open-database.ts';
import { EmbeddedServerError } from './embedded-server-error.ts';
import { readRecord } from './guardian.ts';
import { isRunning } from './processes.ts';
import { type EmbeddedServer, startEmbeddedServer } from './start-embedded-server.ts';

// Clusters are made and killed here; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const holdServer = fileURLToPath(new URL('./fixtures/hold-server.ts', import.meta.url));

let root: string;
let children: ChildProcess[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hutong-launcher-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  const { postmaster } = readRecord(recordFile()) ?? { postmaster: undefined };
  if (postmaster !== undefined) await until(() => !isRunning(postmaster));
  chmodSync(root, 0o700);
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

describe('one owner', () => {
  test('what was written is there after a stop and a start, and no process is left between', async () => {
    const first = await start();
    await run(first, 'create table kept as select 7 as seven');
    const { postmaster, guardian, watcher } = record();
    await first.close();
    expect([isRunning(postmaster), existsSync(recordFile())]).toEqual([false, false]);
    await until(() => !isRunning(guardian) && !isRunning(watcher));
    const second = await start();
    expect(await run(second, 'select seven from kept')).toEqual([{ seven: 7 }]);
    await second.close();
  });

  test('Chinese text sorts by code point and is seen by pg_trgm on every platform', async () => {
    const server = await start();
    const [found] = await run(
      server,
      `create extension pg_trgm; select array(select x from unnest(array['沛县', '宁海', 'B', 'a']) x order by x) as sorted,
        array_length(show_trgm('沛县人民医院'), 1) as trigrams`,
    );
    expect(found).toEqual({ sorted: ['B', 'a', '宁海', '沛县'], trigrams: 7 });
    await server.close();
  });

  test('a data folder below a folder that nobody else may enter works', async () => {
    mkdirSync(join(root, 'home'), { mode: 0o700 });
    const server = await startEmbeddedServer({ dataFolder: join(root, 'home', 'clone', '.data'), durable: false });
    expect(await run(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
  });

  test('a data folder whose path is too long for a socket works', async () => {
    const server = await startEmbeddedServer({
      dataFolder: join(root, '很长的目录名'.repeat(10), 'data'),
      durable: false,
    });
    expect(await run(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
  });
});

describe('an owner that dies', () => {
  test('after kill -9 of the owner the guardian stops the server, and the next start finds the data', async () => {
    const owner = await holder();
    await runAt(owner.url, 'create table kept as select 7 as seven');
    const { postmaster } = record();
    owner.process.kill('SIGKILL');
    await until(() => !isRunning(postmaster));
    const next = await start();
    expect(await run(next, 'select seven from kept')).toEqual([{ seven: 7 }]);
    await next.close();
  });

  test('after kill -9 of owner, guardian and server the next start recovers at once', async () => {
    const owner = await holder();
    await runAt(owner.url, 'create table kept as select 7 as seven');
    const { postmaster, guardian, watcher } = record();
    for (const pid of [watcher, guardian, postmaster]) process.kill(pid, 'SIGKILL');
    owner.process.kill('SIGKILL');
    const next = await start();
    expect(await run(next, 'select seven from kept')).toEqual([{ seven: 7 }]);
    await next.close();
  });

  test('after kill -9 of owner and guardian, as by killall node, no process is left', async () => {
    const owner = await holder();
    const { postmaster, guardian, watcher } = record();
    process.kill(guardian, 'SIGKILL');
    owner.process.kill('SIGKILL');
    await until(() => !isRunning(postmaster) && !isRunning(watcher));
    const next = await start();
    expect(await run(next, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.close();
  });

  test('a server left behind by kill -9 of everybody else is stopped and replaced', async () => {
    const owner = await holder();
    const { postmaster, guardian, watcher } = record();
    for (const pid of [watcher, guardian]) process.kill(pid, 'SIGKILL');
    owner.process.kill('SIGKILL');
    const next = await start();
    expect([isRunning(postmaster), await run(next, 'select 1 as one')]).toEqual([false, [{ one: 1 }]]);
    await next.close();
  });

  test('a lock whose process id now belongs to another program does not stop a start', async () => {
    await (await start()).close();
    const lock = join(root, 'data', 'postgres', 'postmaster.pid');
    writeFileSync(lock, `${process.pid}\n/elsewhere\n`, { mode: 0o600 });
    const next = await start();
    expect(await run(next, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.close();
  });
});

describe('several owners', () => {
  test('four starting at once on an empty folder share one server, which stops with the last', async () => {
    const owners = await Promise.all([holder(), holder(), holder(), holder()]);
    const { guardian } = record();
    expect(new Set(owners.map(({ url }) => url)).size).toBe(1);
    for (const owner of owners.slice(0, 3)) owner.process.kill('SIGKILL');
    await wait(300);
    expect(await runAt(owners[3]?.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
    owners[3]?.process.stdin?.end();
    await until(() => !isRunning(guardian));
    expect(readdirSync(join(root, 'data')).toSorted()).toEqual(['postgres', 'postgres.log']);
  });

  test('closing does not stop a server that somebody joined', async () => {
    const first = await start();
    const second = await start();
    await first.close();
    expect(await run(second, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
  });
});

describe('one clear sentence', () => {
  test('for a platform without binaries', async () => {
    const error = await refusal(startEmbeddedServer({ dataFolder: join(root, 'data'), platform: 'sunos-sparc' }));
    expect(error).toEqual({
      code: 'UNSUPPORTED_PLATFORM',
      message:
        'The embedded PostgreSQL cannot run on sunos-sparc (the npm package with its binaries is not installed 未安装对应的 npm 包); set the *_DATABASE_URL settings to a PostgreSQL server of your own.',
      messageZh:
        '内置 PostgreSQL 无法在 sunos-sparc 上运行（the npm package with its binaries is not installed 未安装对应的 npm 包）；请用 *_DATABASE_URL 指定自己的 PostgreSQL 服务器。',
    });
  });

  test('for a data folder that cannot be made', async () => {
    writeFileSync(join(root, 'file'), '');
    const folder = join(root, 'file', 'data');
    const error = await refusal(startEmbeddedServer({ dataFolder: folder }));
    expect(error).toEqual({
      code: 'DATA_FOLDER_UNWRITABLE',
      message: `The data folder ${folder} cannot be written by this user; choose another with HUTONG_DATA or correct its permissions.`,
      messageZh: `当前用户无法写入数据目录 ${folder}；请用 HUTONG_DATA 另选目录或修正权限。`,
    });
  });

  test('for data of another PostgreSQL version', async () => {
    await (await start()).close();
    writeFileSync(join(root, 'data', 'postgres', 'PG_VERSION'), '17\n');
    expect((await refusal(start())).code).toBe('DATA_VERSION');
  });

  test('for a server that refuses its own files', async () => {
    await (await start()).close();
    rmSync(join(root, 'data', 'postgres', 'global', 'pg_control'));
    const error = await refusal(start());
    expect(error.code).toBe('SERVER_FAILED');
    expect(error.message).toContain('pg_control');
    expect(readFileSync(join(root, 'data', 'postgres.log'), 'utf8')).toContain('pg_control');
  });
});

function start(): Promise<EmbeddedServer> {
  return startEmbeddedServer({ dataFolder: join(root, 'data') });
}

/** Another process that holds the server. */
function holder(): Promise<{ process: ChildProcess; url: string }> {
  const args = ['--conditions=source', '--import', 'tsx', holdServer, join(root, 'data')];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve({ process: child, url: text.toString('utf8').trim() }));
    child.once('exit', () => reject(new Error('the other process ended')));
  });
}

function run(server: EmbeddedServer, statement: string): Promise<readonly object[]> {
  return runAt(server.url, statement);
}

async function runAt(url: string, statement: string): Promise<readonly object[]> {
  const sql = connect(url, { max: 1 });
  try {
    const result: readonly unknown[] = await sql.unsafe(statement).simple();
    const rows = Array.isArray(result.at(-1)) ? (result.at(-1) as object[]) : (result as object[]);
    return [...rows];
  } finally {
    await sql.end();
  }
}

async function refusal(attempt: Promise<EmbeddedServer>) {
  try {
    await (await attempt).close();
  } catch (error) {
    if (!(error instanceof EmbeddedServerError)) throw error;
    return { code: error.code, message: error.message, messageZh: error.messageZh };
  }
  throw new Error('it started');
}

function record() {
  const found = readRecord(recordFile());
  if (found?.watcher === undefined) throw new Error('no guardian record, or no watcher in it');
  return { ...found, watcher: found.watcher };
}

function recordFile(): string {
  return join(root, 'data', 'postgres.json');
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; waited < 30_000; waited += 20) {
    if (condition()) return;
    await wait(20);
  }
  throw new Error('it did not come true within 30 s');
}
