// What answers of 1, 10 and 100 MB cost the gateway: `npm run bench:sizes`.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeRequest, openConnection, type Connection } from './gateway/connection.ts';
import { readCpuTime, readMemory, readPeakMemory } from './gateway/cpu-accounting.ts';
import { answerText, composeLarge, countFor, largeQueries, type LargeOrder } from './gateway/large-answers.ts';
import { cores, programFile, startServant, type Servant } from './gateway/pinned-process.ts';
import type { ProbeOrder } from './gateway/probe-orders.ts';
import { findFreePort, ourProgram, startProbed } from './gateway/start-gateways.ts';
import { median } from './gateway/table.ts';

/** Longer than this nobody else may wait (issue's budget), milliseconds. */
const longestAllowed = 100;

/** A megabyte of a large answer may cost so many times what one of the smallest costs: time and memory are proportional. */
const disproportionAllowed = 2;

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1,10,100' },
    rounds: { type: 'string', default: '3' },
    program: { type: 'string', default: ourProgram },
  },
});
const rounds = Number(values.rounds);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const subgraphs = startServant<LargeOrder>({ core: cores.surroundings, command: [programFile('large-subgraphs')] });
const urls = await subgraphs.order<Record<string, string>>({ kind: 'serve' });
const supergraphFile = join(mkdtempSync(join(tmpdir(), 'hutong-bench-')), 'supergraph.graphql');
writeFileSync(supergraphFile, composeLarge(urls));

console.log(`list: one subgraph's list; joined: another subgraph adds a field to each item. ${rounds} answers each.`);
console.log('query   answer MB   time ms    ms/MB    CPU ms   idle MB   peak MB   more/MB   longest block ms');
for (const query of ['list', 'joined'] as const) {
  const costs: Cost[] = [];
  for (const megabytes of values.megabytes.split(',').map(Number)) costs.push(...(await measure(query, megabytes)));
  judge(query, costs);
}
await subgraphs.stop();

/** What a megabyte of answer costs: milliseconds, and megabytes of memory. */
interface Cost {
  readonly time: number;
  readonly memory: number;
}

/** A fresh gateway for each size: its peak of memory is this size's. Gives nothing when it gave no answer. */
async function measure(query: keyof typeof largeQueries, megabytes: number): Promise<Cost[]> {
  const port = await findFreePort();
  const limits = {
    HUTONG_MAX_SUBGRAPH_BYTES: String(512 * 1024 * 1024),
    HUTONG_SUBGRAPH_TIMEOUT: '120000',
    HUTONG_REQUEST_TIMEOUT: '120000',
  };
  const gateway = await startProbed({ supergraphFile, port, program: values.program, env: limits });
  const connection = await openConnection(port);
  try {
    const ask = (count: number): Promise<Buffer> => fetchItems(connection, { port, query, count });
    // The compiler has its time at a thousandth of the size.
    for (let time = 0; time < 100; time += 1) await ask(countFor(megabytes / 1000));
    const count = countFor(megabytes);
    const expected = answerText(query, count);
    const idle = readMemory(gateway.pid);
    const figures = [];
    for (let round = 0; round < rounds; round += 1) figures.push(await measureOne(gateway, () => ask(count), expected));
    return [report({ query, size: expected.length, idle, peak: readPeakMemory(gateway.pid) }, figures)];
  } catch (error) {
    console.log(`${query} of ${megabytes} MB: ${String(error).slice(0, 500)}`);
    process.exitCode = 1;
    return [];
  } finally {
    connection.close();
    await gateway.stop();
  }
}

interface Figures {
  readonly time: number;
  readonly cpu: number;
  readonly block: number;
}

function fetchItems(
  connection: Connection,
  { port, query, count }: { readonly port: number; readonly query: keyof typeof largeQueries; readonly count: number },
): Promise<Buffer> {
  return connection.fetch(encodeRequest(port, JSON.stringify({ query: largeQueries[query], variables: { count } })));
}

async function measureOne(
  gateway: Servant<ProbeOrder>,
  ask: () => Promise<Buffer>,
  expected: Buffer,
): Promise<Figures> {
  await gateway.order<number>({ kind: 'longest-block' });
  const cpu = readCpuTime(gateway.pid);
  const begun = performance.now();
  const answer = await ask();
  const time = performance.now() - begun;
  if (!answer.equals(expected)) throw new Error(`A wrong answer: ${answer.subarray(0, 300).toString()}`);
  const block = await gateway.order<number>({ kind: 'longest-block' });
  return { time, cpu: readCpuTime(gateway.pid) - cpu, block };
}

function report(
  {
    query,
    size,
    idle,
    peak,
  }: { readonly query: string; readonly size: number; readonly idle: number; readonly peak: number },
  figures: readonly Figures[],
): Cost {
  const megabytes = size / 1024 / 1024;
  const time = median(figures.map((each) => each.time));
  const block = Math.max(...figures.map((each) => each.block));
  const cells = [
    megabytes.toFixed(1).padStart(10),
    time.toFixed(0).padStart(8),
    (time / megabytes).toFixed(1).padStart(7),
    median(figures.map(({ cpu }) => cpu))
      .toFixed(0)
      .padStart(8),
    idle.toFixed(0).padStart(8),
    peak.toFixed(0).padStart(8),
    ((peak - idle) / megabytes).toFixed(1).padStart(8),
    block.toFixed(0).padStart(17),
  ];
  const verdict = block > longestAllowed ? `  longer than ${longestAllowed}` : '';
  if (block > longestAllowed) process.exitCode = 1;
  console.log(`${query.padEnd(8)}${cells.join('  ')}${verdict}`);
  return { time: time / megabytes, memory: (peak - idle) / megabytes };
}

function judge(query: string, [smallest, ...larger]: readonly Cost[]): void {
  for (const quantity of ['time', 'memory'] as const) {
    const most = Math.max(0, ...larger.map((cost) => cost[quantity]));
    if (smallest === undefined || most <= smallest[quantity] * disproportionAllowed) continue;
    console.log(`${query}: ${quantity} grows faster than the answers`);
    process.exitCode = 1;
  }
}
