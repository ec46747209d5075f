import { isDeepStrictEqual } from 'node:util';
import { encodeRequest, openConnection, type Connection } from '../connection.ts';
import { readCpuTime } from '../cpu-accounting.ts';
import type { LoadFigures, LoadOrder } from '../load-orders.ts';
import { serveOrders } from '../pinned-process.ts';

/** A request and the bytes of its answer. */
interface Learned {
  readonly request: Buffer;
  readonly answer: Buffer;
}

/** By the port of the gateway that answers. */
const known = new Map<number, readonly Learned[]>();

serveOrders(async (order: LoadOrder) => {
  switch (order.kind) {
    case 'learn':
      return learn(order);
    case 'run':
      return run(order, known.get(order.port) ?? []);
  }
});

async function learn({ port, exchanges }: Extract<LoadOrder, { kind: 'learn' }>): Promise<number> {
  const connection = await openConnection(port);
  const all: Learned[] = [];
  for (const { body, right } of exchanges) {
    const request = encodeRequest(port, body);
    const answer = await connection.fetch(request);
    if (!isDeepStrictEqual(JSON.parse(answer.toString()), JSON.parse(right))) {
      throw new Error(
        `The answer is wrong:\n  is     ${head(answer.toString())}\n  should ${head(right)}\n  to     ${body}`,
      );
    }
    // A copy: the rest of what came with it need not stay.
    all.push({ request, answer: Buffer.from(answer) });
  }
  connection.close();
  known.set(port, all);
  return all.reduce((total, { answer }) => total + answer.length, 0) / all.length;
}

function head(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

async function run(order: Extract<LoadOrder, { kind: 'run' }>, learned: readonly Learned[]): Promise<LoadFigures> {
  const opening = Array.from({ length: order.connections }, () => openConnection(order.port));
  const connections = await Promise.all(opening);
  const latencies: number[] = [];
  const cpuBefore = readCpuTime(order.pid);
  const begun = performance.now();
  const end = begun + order.seconds * 1000;
  let next = 0;
  const choose = (): Learned => {
    next = (next + 1) % learned.length;
    return learned[next] ?? { request: Buffer.alloc(0), answer: Buffer.alloc(0) };
  };
  const plan = { end, pause: order.pause ?? 0, choose, latencies };
  await Promise.all(connections.map((connection) => askUntilTheEnd(connection, plan)));
  const seconds = (performance.now() - begun) / 1000;
  const cpu = readCpuTime(order.pid) - cpuBefore;
  for (const connection of connections) connection.close();
  latencies.sort((one, other) => one - other);
  const share = (part: number): number => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return { requests: latencies.length, seconds, cpu, p50: share(0.5), p99: share(0.99) };
}

/** How connections ask. */
interface Plan {
  readonly end: number;
  readonly pause: number;
  readonly choose: () => Learned;
  /** Filled by them. */
  readonly latencies: number[];
}

/** A client that asks again as soon as it has its answer, or after a pause. */
function askUntilTheEnd(connection: Connection, { end, pause, choose, latencies }: Plan): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const { request, answer } = choose();
      const asked = performance.now();
      connection.ask(request, answer, (difference) => {
        const now = performance.now();
        if (difference !== undefined) {
          reject(new Error(difference));
          return;
        }
        latencies.push(now - asked);
        if (now >= end) resolve();
        else if (pause === 0) next();
        else setTimeout(next, pause);
      });
    };
    next();
  });
}
