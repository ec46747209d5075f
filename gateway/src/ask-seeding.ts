import { setTimeout as pause } from 'node:timers/promises';
import type { Seeding } from '@hutong/kit';

/** The subgraph whose database says when the demo was seeded, in whichever way the parts run: so all have one business time. */
export const seedingSubgraph = 'institutions';

/** How to wait for a subgraph that is not up yet. */
export interface SeedingPatience {
  /** Told once, when there is waiting to do. */
  readonly onWait: () => void;
  /** Milliseconds between two questions. */
  readonly interval?: number;
}

/** Asks a subgraph of ours when it was seeded, until it answers; undefined when its database holds no demo data. */
export async function askSeeding(
  url: string,
  { onWait, interval = 1_000 }: SeedingPatience,
): Promise<Seeding | undefined> {
  for (let asked = 0; ; asked += 1) {
    const body = await askReady(url);
    if (body !== undefined) return seedingOf(body);
    if (asked === 0) onWait();
    await pause(interval);
  }
}

/** What GET /ready answers; undefined while the subgraph is not ready, or cannot be reached. */
async function askReady(url: string): Promise<object | undefined> {
  try {
    const response = await fetch(new URL('ready', url), { signal: AbortSignal.timeout(2_000) });
    const body: unknown = await response.json();
    return response.ok && typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function seedingOf(body: object): Seeding | undefined {
  const { asOf, seededAt } = Object('seeding' in body ? body.seeding : undefined);
  return typeof asOf === 'string' && typeof seededAt === 'string' ? { asOf, seededAt } : undefined;
}
