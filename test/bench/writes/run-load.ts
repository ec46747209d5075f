import { readCpuTime } from '../gateway/cpu-accounting.ts';
import type { Effort } from './commit-rate.ts';
import type { WriteGateway } from './start-gateway.ts';
import type { WriteLoad, WriteRequest } from './write-loads.ts';

/** What callers were answered. */
export interface LoadFigures {
  /** Writes that were done. */
  readonly done: number;
  /** Writes that were refused, by code. */
  readonly refused: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Milliseconds that each answer took. */
  readonly times: readonly number[];
  /** CPU time of gateway and subgraphs, milliseconds; their databases are not in it. */
  readonly cpu: number;
  /** Answers that nobody should get, by code: after them the caller does not know what was done. */
  readonly unexpected: ReadonlyMap<string, number>;
}

/** Sends a load by so many callers at once, each the next when it has its answer; ends early where there is nothing left to ask. */
export async function runLoad(
  gateway: WriteGateway,
  load: WriteLoad,
  { seconds, callers }: Effort,
): Promise<LoadFigures> {
  const times: number[] = [];
  const refused = new Map<string, number>();
  const unexpected = new Map<string, number>();
  let done = 0;
  const note = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const ask = async (request: WriteRequest): Promise<void> => {
    const asked = performance.now();
    const { codes, fault } = await send(gateway.url, load, request);
    times.push(performance.now() - asked);
    if (fault !== undefined) note(unexpected, fault);
    else if (codes.length === 0) done += 1;
    for (const code of codes) note(load.refusals.has(code) ? refused : unexpected, code);
  };
  const cpuBefore = cpuOf(gateway);
  const begun = performance.now();
  const end = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let next = load.next(); next !== undefined && performance.now() < end; next = load.next()) await ask(next);
    }),
  );
  return {
    done,
    refused,
    seconds: (performance.now() - begun) / 1000,
    times,
    cpu: cpuOf(gateway) - cpuBefore,
    unexpected,
  };
}

function cpuOf({ pids }: WriteGateway): number {
  return pids.reduce((total, pid) => total + readCpuTime(pid), 0);
}

/** The codes of a refusal with the first field of their path, none when it was done; or what else came back. */
async function send(
  url: string,
  { mutation, selection }: WriteLoad,
  { caller, input }: WriteRequest,
): Promise<{ readonly codes: readonly string[]; readonly fault?: string }> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { told: ${mutation}(input: $input) { ok errors { code path } ${selection} } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-hutong-persona': caller },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = Object(await response.json());
  if (errors !== undefined) return { codes: [], fault: String(errors[0].extensions?.code ?? errors[0].message) };
  const { ok, errors: refusals } = Object(data).told;
  const codes = refusals.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path[1] ?? ''}`.trim());
  return ok === (codes.length === 0) ? { codes } : { codes, fault: 'neither ok nor an error' };
}
