import { startOfChanges, type LoggedChange } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { doctor, openWriting, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'));
});
afterAll(() => writing.database.close());

const change = (seq: number, type: string, id: string, payload: object): LoggedChange => ({
  position: `${seq}-${seq}`,
  at: '2024-05-12T09:00:00+08:00',
  type,
  id,
  kind: 'UPDATED',
  residentId: null,
  payload: { ...payload },
});

const reached = new Map<string, string>();
/** Delivers changes of a subgraph, each page after the last. */
async function deliver(source: string, ...changes: readonly LoggedChange[]): Promise<void> {
  const after = reached.get(source) ?? startOfChanges;
  const position = changes.at(-1)?.position ?? after;
  await writing.subgraph.takeIn({ source, after, changes, position, businessTime: '2024-05-12T10:00:00+08:00' });
  reached.set(source, position);
}

test('where contracts are signed is what institutions and personnel tell, and an older change never overwrites a newer one', async () => {
  const members = [{ practitionerId: 'pr_NEW', duty: 'FAMILY_DOCTOR', from: '2024-01-01', to: null }];
  const team = { institutionId: 'in_NEW', guidanceGroupId: 'gg_NEW', leaderId: 'pr_NEW', members, capacity: 2000 };
  const group = {
    institutionId: 'in_LEAD',
    departmentIds: ['de_1', 'de_2', 'de_3'],
    specialistIds: ['pr_1', 'pr_2', 'pr_3', 'pr_4'],
    contractOffices: 1,
    assignedTownCodes: ['320322108'],
  };
  const hospital = { class: 'C210', tier: 'TOWNSHIP', level: 'L1', status: 'ACTIVE', regionCode: '320322108' };
  await deliver('institutions', change(5, 'Institution', 'in_NEW', { ...hospital, parentInstitutionId: null }));
  await deliver(
    'personnel',
    change(5, 'FamilyDoctorTeam', 'tm_NEW', team),
    change(6, 'TechnicalGuidanceGroup', 'gg_NEW', group),
  );
  await writing.addResidents({ id: 'rs_0000000000N1' }, { id: 'rs_0000000000N2' });
  const caller = { ...doctor.caller, institutionId: 'in_NEW', practitionerId: 'pr_NEW' };
  const sign = async (residentId: string) => {
    const input = { residentId, teamId: 'tm_NEW', familyDoctorId: 'pr_NEW', channel: 'PAPER' };
    return (await writing.write('signContract', input, { caller }))['errors'];
  };
  expect(await sign('rs_0000000000N1')).toEqual([]);

  await deliver('institutions', change(9, 'Institution', 'in_NEW', { ...hospital, status: 'CLOSED' }));
  await deliver('personnel', change(9, 'TechnicalGuidanceGroup', 'gg_NEW', { ...group, contractOffices: 0 }));
  await deliver('institutions', { ...change(10, 'Institution', 'in_NEW', hospital), position: '10-7' });
  await deliver('personnel', { ...change(10, 'TechnicalGuidanceGroup', 'gg_NEW', group), position: '10-8' });
  expect(await sign('rs_0000000000N2')).toEqual(['VALIDATION_FAILED teamId', 'STRUCTURE_INCOMPLETE teamId']);
});
