import type { Contestant, GatewayProcess, Place } from './contestant.ts';
import { startHive } from './start-hive.ts';
import { startOurs, startOwnProgram, startProbed } from './start-gateways.ts';

/** Our gateway is told by this whether equal requests in flight are sent to a subgraph once. */
const sharing = { off: { HUTONG_SHARE_IN_FLIGHT: '0' }, on: { HUTONG_SHARE_IN_FLIGHT: '1' } } as const;

async function startWith(
  { profileDirectory, ...place }: Place,
  env: Readonly<Record<string, string>>,
): Promise<GatewayProcess> {
  if (profileDirectory === undefined) return startOurs({ ...place, env });
  const probe = await startProbed({ ...place, env });
  return { ...probe, probe };
}

/** Who is compared, in the order of the table. */
export const contestants: readonly Contestant[] = [
  {
    name: 'apollo',
    requests: 'equal',
    start: ({ port, supergraphFile }) => startOwnProgram({ kind: 'apollo', port, supergraphFile }),
  },
  { name: 'hive', requests: 'equal', start: (place) => startHive(place, { dedup: false }) },
  { name: 'hive-dedup', requests: 'equal', start: (place) => startHive(place, { dedup: true }) },
  { name: 'ours', requests: 'equal', budget: 'alone', start: (place) => startWith(place, sharing.off) },
  { name: 'ours-sharing', requests: 'equal', budget: 'sharing', start: (place) => startWith(place, sharing.on) },
  { name: 'ours-distinct', requests: 'distinct', budget: 'alone', start: (place) => startWith(place, sharing.on) },
  {
    name: 'floor-fetches',
    requests: 'equal',
    start: async ({ port, recordings }) =>
      startOwnProgram({ kind: 'floor-fetches', port, recordings: await recordings() }),
  },
  {
    name: 'floor-apollo',
    requests: 'equal',
    start: async ({ port, supergraphFile, recordings }) =>
      startOwnProgram({ kind: 'floor-apollo', port, supergraphFile, recordings: await recordings() }),
  },
];
