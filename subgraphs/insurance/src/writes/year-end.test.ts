import { benefitPlansOf } from '@hutong/synthetic';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { capitationBudget } from '../rules/surplus.ts';
import { allianceBudgets, capitationPlans, designatedProviders } from '../tables/payment.ts';
import { contractProjections, institutionProjections, memberProjections } from '../tables/projection.ts';
import { bureau, openWriting, serviceLine, township, visitOf, type Writing } from '../sample-writing.ts';

let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(inject('databaseServer'), benefitPlansOf('3203', 2024));
});
afterAll(() => writing.database.close());

const nextYear = { ...bureau, businessTime: '2025-02-01T09:00:00+08:00' };
const bands = [
  { band: '0-6', count: 700, factor: '1.2' },
  { band: '7-17', count: 1200, factor: '0.6' },
  { band: '18-44', count: 3600, factor: '0.7' },
  { band: '45-59', count: 2300, factor: '1.0' },
  { band: '60+', count: 2200, factor: '1.8' },
];

let evaluations = 0;
/** An evaluation that public health tells of. */
async function evaluate(subjectType: string, subjectId: string, total: string | null, status = 'PUBLISHED') {
  evaluations += 1;
  const kind = subjectType === 'ALLIANCE' ? 'ALLIANCE' : 'ROUTINE';
  const payload = { subjectType, subjectId, period: '2024', kind, total, grade: null, status, version: 1 };
  const change = { type: 'Evaluation', id: `ev_${subjectId}_${evaluations}`, payload, at: '2025-01-20T09:00:00+08:00' };
  await writing.deliver('public-health', change);
}

/** A resident with a visit that cost the fund this much, in a month, living in a township. */
async function spend(fund: string, { month = '06', home = '320322104', level = 'T' as const } = {}): Promise<string> {
  const residentId = await writing.insure({ homeRegionCode: home });
  const visit = visitOf(residentId, level, [serviceLine('A', '100')], { serviceDate: `2024-${month}-15` });
  expect((await writing.write('settleClaim', visit))['errors']).toEqual([]);
  await writing.rows(`update claims set fund_basic = $2::text::numeric where resident_id = $1`, residentId, fund);
  return residentId;
}

describe('a year of payment by head', () => {
  let institutions = 0;
  /** An institution whose 10,000 enrolled have cost this much, with a plan by TV-21. */
  async function enrolled(actual: string, quality: string | null): Promise<string> {
    institutions += 1;
    const institutionId = `in_CAP${institutions}`;
    const providerCode = `H3203220010${institutions}`;
    const provider = { providerCode, institutionId, regionCode: '320322', paymentMethods: [], updatedAt: '2024-01-01' };
    await writing.database.db.insert(designatedProviders).values(provider);
    await writing.database.db.insert(capitationPlans).values({
      id: `cn_${institutions}`,
      providerCode,
      institutionId,
      year: 2024,
      baseRate: '150.00',
      prepayRatio: '0.90',
      ageFactors: bands.map(({ band, factor }) => ({ band, factor })),
      enrolled: bands.map(({ band, count }) => ({ band, count })),
      ...capitationBudget({ baseRate: '150.00', prepayRatio: '0.90', bands }),
    });
    const residentId = await spend(actual);
    const contract = { residentId, no: 1, institutionId, teamId: 'tm_1', familyDoctorId: 'pr_1', seq: 0, states: [] };
    const dates = { validFrom: '2023-09-01', validTo: '2024-08-31' };
    await writing.database.db.insert(contractProjections).values({ ...contract, ...dates, status: 'EXPIRED' });
    if (quality !== null) await evaluate('INSTITUTION', institutionId, quality);
    return institutionId;
  }
  const select = 'capitationPlan { actual qualityScore surplus retained insurerBears closedAt version }';
  async function close(institutionId: string, asking: object = nextYear): Promise<string> {
    const answer = await writing.write('closeCapitationYear', { institutionId, year: 2024 }, { select, ...asking });
    const { actual, surplus, retained, insurerBears } = Object(answer['capitationPlan']);
    return [...Object(answer['errors']), actual, surplus, retained, insurerBears].join(' ').trim();
  }

  test('TV-21 is paid in advance month by month, each once', async () => {
    const institutionId = await enrolled('0', '86');
    const paid = { institutionId, month: '2024-03' };
    const asking = { select: 'capitationPrepayment { month amount plan { budget } }', ...bureau };
    expect(await writing.write('prepayCapitation', paid, asking)).toEqual({
      ok: true,
      errors: [],
      capitationPrepayment: { month: '2024-03', amount: '116325.00', plan: { budget: '1551000.00' } },
    });
    const errorsOf = async (input: object, who: object = bureau) =>
      (await writing.write('prepayCapitation', { ...paid, ...input }, who))['errors'];
    expect(await errorsOf({})).toEqual(['INVALID_TRANSITION month']);
    expect(await errorsOf({ month: '2024-04' }, township)).toEqual(['FORBIDDEN institutionId']);
    expect(await errorsOf({ month: '2025-01' })).toEqual(['VALIDATION_FAILED month']);
    expect(await errorsOf({ month: '2024-13' })).toEqual(['VALIDATION_FAILED month']);
    expect(await errorsOf({ month: '2023-12' })).toEqual(['NOT_FOUND month']);
    expect(await errorsOf({ institutionId: 'in_NOBODY' })).toEqual(['NOT_FOUND institutionId']);
    const both = await Promise.all([errorsOf({ month: '2024-05' }), errorsOf({ month: '2024-05' })]);
    expect(both.flat()).toEqual(['INVALID_TRANSITION month']);
    expect(await close(institutionId)).toBe('0.00 1551000.00 1240800.00 0.00');
    expect(await errorsOf({ month: '2024-06' })).toEqual(['INVALID_TRANSITION month']);
  });

  test.each([
    ['TV-22', 'a surplus is kept to 80 %', '1480000', '86', '1480000.00 71000.00 56800.00 0.00'],
    ['TV-23', 'half of a deficit is borne by the insurer', '1700000', '86', '1700000.00 -149000.00 0.00 74500.00'],
    ['TV-24', 'a deficit counts up to 10 % of the budget', '1900000', '86', '1900000.00 -349000.00 0.00 77550.00'],
    ['TV-25', 'below 80 the institution bears all', '1700000', '79.99', '1700000.00 -149000.00 0.00 0.00'],
  ])('%s %s', async (_vector, _case, actual, quality, result) => {
    const institutionId = await enrolled(actual, quality);
    expect(await close(institutionId)).toBe(result);
    expect(await close(institutionId)).toBe('INVALID_TRANSITION year');
  });

  test('waits for its end and for the evaluation, whose newest total counts; stays and visits after the contract do not', async () => {
    const institutionId = await enrolled('1480000', null);
    expect(await close(institutionId, bureau)).toBe('VALIDATION_FAILED year');
    expect(await close(institutionId, { ...nextYear, ...township })).toBe('FORBIDDEN institutionId');
    expect(await close(institutionId)).toBe('VALIDATION_FAILED year');
    await evaluate('INSTITUTION', institutionId, null);
    await evaluate('INSTITUTION', institutionId, '95', 'SUPERSEDED');
    expect(await close(institutionId)).toBe('VALIDATION_FAILED year');
    await evaluate('INSTITUTION', institutionId, '50');
    await evaluate('INSTITUTION', institutionId, '92.5');
    const rows = `update claims set service_date = '2024-09-15' where fund_basic = 1480000.00`;
    await writing.rows(rows);
    expect(await close(institutionId)).toBe('0.00 1551000.00 1551000.00 0.00');
  });
});

describe('a year of an alliance’s budget', () => {
  const zero = { spentInside: '0', spentOutside: '0', surplus: '0', retained: '0' };
  const noSplit = { splitLead: '0', splitTownship: '0', splitVillage: '0' };
  const select = `allianceBudget { spentInside spentOutside surplus retained qualityScore split { lead township village }
    shares { institution { providerCode } part weight amount } version }`;
  const close = (asking: object = nextYear) =>
    writing.write('closeAllianceYear', { allianceId: 'al_ONE', year: 2024 }, { select, ...asking });

  test('TV-34 keeps 80 % of a surplus, split among lead, townships and villages, inside them by performance weight', async () => {
    const { db } = writing.database;
    const budget = { allianceId: 'al_ONE', year: 2024, population: 1, budget: '86000000.00', ...zero, ...noSplit };
    await db.insert(allianceBudgets).values(budget);
    const provider = { regionCode: '320322', paymentMethods: [], updatedAt: '2024-01-01' };
    await db.insert(designatedProviders).values([
      { ...provider, providerCode: 'H32032200021', institutionId: 'in_T2', level: 'T' },
      { ...provider, providerCode: 'H32032200022', institutionId: 'in_V2', level: 'V' },
    ]);
    await db.insert(institutionProjections).values([
      { id: 'in_C', status: 'ACTIVE', regionCode: '320322100', seq: 0 },
      { id: 'in_V', status: 'ACTIVE', regionCode: '320322801001', seq: 0 },
      { id: 'in_V2', status: 'ACTIVE', regionCode: '320322801002', seq: 0 },
      { id: 'in_T2', status: 'ACTIVE', regionCode: '320322801', seq: 0 },
    ]);
    for (const [institutionId, role] of [
      ['in_C', 'LEAD'],
      ['in_T', 'MEMBER'],
      ['in_T2', 'MEMBER'],
    ]) {
      const payload = { allianceId: 'al_ONE', institutionId, role, joinedOn: '2023-01-01', leftOn: null };
      const change = {
        type: 'AllianceMembership',
        id: `am_${institutionId}`,
        payload,
        at: '2023-01-01T09:00:00+08:00',
      };
      await writing.deliver('institutions', change);
    }
    expect((await db.select().from(memberProjections)).length).toBe(3);
    await writing.rows(`update coverages set home_region_code = '320322999'`);
    await writing.rows(`update claims set home_region_code = '320322999'`);
    await spend('80000000');
    await spend('2500000', { home: '320322801' });
    await writing.insure({ homeRegionCode: '320322801' });
    await writing.rows(`update claims set provider_code = 'H32032200004' where fund_basic = 2500000`);
    await evaluate('INSTITUTION', 'in_T', '91.2');

    expect((await close())['errors']).toEqual(['VALIDATION_FAILED year']);
    await evaluate('ALLIANCE', 'al_ONE', '88');
    await evaluate('INSTITUTION', 'in_T2', '83.5');
    expect((await close({ ...nextYear, ...township }))['errors']).toEqual(['FORBIDDEN allianceId']);
    expect((await close(bureau))['errors']).toEqual(['VALIDATION_FAILED year']);
    const answer = await close();
    const share = (providerCode: string, part: string, weight: string, amount: string) => {
      return { institution: { providerCode }, part, weight, amount };
    };
    expect(answer).toEqual({
      ok: true,
      errors: [],
      allianceBudget: {
        spentInside: '80000000.00',
        spentOutside: '2500000.00',
        surplus: '3500000.00',
        retained: '2800000.00',
        qualityScore: '88.00',
        split: { lead: '1400000.00', township: '980000.00', village: '420000.00' },
        shares: [
          share('H32032200002', 'LEAD', '1', '1400000.00'),
          share('H32032200001', 'TOWNSHIP', '1.1', '347741.94'),
          share('H32032200021', 'TOWNSHIP', '2', '632258.06'),
          share('H32032200000', 'VILLAGE', '1', '210000.00'),
          share('H32032200022', 'VILLAGE', '1', '210000.00'),
        ],
        version: 2,
      },
    });
    expect((await close())['errors']).toEqual(['INVALID_TRANSITION year']);
    const unknown = await writing.write('closeAllianceYear', { allianceId: 'al_NONE', year: 2024 }, nextYear);
    expect(unknown['errors']).toEqual(['NOT_FOUND allianceId']);
  });
});

test('a merged record is refused with the one to use, until the merger is undone', async () => {
  const [retired, survivor] = [await writing.insure(), await writing.insure()];
  const link = async (holds: boolean, version: number) => {
    const payload = { residentId: retired, survivingId: survivor, holds, version };
    const id = `rl_${retired.slice(3)}_1`;
    await writing.deliver('public-health', { type: 'ResidentLink', id, payload, at: '2024-06-01T09:00:00+08:00' });
  };
  const attempts = async (residentId: string) => {
    const query = 'query ($input: SettleClaimInput!) { previewSettlement(input: $input) { errors { code message } } }';
    const input = visitOf(residentId, 'T', [serviceLine('A', '100')]);
    const { previewSettlement } = await writing.read(query, { input });
    const disease = { residentId, disease: 'HTN', institutionId: 'in_T', validFrom: '2024-06-15' };
    const filing = { residentId, toInstitutionId: 'in_O', from: '2024-06-15' };
    const inJune = { businessTime: '2024-06-15T09:00:00+08:00' };
    return [
      Object(previewSettlement).errors,
      (await writing.write('settleClaim', input))['errors'],
      (await writing.write('registerTwoDisease', disease, inJune))['errors'],
      (await writing.write('fileOutOfArea', filing, inJune))['errors'],
    ];
  };
  await link(true, 1);
  const refused = ['VALIDATION_FAILED residentId'];
  const message = `This record was merged; use ${survivor}.`;
  expect(await attempts(retired)).toEqual([[{ code: 'VALIDATION_FAILED', message }], refused, refused, refused]);
  expect(await attempts(survivor)).toEqual([[], [], [], []]);
  await link(false, 2);
  expect(await attempts(retired)).toEqual([[], [], [], []]);
});
