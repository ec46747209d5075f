import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PinnedProcess } from './pinned-process.ts';

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
}

/** Where the profile of a gateway's process is. */
export function profileOf({ pid }: PinnedProcess, directory: string): string {
  return join(directory, `gateway-${pid}.cpuprofile`);
}

/** Profiles a gateway that was started for it, as long as something lasts; where a directory is given. */
export async function profileDuring<Value>(
  gateway: PinnedProcess,
  directory: string | undefined,
  run: () => Promise<Value>,
): Promise<Value> {
  if (directory === undefined) return run();
  process.kill(gateway.pid, 'SIGUSR2');
  const value = await run();
  process.kill(gateway.pid, 'SIGUSR2');
  while (!existsSync(profileOf(gateway, directory))) await pause(100);
  return value;
}

/** The functions that took most time themselves, one a line, with their share of the time that was not idle. */
export function reportProfile(file: string, most = 40): string {
  const { nodes, samples } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const name = names.get(sample) ?? '';
    if (name !== '(idle)') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const busy = [...counts.values()].reduce((one, other) => one + other, 0);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, count]) => `${((100 * count) / busy).toFixed(2).padStart(6)} %  ${name}`)
    .join('\n');
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const place = url.replace(/^.*\/(node_modules|gateway\/dist)\//, '').replace(/^file:\/\//, '');
  return place === '' ? functionName : `${functionName || '(anonymous)'}  ${place}:${lineNumber + 1}`;
}
