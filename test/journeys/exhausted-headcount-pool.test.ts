import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { al_pei_1: alliance, in_pei_1: hospital, in_pei_longgu: town } = personaIds;

test('a headcount pool runs out, gets a post back from who leaves, and gives it to the next', async () => {
  const manager = journey.as('alliance-manager');
  journey.travelTo('2025-01-06T09:00:00+08:00');
  const pool = async () => {
    const { alliance: read } = await manager.asks(
      `{ alliance(id: "${alliance}") { headcountPool { id year approved allocated available allocations { id status practitioner { id } } } } }`,
    );
    const { allocations, ...figures } = Object(read).headcountPool;
    return { ...figures, active: allocations.filter(({ status }: { status: string }) => status === 'ACTIVE').length };
  };
  const staff = async (kind: string) => {
    const { practitioners } = await manager.asks(
      `{ practitioners(first: 200, where: { primaryInstitutionId: { eq: "${hospital}" }, category: { eq: PHYSICIAN }, status: { eq: ACTIVE } }) { nodes { id employment { kind } } } }`,
    );
    return Object(practitioners)
      .nodes.filter(({ employment }: { employment: { kind: string } }) => employment.kind === kind)
      .map(({ id }: { id: string }) => id);
  };
  const before = await pool();
  expect(before).toEqual({
    id: expect.stringMatching(/^hp_/),
    year: 2024,
    approved: 63,
    allocated: 58,
    available: 5,
    active: 58,
  });
  const candidates = await staff('CONTRACT');
  const [established] = await staff('ESTABLISHED');

  const post = (practitionerId: string, more: object = {}) => ({
    poolId: before.id,
    practitionerId,
    mode: 'COUNTY_HIRED_TOWNSHIP_USED',
    hiredById: hospital,
    usedAtId: town,
    from: '2025-01-06',
    to: '2027-01-05',
    ...more,
  });
  const given =
    'headcountAllocation { id status practitioner { id employment { kind from to hiredBy { id } usedAt { id name } } } }';
  const isRefused = (practitionerId: string, more: object = {}, persona = 'alliance-manager') =>
    journey.as(persona).isRefused('allocateHeadcount', post(practitionerId, more));

  expect(await isRefused(candidates[0], {}, 'hospital-manager')).toEqual(['FORBIDDEN input.poolId']);
  expect(await isRefused(candidates[0], { usedAtId: hospital })).toEqual(['MODE_MISMATCH input.usedAtId']);
  expect(await isRefused(candidates[0], { hiredById: town })).toEqual(['MODE_MISMATCH input.hiredById']);
  expect(await isRefused(candidates[0], { to: '2027-01-04' })).toEqual(['VALIDATION_FAILED input.to']);
  expect(await isRefused(candidates[0], { from: '2025-01-05' })).toEqual(['VALIDATION_FAILED input.from']);
  expect(await isRefused(established)).toEqual(['VALIDATION_FAILED input.practitionerId']);
  expect(await pool()).toEqual(before);

  // Seven ask at once for the five posts that are left.
  const asked = await Promise.all(
    candidates.slice(0, 7).map(async (id: string) => {
      const query = `mutation ($input: AllocateHeadcountInput!) { allocateHeadcount(input: $input) { ok errors { code path } ${given} } }`;
      const { allocateHeadcount: told } = await manager.asks(query, { input: post(id) });
      return { practitionerId: id, ...Object(told) };
    }),
  );
  const won = asked.filter(({ ok }) => ok);
  const lost = asked.filter(({ ok }) => !ok);
  expect(won.map(({ practitionerId, headcountAllocation }) => ({ practitionerId, headcountAllocation }))).toEqual(
    won.map(({ practitionerId }) => ({
      practitionerId,
      headcountAllocation: {
        id: expect.stringMatching(/^ha_/),
        status: 'ACTIVE',
        practitioner: {
          id: practitionerId,
          employment: {
            kind: 'POOL',
            from: '2025-01-06',
            to: '2027-01-05',
            hiredBy: { id: hospital },
            usedAt: { id: town, name: '龙固镇中心卫生院（示例）' },
          },
        },
      },
    })),
  );
  expect(lost.map(({ errors, headcountAllocation }) => ({ errors, headcountAllocation }))).toEqual([
    { errors: [{ code: 'POOL_EXHAUSTED', path: ['input'] }], headcountAllocation: null },
    { errors: [{ code: 'POOL_EXHAUSTED', path: ['input'] }], headcountAllocation: null },
  ]);
  const full = { ...before, allocated: 63, available: 0, active: 63 };
  expect(await pool()).toEqual(full);

  const employmentOf = async (id: string) => {
    const { practitioner } = await manager.asks(
      `{ practitioner(id: "${id}") { employment { kind from to hiredBy { id } usedAt { id } } } }`,
    );
    return Object(practitioner).employment;
  };
  const [next] = lost.map(({ practitionerId }) => practitionerId);
  expect(await employmentOf(next)).toMatchObject({ kind: 'CONTRACT' });

  const [{ practitionerId: leaverId, headcountAllocation }] = won as [(typeof won)[0]];
  const release = { id: headcountAllocation.id, releasedOn: '2025-03-31', reason: 'back to the hospital', version: 1 };
  journey.travelTo('2025-03-30T17:00:00+08:00');
  expect(await manager.isRefused('releaseHeadcount', release)).toEqual(['VALIDATION_FAILED input.releasedOn']);
  journey.travelTo('2025-03-31T17:00:00+08:00');
  expect(await journey.as('hospital-manager').isRefused('releaseHeadcount', release)).toEqual(['FORBIDDEN input.id']);
  expect(await pool()).toEqual(full);
  const released = await manager.does('releaseHeadcount', release, 'headcountAllocation { status from to version }');
  expect(released['headcountAllocation']).toEqual({
    status: 'RELEASED',
    from: '2025-01-06',
    to: '2025-03-31',
    version: 2,
  });
  expect(await manager.isRefused('releaseHeadcount', { ...release, version: 2 })).toEqual(['INVALID_TRANSITION input']);
  expect(await pool()).toEqual({ ...full, allocated: 62, available: 1, active: 62 });
  // Who gives the post back stays with who hired, employed as before.
  expect(await employmentOf(leaverId)).toEqual({
    kind: 'CONTRACT',
    from: '2025-04-01',
    to: null,
    hiredBy: { id: hospital },
    usedAt: { id: hospital },
  });

  await manager.does('allocateHeadcount', post(next, { from: '2025-04-01', to: null }), given);
  expect(await employmentOf(next)).toEqual({
    kind: 'POOL',
    from: '2025-04-01',
    to: null,
    hiredBy: { id: hospital },
    usedAt: { id: town },
  });
  expect(await isRefused(leaverId, { from: '2025-04-01', to: null })).toEqual(['POOL_EXHAUSTED input']);
  expect(await pool()).toEqual(full);
});
