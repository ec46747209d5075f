import { createTestDatabase, encodeOwnedId, type Database, type LoggedChange, type Subgraph } from '@hutong/kit';
import { ask, migrations, type Asking } from './sample-caller.ts';
import { sampleKeys } from './sample-rows.ts';
import { planRow, ruleRows } from './seed/policy-rows.ts';
import { createInsurance } from './subgraph.ts';
import { accumulators, coverages, type AccumulatorRow, type CoverageRow } from './tables/coverage.ts';
import { designatedProviders, drgGroups, drgPolicies } from './tables/payment.ts';
import { benefitPlans, benefitRules, drugPayments, packageBenefits, priceItems } from './tables/policy.ts';
import { institutionProjections } from './tables/projection.ts';
import type { PaymentParts } from './writes/writes.ts';

/** What a mutation answered. */
export type Answer = Readonly<Record<string, unknown>>;

/** A change that another subgraph tells. */
type Told = Pick<LoggedChange, 'type' | 'id' | 'payload'> & { readonly at: string; readonly seq?: number };

/** A database with plans, prices and a provider of each level, and how tests write in it. */
export interface Writing {
  readonly database: Database;
  readonly subgraph: Subgraph;
  /** Does one mutation and gives its payload: ok, errors as `CODE path.of.input`, and what is selected. */
  write(name: string, input: object, asked?: { readonly select?: string } & Asking): Promise<Answer>;
  /** Asks a query and gives its data. */
  read(query: string, variables?: object, asking?: Asking): Promise<Answer>;
  /** Insures somebody new and gives the id; a resident's scheme but for what is said. */
  insure(coverage?: Partial<CoverageRow>): Promise<string>;
  /** Gives a resident totals of a year. */
  begin(residentId: string, totals: Partial<AccumulatorRow>): Promise<void>;
  /** Delivers a change, as the relay of another subgraph does. */
  deliver(source: string, change: Told): Promise<void>;
  /** Rows of a statement. */
  rows(text: string, ...values: readonly string[]): Promise<readonly Answer[]>;
}

const updatedAt = '2024-01-01T00:00:00+08:00';
let serial = 0;

/** Opens such a database with these plans; contracts and referrals are known up to the end of 2025. */
export async function openWriting(
  databaseServer: string,
  plans: readonly PlanFact[],
  payments: (database: Database) => PaymentParts = () => ({}),
): Promise<Writing> {
  const database = await createTestDatabase(databaseServer, { migrations, max: 25 });
  await fill(database, plans);
  const subgraph = createInsurance({ database, keys: sampleKeys }, payments(database));
  const positions = new Map<string, number>();
  return {
    database,
    subgraph,
    async write(name, input, { select = '', ...asking } = {}) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ok errors { code path } ${select} } }`;
      const { data, errors } = await ask(subgraph, query, { input }, asking);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      const answer: Answer = Object(data?.[name]);
      return { ...answer, errors: shortErrors(answer['errors']) };
    },
    async read(query, variables = {}, asking = {}) {
      const { data, errors } = await ask(subgraph, query, { ...variables }, asking);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return Object(data);
    },
    async insure(coverage) {
      serial += 1;
      const residentId = `rs_${String(serial).padStart(12, '0')}`;
      await database.db.insert(coverages).values({
        residentId,
        no: 1,
        scheme: 'RESIDENT',
        personClass: '15',
        pooledRegionCode: '3203',
        homeRegionCode: '320322104',
        assistance: ['NONE'],
        validFrom: '2023-01-01',
        status: 'VALID',
        planKey: '390-3203/2024',
        updatedAt,
        ...coverage,
      });
      return residentId;
    },
    async begin(residentId, totals) {
      await database.db.insert(accumulators).values({ ...nothing, residentId, no: 2024, updatedAt, ...totals });
    },
    async deliver(source, { at, seq, ...change }) {
      const after = positions.get(source) ?? 0;
      positions.set(source, after + 1);
      const told = { ...change, kind: 'UPDATED', residentId: null, at, position: place(after + 1, seq) } as const;
      const before = after === 0 ? '0-0' : place(after);
      const page = { source, changes: [told], position: place(after + 1), businessTime: at, upTo: upToDate };
      const answer = await subgraph.takeIn({ ...page, after: before });
      if (answer.position !== page.position) throw new Error(`the page was not taken in: ${answer.position}`);
    },
    async rows(text, ...values) {
      return [...(await database.sql.unsafe(text, [...values]))];
    },
  };
}

const nothing = {
  inpatientFund: '0.00',
  outpatientFund: '0.00',
  twoDiseaseFund: { htn: '0.00', dm: '0.00' },
  eligibleOop: '0.00',
  admissions: 0,
  outpatientDeductiblePaid: '0.00',
  deductiblePaidByEpisode: {},
};

const upToDate = '2025-12-31T23:59:59+08:00';

type PlanFact = Parameters<typeof ruleRows>[0];

async function fill({ db, sql }: Database, plans: readonly PlanFact[]): Promise<void> {
  for (const fact of plans) {
    await db.insert(benefitPlans).values(planRow(fact));
    await db.insert(benefitRules).values(ruleRows(fact, updatedAt));
  }
  const levels = ['V', 'T', 'C', 'M', 'O'] as const;
  await db.insert(designatedProviders).values(
    levels.map((level, index) => ({
      providerCode: `H3203220000${index}`,
      institutionId: institutionOf(level),
      regionCode: level === 'O' ? '310100' : level === 'M' ? '320300' : '320322',
      level,
      validFrom: '2024-01-01',
      validTo: '2025-12-31',
      paymentMethods: ['DRG' as const],
      updatedAt,
    })),
  );
  await db.insert(institutionProjections).values([
    { id: 'in_NEW', status: 'ACTIVE', regionCode: '320322105', seq: 0 },
    { id: 'in_SHUT', status: 'CLOSED', regionCode: '320322106', seq: 0 },
    { id: institutionOf('T'), status: 'ACTIVE', regionCode: '320322104', seq: 0 },
  ]);
  const item = { kind: 'SERVICE', selfPayRatio: '0', approvedPrice: [] } as const;
  await db.insert(priceItems).values([
    { ...item, code: 'A', name: '甲类项目', chargeClass: 'A' },
    { ...item, code: 'B', name: '乙类项目', chargeClass: 'B', selfPayRatio: '0.10' },
    { ...item, code: 'B5', name: '乙类项目', chargeClass: 'B', selfPayRatio: '0.50' },
    {
      ...item,
      code: 'CT',
      name: 'CT',
      chargeClass: 'B',
      selfPayRatio: '0.10',
      approvedPrice: [{ level: 'C', price: '100.00' }],
    },
  ]);
  const drug = { class: 'A', selfPayRatio: '0' } as const;
  await db.insert(drugPayments).values([
    { ...drug, nhsaDrugCode: 'XHTN', twoDisease: true },
    { ...drug, nhsaDrugCode: 'XCAP', priceCap: '1.2500', twoDisease: false },
  ]);
  await db
    .insert(packageBenefits)
    .values({ packageCode: 'PK-STROKE', no: 1, kind: 'EXTRA_REIMBURSE', value: '0.10', payer: 'TOWNSHIP_HOSPITAL' });
  await db.insert(drgGroups).values({
    code: 'ES25',
    version: '2024',
    name: '呼吸系统感染/炎症，不伴合并症',
    mdc: 'E',
    adrg: 'ES2',
    rw: '0.62',
    basic: false,
  });
  const policy = {
    rate: '6200.00',
    coefficients: { V: '0.80', T: '0.80', C: '1.00', M: '1.10', O: '1.10' },
    lowFactor: '0.4',
    high: [
      { upToRw: '1', factor: '3.0' },
      { upToRw: '3', factor: '2.5' },
      { upToRw: null, factor: '2.0' },
    ],
    minDays: 1,
    maxDays: 60,
    highShare: '0.05',
  };
  await db.insert(drgPolicies).values({ year: 2024, policy });
  for (const source of ['public-health', 'institutions']) {
    await sql`insert into inbox_positions (source, position, at, up_to) values (${source}, '0-0', now(), ${upToDate})`;
  }
}

/** Level of a provider. */
export type Level = 'V' | 'T' | 'C' | 'M' | 'O';

/** Institution of a level. */
export function institutionOf(level: Level): string {
  return `in_${level}`;
}

/** A position of a change log: transaction and sequence number. */
function place(transaction: number, sequence = transaction): string {
  return `${transaction}-${sequence}`;
}

/** `FORBIDDEN institutionId`: the code and the place below `input`. */
function shortErrors(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { code: string; path: readonly string[] }) =>
    [error.code, error.path.slice(1).join('.')].join(' ').trim(),
  );
}

/** A claim line of a service: `A` and `B` are in the catalogue, what is not is class C. */
export function serviceLine(itemCode: string, amount: string, quantity = '1', unitPrice = amount): object {
  return { kind: 'SERVICE', itemCode, name: '项目', quantity, unitPrice, amount };
}

/** Lines whose out-of-scope part is `out` and whose part paid ahead is `ahead` (a class B line of twice that). */
export function linesFor(total: number, out: number, ahead: number): object[] {
  const lines = [
    ['A', total - out - ahead * 2],
    ['B5', ahead * 2],
    ['丙', out],
  ] as const;
  return lines.filter(([, amount]) => amount > 0).map(([code, amount]) => serviceLine(code, amount.toFixed(2)));
}

let encounters = 0;

/** An encounter of a resident that was never used. */
export function newEncounter(residentId: string): string {
  encounters += 1;
  return encodeOwnedId('en', residentId, encounters);
}

/** What a stay at a level cost, discharged on 15 June 2024, and what differs. */
export function stayOf(residentId: string, level: Level, lines: readonly object[], over: object = {}): Answer {
  return {
    residentId,
    institutionId: institutionOf(level),
    encounterId: newEncounter(residentId),
    medicalCategory: '21',
    diagnoses: ['J18.9'],
    serviceDate: '2024-06-15',
    lines,
    stay: { admittedOn: '2024-06-01' },
    ...over,
  };
}

/** What a visit at a level cost. */
export function visitOf(residentId: string, level: Level, lines: readonly object[], over: object = {}): Answer {
  return stayOf(residentId, level, lines, { medicalCategory: '11', stay: null, ...over });
}

/** The insurance bureau of the county. */
export const bureau: Asking = { caller: { role: 'INSURANCE_BUREAU', kind: 'PERSON', regionCodes: ['320322'] } };

/** The insurance bureau of the pooled region. */
export const poolBureau: Asking = { caller: { role: 'INSURANCE_BUREAU', kind: 'PERSON', regionCodes: ['3203'] } };

/** The township hospital's window. */
export const township: Asking = { caller: { role: 'INST_STAFF', kind: 'PERSON', institutionId: 'in_T' } };
