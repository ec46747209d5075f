import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PinnedProcess, Servant } from './pinned-process.ts';
import type { ProbeOrder } from './probe-orders.ts';

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A node of the tree of calls with the node that called it. */
interface Call extends ProfileNode {
  readonly caller: Call | undefined;
}

/** Where the profile of a gateway's process is. */
export function profileOf({ pid }: PinnedProcess, directory: string): string {
  return join(directory, `gateway-${pid}.cpuprofile`);
}

/** Profiles a gateway that has a probe, as long as something lasts. */
export async function profileDuring<Value>(
  probe: Servant<ProbeOrder>,
  directory: string,
  run: () => Promise<Value>,
): Promise<Value> {
  await probe.order<null>({ kind: 'begin-profile' });
  const value = await run();
  await probe.order<null>({ kind: 'end-profile', file: profileOf(probe, directory) });
  return value;
}

/** The functions that took most time themselves, and the files on whose behalf most was taken; in percent of the time that was not idle. */
export function reportProfile(file: string): string {
  const { nodes, samples } = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const calls = readCalls(nodes);
  const busy = samples
    .flatMap((id) => calls.get(id) ?? [])
    .filter(({ callFrame }) => callFrame.functionName !== '(idle)');
  return [
    'Functions, by their own time',
    ...rank(busy.map(nameOf), 40),
    'Files, by their own time and that of what they call in Node itself',
    ...rank(busy.map(chargedFile), 40),
  ].join('\n');
}

function readCalls(nodes: readonly ProfileNode[]): ReadonlyMap<number, Call> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const calls = new Map<number, Call>();
  const add = (node: ProfileNode, caller: Call | undefined): void => {
    const call = { ...node, caller };
    calls.set(node.id, call);
    for (const child of node.children ?? []) {
      const callee = known.get(child);
      if (callee !== undefined) add(callee, call);
    }
  };
  if (nodes[0] !== undefined) add(nodes[0], undefined);
  return calls;
}

/** What occurs most, with its share. */
function rank(names: readonly string[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([name, count]) => `${((100 * count) / names.length).toFixed(2).padStart(6)} %  ${name}`);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Call): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  return url === '' ? name : `${name}  ${placeOf(url)}:${lineNumber + 1}`;
}

/** The nearest file up the calls that is not of Node itself. */
function chargedFile(call: Call): string {
  let at: Call | undefined = call;
  while (at !== undefined && (at.callFrame.url === '' || at.callFrame.url.startsWith('node:'))) at = at.caller;
  if (at !== undefined) return placeOf(at.callFrame.url);
  return call.callFrame.url === '' ? call.callFrame.functionName : 'Node itself';
}

function placeOf(url: string): string {
  return url.replace(/^.*\/(node_modules|gateway\/dist)\//, '').replace(/^file:\/\//, '');
}
