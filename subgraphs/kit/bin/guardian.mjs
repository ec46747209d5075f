// @ts-check
/**
 * The guardian of an embedded PostgreSQL: a small process of its own that starts the server and stops it when nobody holds it any more.
 *
 * Owners hold it by an open pipe (the starter: our standard input) or an open connection (those who joined later). A pipe closes however
 * its owner dies, also by `kill -9`, so no database process is ever left behind. Plain JavaScript, so that it runs from source and from
 * dist alike. Its one argument is the JSON of GuardianOrder (src/database/embedded/guardian.ts).
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Milliseconds granted to each way of stopping, gentle first. */
const patience = { fast: 15_000, immediate: 5_000 };

/** @type {import('../src/database/embedded/guardian.ts').GuardianOrder} */
const order = JSON.parse(process.argv[2] ?? '');
const log = openSync(order.logFile, 'a+');
const logStart = fstatSync(log).size;

/** @type {Set<unknown>} */
const owners = new Set(['starter']);
let owned = false;
let ready = false;
let stopping = false;

process.stdout.on('error', () => {});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGHUP'])) process.on(signal, () => {});
process.on('SIGTERM', () => stop());

const postgres = spawn(order.command, order.arguments, {
  cwd: order.workingDirectory,
  stdio: ['ignore', log, log],
  windowsHide: true,
  ...order.user,
});
postgres.on('error', (error) => fail(error.message));
postgres.on('exit', () => (ready ? leave(0) : fail(logSince())));
const watcher = order.stopCommand ? undefined : startWatcher();
process.stdin.on('error', () => release('starter'));
process.stdin.on('close', () => release('starter'));
process.stdin.resume();

const server = createServer((socket) => {
  owners.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => release(socket));
  if (ready) socket.write('ready\n');
});
const watch = setInterval(watchStart, 10);

/** The second net: should somebody kill every node process, a shell that holds our pipe stops the server. */
function startWatcher() {
  const script = 'trap "" INT TERM HUP; read -r _ || kill -INT "$1"';
  const child = spawn('/bin/sh', ['-c', script, 'hutong-watcher', String(postgres.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    ...order.user,
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  return child;
}

/** Follows postmaster.pid as pg_ctl does: first line our child = the data directory is ours; eighth line says when it is ready. */
function watchStart() {
  const lines = pidFile();
  if (Number(lines[0]) !== postgres.pid) return;
  if (!owned) takeOver();
  if (!lines[7]?.startsWith('ready')) return;
  clearInterval(watch);
  ready = true;
  say({ ready: true });
  for (const owner of owners)
    if (typeof owner !== 'string') /** @type {import('node:net').Socket} */ (owner).write('ready\n');
}

/** Only who holds the data directory's lock may replace the address at which others join. */
function takeOver() {
  owned = true;
  if (!order.address.startsWith('\\\\')) rmSync(order.address, { force: true });
  server.listen(order.address);
  const record = {
    guardian: process.pid,
    watcher: watcher?.pid,
    postmaster: postgres.pid,
    address: order.address,
    connection: order.connection,
  };
  writeFileSync(`${order.recordFile}.${process.pid}`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${order.recordFile}.${process.pid}`, order.recordFile);
}

/** @param {unknown} owner */
function release(owner) {
  owners.delete(owner);
  if (owners.size === 0) stop();
  else say({ kept: true });
}

function stop() {
  if (stopping) return;
  stopping = true;
  server.close();
  if (order.stopCommand) spawnSync(order.stopCommand.command, order.stopCommand.arguments, { windowsHide: true });
  else postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), patience.fast).unref();
  setTimeout(() => postgres.kill('SIGKILL'), patience.fast + patience.immediate).unref();
}

/** @param {string} reason */
function fail(reason) {
  say({ failed: reason });
  leave(1);
}

/** @param {number} code */
function leave(code) {
  clearInterval(watch);
  if (owned) {
    rmSync(order.recordFile, { force: true });
    if (order.temporaryDirectory) rmSync(order.temporaryDirectory, { recursive: true, force: true });
  }
  process.exitCode = code;
  watcher?.stdin.end('stopped\n');
  server.close();
  process.stdin.destroy();
  for (const owner of owners) if (typeof owner !== 'string') /** @type {import('node:net').Socket} */ (owner).destroy();
}

/** @param {object} message */
function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

function pidFile() {
  try {
    return readFileSync(order.pidFile, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** What the server wrote since this start, at most the last 4 kB. */
function logSince() {
  const end = fstatSync(log).size;
  const start = Math.max(logStart, end - 4096);
  const bytes = Buffer.alloc(end - start);
  readSync(log, bytes, 0, bytes.length, start);
  closeSync(log);
  return bytes.toString('utf8');
}
