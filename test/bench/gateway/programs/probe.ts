// Loaded into a gateway's process by --import; looks at it from inside.
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serveOrders } from '../pinned-process.ts';
import type { MemoryFigures, ProbeOrder } from '../probe-orders.ts';

/** How often the event loop is looked at, milliseconds; so much of a delay is no delay. */
const resolution = 1;

const delays = monitorEventLoopDelay({ resolution });
delays.enable();
const session = new Session();
session.connect();

serveOrders(async (order: ProbeOrder) => {
  switch (order.kind) {
    case 'memory':
      return readMemory();
    case 'longest-block': {
      const longest = delays.max / 1e6 - resolution;
      delays.reset();
      return longest;
    }
    case 'begin-profile':
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: 500 });
      await session.post('Profiler.start');
      return null;
    case 'end-profile': {
      const { profile } = await session.post('Profiler.stop');
      writeFileSync(order.file, JSON.stringify(profile));
      return null;
    }
  }
});
// The gateway decides when its process ends.
process.channel?.unref();

async function readMemory(): Promise<MemoryFigures> {
  // What finalizers let go of is garbage only at the next collection.
  for (let time = 0; time < 3; time += 1) {
    globalThis.gc?.();
    await nextTurn();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const [heap, outside, resident] = [heapUsed, external, rss].map((bytes) => bytes / 1024 / 1024);
  return { heap: heap ?? 0, external: outside ?? 0, resident: resident ?? 0 };
}
