import { expect, test } from 'vitest';
import type { ReferralDirection, ReferralScope, Urgency } from '../schema-types.ts';
import { needsOutOfCountyApproval, referralScope } from './referral-scope.ts';

const end = (countyCode: string | null, ...activeAllianceIds: string[]) => ({ countyCode, activeAllianceIds });

test('a shared alliance, else a shared county, else out of the county', () => {
  expect([
    referralScope(end('990322', 'al_A', 'al_B'), end('990322', 'al_B')),
    referralScope(end('990322', 'al_A'), end(null, 'al_A')),
    referralScope(end('990322', 'al_A'), end('990322', 'al_B')),
    referralScope(end('990322'), end('990322')),
    referralScope(end('990322', 'al_A'), end('990323', 'al_B')),
    referralScope(end('990322'), end(null)),
    referralScope(end(null), end(null)),
  ]).toEqual([
    'INTRA_ALLIANCE',
    'INTRA_ALLIANCE',
    'INTER_ALLIANCE',
    'INTER_ALLIANCE',
    'OUT_OF_COUNTY',
    'OUT_OF_COUNTY',
    'OUT_OF_COUNTY',
  ]);
});

test('only out of the county, without emergency and green channel, the county office approves', () => {
  const needed = (scope: ReferralScope, urgency: Urgency, greenChannel: boolean, direction: ReferralDirection = 'UP') =>
    needsOutOfCountyApproval({ direction, scope, urgency, greenChannel });
  expect([
    needed('OUT_OF_COUNTY', 'ROUTINE', false),
    needed('OUT_OF_COUNTY', 'URGENT', false),
    needed('OUT_OF_COUNTY', 'EMERGENCY', false),
    needed('OUT_OF_COUNTY', 'URGENT', true),
    needed('INTER_ALLIANCE', 'ROUTINE', false),
    needed('INTRA_ALLIANCE', 'ROUTINE', false),
    needed('OUT_OF_COUNTY', 'ROUTINE', false, 'LATERAL'),
    needed('OUT_OF_COUNTY', 'ROUTINE', false, 'DOWN'),
  ]).toEqual([true, true, false, false, false, false, true, false]);
});
