import { encodeOwnedId } from '@hutong/kit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { callerLike, databaseOf, startJourney, type Journey } from './journey.ts';

/** Somebody whose contract ends in March 2025, and with whom it was signed. */
interface Signed {
  readonly residentId: string;
  readonly contractId: string;
  readonly institutionId: string;
  readonly familyDoctorId: string;
  readonly validTo: string;
}

let signed: Signed;
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    callers: async (databases) => {
      signed = await signedUntilMarch(databases);
      const { institutionId, familyDoctorId } = signed;
      return [callerLike('family-doctor', 'township-doctor', { institutionId, practitionerId: familyDoctorId })];
    },
  });
});
afterAll(() => journey.close());

const patience = { timeout: 20_000, interval: 200 };

test('a visit is paid as the contract stands on its day: with it in March, without it in April, and checked again when it is renewed', async () => {
  const { residentId, contractId, institutionId } = signed;
  const doctor = journey.as('township-doctor');
  const bureau = journey.as('insurance-bureau');

  const { priceItems } = await bureau.asks('{ priceItems(first: 200) { nodes { code name } } }');
  const consultation = Object(priceItems).nodes.find(({ name }: { name: string }) => name === '普通门诊诊察费');

  /** A visit of so many yuan, all of them inside the policy's scope. */
  const visit = async (day: string, yuan: number) => {
    const at = `${day}T09:00:00+08:00`;
    journey.travelTo(at);
    const care = { residentId, institutionId, class: 'OUTPATIENT', startedAt: at };
    const { encounter } = await doctor.does('recordEncounter', care, 'encounter { id }');
    const item = { kind: 'SERVICE', itemCode: consultation.code, name: consultation.name, unitPrice: '10.00' };
    const lines = [{ ...item, quantity: String(yuan / 10), amount: `${yuan}.00` }];
    const what = { medicalCategory: '11', diagnoses: ['I10'], serviceDate: day, lines };
    return { residentId, institutionId, encounterId: Object(encounter).id, ...what };
  };
  const settle = async (bill: object) => {
    const { claim } = await doctor.does(
      'settleClaim',
      bill,
      'claim { id settlement { eligible fundBasic cash capRemainingBefore capRemainingAfter } }',
    );
    return Object(claim);
  };
  const cap = async () => {
    const { resident } = await bureau.asks(
      `{ resident(id: "${residentId}") { contractStatus outpatientCap(year: 2025) } }`,
    );
    return resident;
  };

  // 900 yuan at 60 % are 540: with a contract the year's cap is 700, not 400.
  const inMarch = await visit('2025-03-01', 900);
  expect(await cap()).toEqual({ contractStatus: 'ACTIVE', outpatientCap: '700.00' });
  expect(await settle(inMarch)).toMatchObject({
    settlement: {
      eligible: '900.00',
      fundBasic: '540.00',
      cash: '360.00',
      capRemainingBefore: '700.00',
      capRemainingAfter: '160.00',
    },
  });

  // The contract has ended: what is used is more than the cap of 400.
  const inApril = await visit('2025-04-02', 200);
  expect(await cap()).toEqual({ contractStatus: 'EXPIRED', outpatientCap: '400.00' });
  const unsigned = await settle(inApril);
  expect(unsigned).toMatchObject({ settlement: { fundBasic: '0.00', cash: '200.00', capRemainingBefore: '0.00' } });

  // At noon it is renewed, from this day on. Insurance learns it from the change log, and finds that the fund would have paid 120.
  journey.travelTo('2025-04-02T12:00:00+08:00');
  const { serviceContract } = await doctor.does(
    'renewContract',
    { id: contractId, channel: 'PAPER' },
    'serviceContract { id status validFrom renewedFrom { id status } }',
  );
  const renewed = Object(serviceContract);
  expect(renewed).toMatchObject({
    status: 'ACTIVE',
    validFrom: '2025-04-02',
    renewedFrom: { id: contractId, status: 'RENEWED' },
  });
  const found = async () => {
    const { claim, fundAlerts } = await bureau.asks(
      `{ claim(id: "${unsigned.id}") { status settlement { cash steps { code value } } }
        fundAlerts(where: { status: { eq: OPEN } }) { nodes { id rule claim { id } version } } }`,
    );
    const { status, settlement } = Object(claim);
    const alerts = Object(fundAlerts).nodes.filter((alert: never) => Object(alert).claim?.id === unsigned.id);
    return { status, cash: settlement.cash, last: settlement.steps.at(-1), alerts };
  };
  await vi.waitFor(
    async () =>
      expect(await found()).toEqual({
        status: 'SETTLED',
        cash: '200.00',
        last: { code: 'recheck', value: '-120.00' },
        alerts: [{ id: expect.stringMatching(/^fl_/), rule: 'CONTRACT_FACTS', claim: { id: unsigned.id }, version: 1 }],
      }),
    patience,
  );

  // Nothing paid was changed by itself: the bureau confirms, the township hospital voids and settles again.
  const [{ id: alertId }] = (await found()).alerts;
  await bureau.does(
    'reviewFundAlert',
    { id: alertId, status: 'CONFIRMED', reason: '应按签约支付' },
    'fundAlert { status }',
  );
  await doctor.does('voidClaim', { id: unsigned.id, reason: '签约信息后到' }, 'claim { status }');
  expect(await settle(inApril)).toMatchObject({
    settlement: { fundBasic: '120.00', cash: '80.00', capRemainingBefore: '160.00', capRemainingAfter: '40.00' },
  });
  expect(await settle(await visit('2025-04-03', 200))).toMatchObject({
    settlement: { fundBasic: '40.00', cash: '160.00', capRemainingAfter: '0.00' },
  });

  // What the two contracts brought is the whole increase of 300.
  const { old, next } = await bureau.asks(
    `{ old: contract(id: "${contractId}") { benefitUse { capIncreaseUsed } }
      next: contract(id: "${renewed.id}") { benefitUse { capIncreaseUsed } } }`,
  );
  expect([old, next]).toEqual([
    { benefitUse: { capIncreaseUsed: '140.00' } },
    { benefitUse: { capIncreaseUsed: '160.00' } },
  ]);
});

/** A resident of the county, insured as such, whose contract's last day is in March and whose doctor is still there. */
async function signedUntilMarch(databases: Journey['databases']): Promise<Signed> {
  const insured = await databaseOf(databases, 'insurance').sql<{ id: string }[]>`
    select resident_id as id from coverages
    where scheme = 'RESIDENT' and status = 'VALID' and coalesce(valid_to, 'infinity') >= '2025-12-31'
      and not assistance && '{TEKUN,DIBAO,RETURN_POVERTY,SEVERE_DISABLED}'`;
  const [row] = await databaseOf(databases, 'public-health').sql<(Signed & { no: number })[]>`
    select c.resident_id as "residentId", c.no, c.base_institution_id as "institutionId",
      c.family_doctor_id as "familyDoctorId", c.valid_to as "validTo"
    from service_contracts c join team_projections t on t.id = c.team_id
    where c.status = 'ACTIVE' and c.valid_to between '2025-03-03' and '2025-03-31'
      and c.resident_id = any(${insured.map(({ id }) => id)}) and not 'PK-STROKE' = any(c.package_codes)
      and exists (select from jsonb_array_elements(t.members) as m (one) where m.one ->> 'duty' = 'FAMILY_DOCTOR'
        and m.one ->> 'practitionerId' = c.family_doctor_id and m.one ->> 'to' is null)
    order by c.resident_id limit 1`;
  if (row === undefined) throw new TypeError('nobody has a contract that ends in March');
  return { ...row, contractId: encodeOwnedId('ct', row.residentId, row.no) };
}
