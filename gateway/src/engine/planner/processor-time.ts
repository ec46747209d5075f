import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel's clock. */
const millisecondsPerTick = 10;

/** Milliseconds of processor time that a process has taken since it began; `undefined` where the system does not tell. */
export function readProcessorTime(pid: number | undefined): number | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    // The second field, the program's name in brackets, may hold blanks; user and kernel time are the 14th and 15th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
  } catch {
    // The process is over.
    return undefined;
  }
}
