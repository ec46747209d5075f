import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { readRecord } from './guardian.ts';
import { commandOf, isRunning } from './processes.ts';

/** A guardian writes its record within milliseconds of its server's lock; without record for longer, there is no guardian. */
const recordGrace = 3_000;

/**
 * What a `kill -9` of everything may have left: a server without guardian is stopped, a lock whose process id now belongs to another
 * program is dropped (after a restart ids are used again). Another starter's living server is left alone.
 */
export async function clearRemains(pidFile: string, recordFile: string, waited: number): Promise<void> {
  const postmaster = readPid(pidFile);
  if (postmaster === undefined || process.platform === 'win32' || !isRunning(postmaster)) return;
  if (!commandOf(postmaster).includes('postgres')) return rmSync(pidFile, { force: true });
  if (hasGuardian(recordFile, postmaster, waited)) return;
  process.kill(postmaster, 'SIGINT');
  if (!(await ends(postmaster, 10_000))) process.kill(postmaster, 'SIGQUIT');
  await ends(postmaster, 5_000);
}

function hasGuardian(recordFile: string, postmaster: number, waited: number): boolean {
  const record = readRecord(recordFile);
  if (record === undefined || record.postmaster !== postmaster) return waited < recordGrace;
  return commandOf(record.guardian).includes('guardian');
}

async function ends(pid: number, patience: number): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 50) {
    if (!isRunning(pid)) return true;
    await wait(50);
  }
  return false;
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}
