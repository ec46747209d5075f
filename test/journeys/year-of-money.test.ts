import { personaIds } from '@hutong/gateway';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startJourney, type Journey } from './journey.ts';

const { rs_demo_wang: wang, in_pei_longgu: town } = personaIds;

let journey: Journey;
let drug: string;
/** Codes of the price list, by name. */
let codes: ReadonlyMap<string, string>;
beforeAll(async () => {
  journey = await startJourney();
  const { insurance } = journey.databases;
  if (insurance === undefined) throw new TypeError('insurance has no database');
  const items = await insurance.sql<{ name: string; code: string }[]>`select name, code from price_items`;
  codes = new Map(items.map(({ name, code }) => [name, code]));
  const [found] = await insurance.sql`
    select nhsa_drug_code as code from drug_payments
    where two_disease and class = 'A' and coalesce(price_cap, 1) >= 1 order by 1 limit 1`;
  drug = String(found?.['code']);
});
afterAll(() => journey.close());

const kinds = { OUTPATIENT: '11', TWO_DISEASE: 'TWO_DISEASE', INPATIENT: '21' } as const;

/** A line whose price is one yuan: so many of them are the amount. */
function line(name: string, amount: number): object {
  const itemCode = codes.get(name) ?? 'NOT_LISTED';
  return { kind: 'SERVICE', itemCode, name, quantity: amount.toFixed(2), unitPrice: '1', amount: amount.toFixed(2) };
}

/** Tablets of a drug against high blood pressure. */
function tablets(amount: number): object {
  const [quantity, unitPrice] = [amount.toFixed(2), '1'];
  return { kind: 'DRUG', itemCode: drug, name: '降压药', quantity, unitPrice, amount: quantity };
}

/** Wang is seen at the township hospital on a day of 2025, and the window settles it; gives who paid what. */
async function visit(
  day: string,
  kind: keyof typeof kinds,
  lines: readonly object[],
  diagnosis = 'I10',
): Promise<string> {
  const doctor = journey.as('family-doctor');
  journey.travelTo(`${day}T15:00:00+08:00`);
  const isStay = kind === 'INPATIENT';
  const seen = {
    residentId: wang,
    institutionId: town,
    class: isStay ? 'INPATIENT' : 'OUTPATIENT',
    startedAt: `${day}T09:00:00+08:00`,
    diagnoses: [{ code: diagnosis, kind: 'MAIN' }],
    ...(isStay ? { inpatient: { bedClass: 'GENERAL', admittedFrom: '1' } } : {}),
  };
  const { encounter } = await doctor.does('recordEncounter', seen, 'encounter { id }');
  const { id: encounterId } = Object(encounter);
  const claim = {
    residentId: wang,
    institutionId: town,
    encounterId,
    medicalCategory: kinds[kind],
    diagnoses: [diagnosis],
    serviceDate: day,
    lines,
    stay: isStay ? { admittedOn: day } : null,
  };
  const asked =
    'encounter { id } settlement { outOfScope aheadSelfPay eligible deductible ratio fundBasic packageBenefit cash }';
  const settled = Object((await doctor.does('settleClaim', claim, `claim { ${asked} }`))['claim']);
  expect(settled.encounter).toEqual({ id: encounterId });
  const { outOfScope, aheadSelfPay, eligible, deductible, ratio, fundBasic, packageBenefit, cash } = settled.settlement;
  return [outOfScope, aheadSelfPay, eligible, deductible, ratio, fundBasic, packageBenefit, cash].join(' ');
}

test('TV-3, TV-5 and TV-15 are what a year of visits and a stay come to for rs_demo_wang', async () => {
  // Earlier in the year: visits that cost the pooled fund 380.00, and drugs that cost the two-disease benefit 350.00.
  expect(await visit('2025-01-08', 'OUTPATIENT', [line('综合治疗', 633.33)])).toBe(
    '0.00 0.00 633.33 0.00 0.60 380.00 0.00 253.33',
  );
  expect(await visit('2025-01-09', 'TWO_DISEASE', [tablets(538.46)])).toBe(
    '0.00 0.00 538.46 0.00 0.65 350.00 0.00 188.46',
  );

  const three = [line('综合治疗', 60), line('手术费', 50), line('陪护', 10)];
  expect(await visit('2025-01-10', 'OUTPATIENT', three)).toBe('10.00 5.00 105.00 0.00 0.60 63.00 0.00 57.00');
  const stay = [line('综合治疗', 4300), line('手术费', 1500), line('陪护', 200)];
  expect(await visit('2025-01-13', 'INPATIENT', stay, 'I69.3')).toBe(
    '200.00 150.00 5650.00 200.00 0.90 4905.00 109.50 985.50',
  );
  expect(await visit('2025-01-14', 'TWO_DISEASE', [tablets(150)])).toBe('0.00 0.00 150.00 0.00 0.65 93.85 0.00 56.15');

  const query = `query ($id: ID!) { accumulator(residentId: $id, year: 2025) {
    inpatientFund outpatientFund twoDiseaseFund { htn dm } eligibleOop admissions } }`;
  const { accumulator } = await journey.as('insurance-bureau').asks(query, { id: wang });
  expect(accumulator).toEqual({
    inpatientFund: '4905.00',
    outpatientFund: '486.85',
    twoDiseaseFund: { htn: '400.00', dm: '0.00' },
    eligibleOop: '1284.94',
    admissions: 1,
  });
});
