import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

const { in_pei_longgu: town, pr_demo_gp: gp, rs_demo_wang: wang } = personaIds;
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const patience = { timeout: 20_000, interval: 200 };

test('a person registered twice is found, merged and split again, and nothing is written in the retired record meanwhile', async () => {
  const doctor = journey.as('family-doctor');
  journey.travelTo('2025-01-06T12:00:00+08:00');
  const { resident: neighbour } = await doctor.asks(
    `{ resident(id: "${wang}") { region { code } contract(at: "2024-12-31") { team { id } } } }`,
  );
  const { region, contract } = Object(neighbour);
  const place = { institutionId: town };
  const person = {
    ...place,
    name: '孙某',
    sex: 'MALE',
    birthDate: '1961-02-03',
    regionCode: region.code,
    residentType: '1',
    content: { phone: '13900007777' },
  };
  const register = async (more: object = {}): Promise<string> =>
    Object((await doctor.does('registerResident', { ...person, ...more }, 'resident { id }'))['resident']).id;

  // The second desk gets the first record as a candidate, is sure that it is somebody else, and errs: no record is merged unseen.
  const first = await register();
  const again = { ...person, content: { phone: '139 0000 7777' } };
  const refused = await doctor.sends('registerResident', again, 'candidates { id }');
  expect(Object(refused.data).told).toMatchObject({
    ok: false,
    errors: [{ code: 'VALIDATION_FAILED', path: ['input', 'confirmedNew'] }],
    candidates: [{ id: first }],
  });
  const second = await register({ confirmedNew: true });

  // Both records are used: a contract and an examination in one, a chronic disease in the other.
  const exam = {
    ...place,
    kind: 'PACKAGE',
    at: '2025-01-06T09:00:00+08:00',
    results: [{ item: '身高', value: '170' }],
  };
  await doctor.does('recordHealthExam', { ...exam, residentId: first }, 'healthExam { id }');
  await doctor.does('enrolChronic', { ...place, residentId: second, disease: 'HTN' }, 'chronicEnrollment { id }');

  // The mistake is seen: the second record is merged into the first, which shows what happened in both.
  const merger = { residentId: second, survivingId: first, reason: '同一人重复建档' };
  const { residentLink } = await doctor.does('mergeResidents', merger, 'residentLink { id version }');
  const { id: linkId, version } = Object(residentLink);
  const timelineOf = async (id: string) => {
    const { resident } = await doctor.asks(
      `{ resident(id: "${id}") { id healthRecord { timeline { kind entryId } } } }`,
    );
    const { id: shown, healthRecord } = Object(resident);
    return [shown, healthRecord.timeline.map(({ entryId }: { readonly entryId: string }) => entryId).toSorted()];
  };
  const [examId, chronicId] = [`he_${first.slice(3)}_1`, `ce_${second.slice(3)}_1`];
  expect(await timelineOf(first)).toEqual([first, [chronicId, examId]]);
  expect(await timelineOf(second)).toEqual([first, [chronicId, examId]]);

  // Whoever still has the old id is sent to the record that stands for it: here at once, in the hospitals a moment later.
  const terms = { teamId: contract.team.id, familyDoctorId: gp, channel: 'PAPER' };
  const signing = { ...terms, residentId: second };
  const visit = { ...place, class: 'OUTPATIENT', startedAt: '2025-01-06T10:00:00+08:00', residentId: second };
  const sentOn = async (mutation: string, input: object) => {
    const answer = await doctor.sends(mutation, input);
    const [error] = Object(answer.data).told.errors;
    expect(error).toMatchObject({ code: 'INVALID_TRANSITION', path: ['input', 'residentId'] });
    expect(error.message).toContain(first);
  };
  await sentOn('signContract', signing);
  await sentOn('recordHealthExam', { ...exam, residentId: second });
  await vi.waitFor(() => sentOn('recordEncounter', visit), patience);

  // They were two people after all: the merger is undone, each has its own record again, and both can be written in.
  await doctor.does(
    'unmergeResidents',
    { id: linkId, reason: '经核实并非同一人', version },
    'residentLink { endedAt }',
  );
  expect(await timelineOf(first)).toEqual([first, [examId]]);
  expect(await timelineOf(second)).toEqual([second, [chronicId]]);
  await doctor.does('signContract', signing, 'serviceContract { id }');
  await vi.waitFor(() => doctor.does('recordEncounter', visit, 'encounter { id }'), patience);
});
