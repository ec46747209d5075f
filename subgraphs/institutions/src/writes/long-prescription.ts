import type { Faults, Write } from '@hutong/kit';
import { and, eq, gt, gte, inArray, isNull, or } from 'drizzle-orm';
import {
  DEFAULT_LONG_PRESCRIPTION_LIMITS,
  longPrescriptionRefusal,
  type LongPrescriptionRequest,
} from '../rules/long-prescription.ts';
import type { ChronicDisease, IssuePrescriptionInput } from '../schema-types.ts';
import { drugItems, drugStocks, type DrugItemRow, type PrescriptionRow } from '../tables/drug.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { chronicProjections, contractProjections } from '../tables/projection.ts';

/** What else the rules of a long prescription look at. */
interface LongPrescriptionSetting {
  readonly residentId: string;
  readonly place: InstitutionRow;
  /** Whether a physician 执业医师 signs. */
  readonly physician: boolean;
  readonly drugs: ReadonlyMap<string, DrugItemRow>;
}

/** Longest time that one prescription with its refills may cover, in days. */
const LONGEST_COURSE = 366;

/** The first issue of a long prescription keeps the rules of 长处方 (domain.md 3.18). */
export async function expectLongPrescription(
  input: IssuePrescriptionInput,
  { residentId, place, physician, drugs }: LongPrescriptionSetting,
  write: Write,
  faults: Faults,
): Promise<void> {
  const disease = input.diseaseKind ?? null;
  const common = await factsOf(write, { residentId, disease, place, drugIds: [...drugs.keys()] });
  const refusal = longPrescriptionRefusal({
    issue: 'FIRST',
    tier: place.tier,
    prescriberIsPhysician: physician,
    disease,
    ...common.stability,
    contracted: common.contracted,
    drugs: input.lines.map(({ drugId, days }) => prescribed(drugs.get(drugId), days, common.atCounty)),
  });
  if (refusal !== null) {
    const field = issueFields[refusal.field] ?? refusal.field;
    faults.expect(false, refusal.code, field, texts[refusal.field] ?? lineText(refusal.code));
  }
  const longest = Math.max(0, ...input.lines.map(({ days }) => days));
  faults.expect(longest * (1 + input.refills) <= LONGEST_COURSE, 'DAYS_EXCEEDED', 'refills', courseText);
}

/** A refill keeps them too: at a village or township, while the disease is controlled (domain.md 3.18). */
export async function expectRefill(
  { residentId, diseaseKind, lines }: PrescriptionRow,
  place: InstitutionRow,
  write: Write,
  faults: Faults,
): Promise<void> {
  const drugIds = lines.map(({ drugId }) => drugId);
  const rows = await write.tx.select().from(drugItems).where(inArray(drugItems.id, drugIds));
  const drugs = new Map(rows.map((row) => [row.id, row]));
  const common = await factsOf(write, { residentId, disease: diseaseKind, place, drugIds });
  const refusal = longPrescriptionRefusal({
    issue: 'REFILL',
    tier: place.tier,
    prescriberIsPhysician: false,
    disease: diseaseKind,
    ...common.stability,
    contracted: common.contracted,
    drugs: lines.map(({ drugId, days }) => prescribed(drugs.get(drugId), days, common.atCounty)),
  });
  if (refusal === null) return;
  const field = refusal.field === 'institutionId' ? 'institutionId' : 'id';
  faults.expect(false, refusal.code, field, refusal.field === 'institutionId' ? refillTierText : texts[refusal.field]);
}

interface Facts {
  readonly stability: Pick<LongPrescriptionRequest, 'followUpsControlled' | 'latestReadingControlled'>;
  readonly contracted: boolean;
  readonly atCounty: ReadonlySet<string>;
}

async function factsOf(
  write: Write,
  asked: {
    readonly residentId: string;
    readonly disease: ChronicDisease | null;
    readonly place: InstitutionRow;
    readonly drugIds: readonly string[];
  },
): Promise<Facts> {
  const { residentId, disease, place, drugIds } = asked;
  const care = await write.tx.select().from(chronicProjections).where(eq(chronicProjections.residentId, residentId));
  const controlled = care.find((row) => row.disease === disease)?.lastControlled ?? [];
  return {
    stability: { followUpsControlled: controlled, latestReadingControlled: controlled[0] ?? null },
    contracted: await hasContract(write, residentId),
    atCounty: await availableAtCounty(write, place.countyCode, drugIds),
  };
}

async function hasContract({ tx, clock }: Write, residentId: string): Promise<boolean> {
  const rows = await tx.select().from(contractProjections).where(eq(contractProjections.residentId, residentId));
  return rows.some(
    ({ status, validFrom, validTo }) => status === 'ACTIVE' && validFrom <= clock.day && clock.day <= validTo,
  );
}

/** Which of the drugs a county hospital of the same county has in stock today. */
async function availableAtCounty(
  { tx, clock }: Write,
  countyCode: string | null,
  drugIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (countyCode === null || drugIds.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ drugId: drugStocks.drugId })
    .from(drugStocks)
    .innerJoin(institutions, eq(institutions.id, drugStocks.institutionId))
    .where(
      and(
        inArray(drugStocks.drugId, [...drugIds]),
        gt(drugStocks.quantity, '0'),
        or(isNull(drugStocks.expiresOn), gte(drugStocks.expiresOn, clock.day)),
        eq(institutions.tier, 'COUNTY'),
        eq(institutions.countyCode, countyCode),
      ),
    );
  return new Set(rows.map(({ drugId }) => drugId));
}

function prescribed(drug: DrugItemRow | undefined, days: number, atCounty: ReadonlySet<string>) {
  return {
    days,
    essential: drug?.essential ?? false,
    contractFlexible: drug?.contractFlexible ?? false,
    availableAtCountyHospital: drug !== undefined && atCounty.has(drug.id),
  };
}

function lineText(code: 'VALIDATION_FAILED' | 'DAYS_EXCEEDED') {
  return code === 'DAYS_EXCEEDED' ? daysText : drugText;
}

/** Where the input of issuing names what the rule calls otherwise. */
const issueFields: Readonly<Record<string, string>> = { institutionId: 'encounterId', residentId: 'diseaseKind' };

const { minDays, maxDays } = DEFAULT_LONG_PRESCRIPTION_LIMITS;
const daysText = { en: `A long prescription is for at most ${maxDays} days.`, zh: `长处方最长 ${maxDays} 天。` };
const drugText = {
  en: `A line is for at least ${minDays} days, of a drug of the essential list or one that contracted residents may get.`,
  zh: `每种药品至少 ${minDays} 天，且须为基本药物或签约可用药品。`,
};
const courseText = { en: 'With its refills it covers more than a year.', zh: '含续方总时长不得超过一年。' };
const refillTierText = {
  en: 'Refills are handed out at villages and townships.',
  zh: '续方须在乡镇卫生院或村卫生室办理。',
};
const texts: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  institutionId: {
    en: 'Long prescriptions are first issued at a township or county.',
    zh: '长处方首次须由乡镇或县级机构开具。',
  },
  prescriberId: {
    en: 'A physician first issues a long prescription; have one sign.',
    zh: '长处方首次须由执业医师开具，请由执业医师签署。',
  },
  diseaseKind: { en: 'There are no long prescriptions for this disease.', zh: '该病种不可开具长处方。' },
  residentId: { en: 'The last two follow-ups were not both controlled.', zh: '最近两次随访未均达标，病情不稳定。' },
};
