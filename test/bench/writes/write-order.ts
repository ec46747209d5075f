import type { generateCallerKeys } from '@hutong/schema';
import type { RegionPlace } from '../../world.ts';

/** Business time at which the writing begins: an afternoon of the last day of the generated data. */
export const beginning = '2024-12-31T14:00:00+08:00';

/** What the process of a gateway is sent: where the data are, and who calls. */
export interface WriteOrder {
  readonly region: RegionPlace;
  /** Institutions whose staff call, each as a persona of that name. */
  readonly institutionIds: readonly string[];
  /** Where the subgraphs are, when they are servers of their own. */
  readonly distributed?: {
    readonly urls: Readonly<Record<string, string>>;
    readonly privateKey: Awaited<ReturnType<typeof generateCallerKeys>>['privateKey'];
  };
}
