import type { MemoryFigures } from './probe-orders.ts';

/** More than this is growth; less is what a heap does by itself. */
const allowed = 1.2;

/** Prints memory before and after; gives whether the heap stayed where it was. */
export function reportGrowth(before: MemoryFigures, after: MemoryFigures): boolean {
  const line = (name: string, from: number, to: number): string =>
    `  ${name.padEnd(9)} ${from.toFixed(1).padStart(7)} MB → ${to.toFixed(1).padStart(7)} MB`;
  const stayed = after.heap + after.external <= (before.heap + before.external) * allowed;
  const lines = [
    line('heap', before.heap, after.heap),
    line('external', before.external, after.external),
    line('resident', before.resident, after.resident),
    `  ${stayed ? 'The heap stayed where it was.' : `THE HEAP GREW by more than ${((allowed - 1) * 100).toFixed(0)} %.`}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return stayed;
}
