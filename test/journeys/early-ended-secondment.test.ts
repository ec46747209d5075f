import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const { al_pei_1: alliance, in_pei_1: hospital } = personaIds;

interface Place {
  readonly tier: string;
  readonly secondmentsIn: { readonly totalCount: number };
}

interface Figures {
  readonly total: number;
  readonly compliant: number;
  readonly overSixMonths: number;
  readonly institutionsCovered: number;
}

test('a mid-title physician sent for 18 months counts, until the secondment ends early', async () => {
  const manager = journey.as('hospital-manager');
  const commission = journey.as('health-commission');
  journey.travelTo('2025-01-06T09:00:00+08:00');

  const compliance = async (period: string) => {
    const { region, alliance: inside } = await commission.asks(
      `query ($period: String!) { region: secondmentCompliance(kind: LEAD_TO_MEMBER, regionCode: "320322", period: $period) { total compliant overSixMonths institutionsCovered }
        alliance(id: "${alliance}") { secondmentCompliance(period: $period) { total compliant overSixMonths institutionsCovered } } }`,
      { period },
    );
    return [Object(region), Object(inside).secondmentCompliance];
  };
  const { alliance: members } = await commission.asks(
    `{ alliance(id: "${alliance}") { memberships { institution { id name tier secondmentsIn { totalCount } } } } }`,
  );
  const { id: town, name: townName } = Object(members)
    .memberships.map(({ institution }: { institution: object }) => institution)
    .find((each: Place) => each.tier === 'TOWNSHIP' && each.secondmentsIn.totalCount === 0);
  const { practitioners } = await manager.asks(
    `{ practitioners(first: 40, where: { primaryInstitutionId: { eq: "${hospital}" }, category: { eq: PHYSICIAN }, status: { eq: ACTIVE } }) { nodes { id titleLevel secondments { id } } } }`,
  );
  const free = Object(practitioners).nodes.filter(({ secondments }: { secondments: [] }) => secondments.length === 0);
  const withTitle = (level: string) => free.find(({ titleLevel }: { titleLevel: string }) => titleLevel === level).id;
  const [physicianId, juniorId] = [withTitle('MID'), withTitle('JUNIOR')];
  const [before, nextYearBefore] = [await compliance('2025'), await compliance('2026')];
  const withMore = (figures: readonly Figures[], more: Partial<Figures>) =>
    figures.map((each) => ({
      ...each,
      total: each.total + (more.total ?? 0),
      compliant: each.compliant + (more.compliant ?? 0),
      overSixMonths: each.overSixMonths + (more.overSixMonths ?? 0),
      institutionsCovered: each.institutionsCovered + (more.institutionsCovered ?? 0),
    }));

  const sending = {
    practitionerId: physicianId,
    kind: 'LEAD_TO_MEMBER',
    fromId: hospital,
    toId: town,
    startOn: '2025-01-06',
    plannedEndOn: '2026-07-05',
    fullTime: true,
    purpose: 'TECHNICAL',
    objectives: ['thrombolysis within an hour'],
  };
  const isRefused = (more: object, persona = 'hospital-manager') =>
    journey.as(persona).isRefused('createSecondment', { ...sending, ...more });
  expect(await isRefused({}, 'family-doctor')).toEqual(['FORBIDDEN input.fromId']);
  expect(await isRefused({ fromId: town, toId: hospital }, 'health-commission')).toEqual([
    'VALIDATION_FAILED input.practitionerId',
    'MODE_MISMATCH input.fromId',
    'MODE_MISMATCH input.toId',
  ]);
  expect(await isRefused({ startOn: '2025-01-05' })).toEqual(['VALIDATION_FAILED input.startOn']);
  expect(await isRefused({ fullTime: false })).toEqual(['VALIDATION_FAILED input.daysPerWeek']);
  expect(await compliance('2025')).toEqual(before);

  const selection = `secondment { id compliant overSixMonths titleLevelAtStart startOn plannedEndOn actualEndOn version alliance { id }
    from { id name level } to { id name level } practitioner { id } }`;
  const sent = await manager.does('createSecondment', sending, selection);
  const running = {
    id: expect.stringMatching(/^sd_/),
    compliant: true,
    overSixMonths: true,
    titleLevelAtStart: 'MID',
    startOn: '2025-01-06',
    plannedEndOn: '2026-07-05',
    actualEndOn: null,
    version: 1,
    alliance: { id: alliance },
    from: { id: hospital, name: '沛县人民医院（示例）', level: 'L2' },
    to: { id: town, name: townName, level: 'L9' },
    practitioner: { id: physicianId },
  };
  expect(sent['secondment']).toEqual(running);
  expect(await isRefused({})).toEqual(['SCHEDULE_CONFLICT input.startOn']);
  // One with a lower title runs beside it, and does not count.
  const junior = await manager.does(
    'createSecondment',
    { ...sending, practitionerId: juniorId },
    'secondment { compliant overSixMonths titleLevelAtStart }',
  );
  expect(junior['secondment']).toEqual({ compliant: false, overSixMonths: false, titleLevelAtStart: 'JUNIOR' });
  // Nobody had been sent to this town before.
  const counted = { total: 2, compliant: 1, overSixMonths: 1, institutionsCovered: 1 };
  expect(await compliance('2025')).toEqual(withMore(before, counted));
  expect(await compliance('2026')).toEqual(withMore(nextYearBefore, counted));

  const { id } = Object(sent['secondment']);
  const end = {
    id,
    actualEndOn: '2025-08-31',
    reason: 'needed in the stroke centre',
    outcomes: [{ technique: 'thrombolysis', peopleTrained: 4 }],
    version: 1,
  };
  journey.travelTo('2025-08-30T17:00:00+08:00');
  expect(await manager.isRefused('endSecondment', end)).toEqual(['VALIDATION_FAILED input.actualEndOn']);
  journey.travelTo('2025-08-31T17:00:00+08:00');
  expect(await journey.as('family-doctor').isRefused('endSecondment', end)).toEqual(['FORBIDDEN input.id']);
  expect(await manager.isRefused('endSecondment', { ...end, version: 2 })).toEqual(['VERSION_CONFLICT input.version']);
  const ended = await manager.does(
    'endSecondment',
    end,
    `${selection.slice(0, -1)} outcomes { technique peopleTrained } }`,
  );
  expect(ended['secondment']).toEqual({
    ...running,
    compliant: false,
    actualEndOn: '2025-08-31',
    version: 2,
    outcomes: [{ technique: 'thrombolysis', peopleTrained: 4 }],
  });
  expect(await manager.isRefused('endSecondment', { ...end, version: 2 })).toEqual(['INVALID_TRANSITION input']);
  // Seven months and 26 days still count for the six-month indicator, not for the target; and in 2026 there is only the junior.
  expect(await compliance('2025')).toEqual(withMore(before, { total: 2, overSixMonths: 1 }));
  expect(await compliance('2026')).toEqual(withMore(nextYearBefore, { total: 1 }));

  const { institution } = await commission.asks(
    `{ institution(id: "${town}") { name secondmentsIn(where: { practitionerId: { eq: "${physicianId}" } }) {
      nodes { id compliant actualEndOn practitioner { titleLevel primaryInstitution { id name } } } } } }`,
  );
  expect(institution).toEqual({
    name: townName,
    secondmentsIn: {
      nodes: [
        {
          id,
          compliant: false,
          actualEndOn: '2025-08-31',
          practitioner: {
            titleLevel: 'MID',
            primaryInstitution: { id: hospital, name: '沛县人民医院（示例）' },
          },
        },
      ],
    },
  });

  // From the day after, the physician may be sent again.
  journey.travelTo('2025-09-01T09:00:00+08:00');
  const again = { ...sending, startOn: '2025-09-01', plannedEndOn: '2027-02-28' };
  const second = await manager.does('createSecondment', again, 'secondment { compliant }');
  expect(second['secondment']).toEqual({ compliant: true });
});
