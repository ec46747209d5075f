import { expect, test } from 'vitest';
import { slotBooker } from './slot-booker.ts';

const served = [{ id: 'al_ONE', leadId: 'in_LEAD' }];

test('the lead hospital, a member, a stranger and the resident book in their own right', () => {
  expect([
    slotBooker({ id: 'in_LEAD', allianceIds: ['al_ONE'] }, served),
    slotBooker({ id: 'in_TOWN', allianceIds: ['al_OTHER', 'al_ONE'] }, served),
    slotBooker({ id: 'in_AWAY', allianceIds: ['al_OTHER'] }, served),
    slotBooker({ id: 'in_TOWN', allianceIds: ['al_ONE'] }, []),
    slotBooker(null, served),
  ]).toEqual(['LEAD_HOSPITAL', 'MEMBER', 'PUBLIC', 'PUBLIC', 'PUBLIC']);
});
