import type { Caller } from '@hutong/schema';
import type { SQL } from 'drizzle-orm';
import type { Change } from '../changes/changes.ts';
import type { RequestClock } from '../clock.ts';
import type { Db } from '../database/open-database.ts';

/** A drizzle transaction. */
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0];

/** A change of status, for the history (domain.md §2.0). */
export interface StatusStep {
  /** GraphQL type name. */
  readonly type: string;
  /** Public id. */
  readonly id: string;
  readonly residentId?: string;
  /** Null for what has just been made. */
  readonly from: string | null;
  readonly to: string;
  readonly reason?: string | null | undefined;
}

/** What a write works with, inside its one transaction. */
export interface Write {
  readonly tx: Transaction;
  readonly caller: Caller;
  readonly clock: RequestClock;
  /** Whether generated persons may be registered, as in the demo (domain.md 8.1). */
  readonly allowSynthetic: boolean;
  /** Seals a text for an `encrypted()` column; throws where there is no key ring. */
  readonly seal: (text: string) => SQL;
  /** Opens what an `encrypted()` column holds, to compare it; throws where there is no key ring. */
  readonly open: (sealed: Uint8Array) => string;
  /** Hash by which a sealed text is looked up. */
  readonly keyedHash: (text: string) => string;
  /** Tells the change log; written before the commit, in the order told. */
  readonly change: (change: Change) => void;
  /** Tells the history of a status. */
  readonly step: (step: StatusStep) => void;
}
