import type { Caller } from '@hutong/schema';
import type { RequestClock } from '../clock.ts';

/** Work that a subgraph does by itself, on time; `W` is its set of mutations. */
export interface Job<W> {
  /** When, in five fields of crontab, UTC by the system's clock: `* * * * *` is every minute, `0 17 * * *` one o'clock at night in Shanghai. */
  readonly cron: string;
  readonly run: (write: W, clock: RequestClock) => Promise<unknown>;
}

/** The jobs of a subgraph by name. */
export type Jobs<W> = Readonly<Record<string, Job<W>>>;

/** Who runs jobs and takes in changes: the product itself. */
export const systemCaller: Caller = { id: 'system', kind: 'SERVICE', role: 'SYSTEM', regionCodes: [], scopes: [] };
