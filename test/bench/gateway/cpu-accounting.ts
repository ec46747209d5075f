import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel's clock. */
const millisecondsPerTick = 10;

/** CPU time of a process and its children since they began, in user and kernel, milliseconds. */
export function readCpuTime(pid: number): number {
  return sum(processTree(pid), (process) => {
    // The second field, the program's name in brackets, may hold blanks.
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
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

/** How many threads a process has. */
export function countThreads(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).length;
}

/** Node starts children from its main thread. */
function processTree(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return [pid, ...children.map(Number).flatMap(processTree)];
}

function readStatus(pid: number, field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0);
}

function sum(pids: readonly number[], measure: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + measure(pid), 0);
}
