import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel's clock. */
const millisecondsPerTick = 10;

/** CPU time of a process and its children since they began, those that have ended among them, in user and kernel, milliseconds. */
export function readCpuTime(pid: number): number {
  return sum(processTree(pid), (process) => {
    // The second field, the program's name in brackets, may hold blanks.
    const stat = readOf(process, 'stat');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum(fields.slice(11, 15).map(Number), (ticks) => ticks) * millisecondsPerTick;
  });
}

/** The most memory a process and its children ever held, megabytes. */
export function readPeakMemory(pid: number): number {
  return sum(processTree(pid), (process) => readStatus(process, 'VmHWM')) / 1024;
}

/** The memory a process and its children hold now, megabytes. */
export function readMemory(pid: number): number {
  return sum(processTree(pid), (process) => readStatus(process, 'VmRSS')) / 1024;
}

/** How many threads a process and its children have. */
export function countThreads(pid: number): number {
  return sum(processTree(pid), (process) => Number(/^Threads:\s+(\d+)$/m.exec(readOf(process, 'status'))?.[1] ?? 0));
}

/** Node starts children from its main thread. */
function processTree(pid: number): number[] {
  const children = readOf(pid, `task/${pid}/children`).split(' ').filter(Boolean);
  return [pid, ...children.map(Number).flatMap(processTree)];
}

/** What the system says of a process; nothing where it has ended meanwhile. */
function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function readStatus(pid: number, field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readOf(pid, 'status'));
  return Number(line?.[1] ?? 0);
}

function sum(numbers: readonly number[], measure: (number: number) => number): number {
  return numbers.reduce((total, number) => total + measure(number), 0);
}
