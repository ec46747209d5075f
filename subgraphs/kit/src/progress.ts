import { MultiBar, type SingleBar } from 'cli-progress';
import type { SeedOutcome } from './seed-database.ts';

/** How far one of several things that happen at once is. */
export interface Step {
  /** What it is: a subgraph, a file. */
  readonly lane: string;
  readonly done: number;
  /** Known or expected end; without it a bar only tells the text. */
  readonly total?: number;
  /** What is being done, with its figures. */
  readonly text: string;
}

/** Shows steps to the person who waits. */
export interface Progress {
  readonly show: (step: Step) => void;
  /** A line that stays, above the bars. */
  readonly say: (line: string) => void;
  /** Nothing is under way any more. */
  readonly end: () => void;
}

/** Where progress is written: standard output, or error. */
export type ProgressOutput = Pick<NodeJS.WriteStream, 'isTTY' | 'write'> & NodeJS.WritableStream;

/** Milliseconds between two plain lines of one lane. */
const patience = 2_000;

/** Progress as bars on a terminal; elsewhere as lines, one per lane every two seconds at most. */
export function createProgress(output: ProgressOutput): Progress {
  return output.isTTY ? createBars(output) : createLines((line) => void output.write(`${line}\n`));
}

/** Progress as plain lines. */
export function createLines(write: (line: string) => void): Progress {
  const toldAt = new Map<string, number>();
  return {
    show: ({ lane, text }) => {
      const now = performance.now();
      if (now - (toldAt.get(lane) ?? -patience) < patience) return;
      toldAt.set(lane, now);
      write(`${lane}: ${text}`);
    },
    say: write,
    end: () => toldAt.clear(),
  };
}

function createBars(output: ProgressOutput): Progress {
  let bars: MultiBar | undefined;
  const byLane = new Map<string, SingleBar>();
  const start = (): MultiBar => {
    bars ??= new MultiBar({
      stream: output,
      format: '{lane} [{bar}] {text}',
      barsize: 24,
      hideCursor: false,
      clearOnComplete: true,
      fps: 5,
    });
    return bars;
  };
  return {
    show: ({ lane, done, total = 0, text }) => {
      const payload = { lane: lane.padEnd(14), text };
      const bar = byLane.get(lane) ?? start().create(Math.max(total, 1), 0, payload);
      byLane.set(lane, bar);
      bar.update(Math.min(done, total), payload);
    },
    say: (line) => void (bars === undefined ? output.write(`${line}\n`) : bars.log(`${line}\n`)),
    end: () => {
      bars?.stop();
      bars = undefined;
      byLane.clear();
    },
  };
}

/** What a seeding did, for a line. */
export function describeSeeding(outcome: SeedOutcome): string {
  switch (outcome.kind) {
    case 'kept':
      return 'has data already and is left as it is 已有数据，保持不变';
    case 'seeded':
      return `${count(outcome.rows)} rows in ${outcome.seconds.toFixed(1)} s, ${count(outcome.rowsPerSecond)} rows/s`;
  }
}

/** A number with its thousands apart. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}
