import { type FaultText, type Faults, type Write, encodeOwnedId, expectText } from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, eq, sql } from 'drizzle-orm';
import { percent } from '../rules/fulfilment-plan.ts';
import { focusGroupsOf } from '../rules/focus-groups.ts';
import type { HealthRecordContent } from '../schema-types.ts';
import { healthRecords, type HealthRecordRow } from '../tables/record.ts';
import { residents } from '../tables/resident.ts';
import { expectDiagnosis } from './checks.ts';

/** Texts with their greatest length, and codes with their value set. */
const lengths = [
  ['contactName', 50],
  ['currentAddress', 200],
  ['registeredAddress', 200],
] as const;
const sets = [
  ['ethnicity', 'VS-51'],
  ['marital', 'VS-52'],
  ['education', 'VS-60'],
  ['occupation', 'VS-61'],
  ['bloodType', 'VS-62'],
  ['rh', 'VS-62b'],
] as const;

/** Notes what is wrong with the content of a record. */
export async function checkContent(
  write: Write,
  content: HealthRecordContent,
  { faults, birthDate }: { readonly faults: Faults; readonly birthDate: string },
): Promise<void> {
  for (const [name, most] of lengths) expectText(faults, content[name], `content.${name}`, most);
  for (const [name, set] of sets) {
    const code = content[name] ?? null;
    faults.expect(code === null || hasCode(set, code), 'VALIDATION_FAILED', `content.${name}`);
  }
  for (const name of ['phone', 'contactPhone'] as const) {
    const number = content[name] ?? null;
    faults.expect(number === null || isPhone(number), 'VALIDATION_FAILED', `content.${name}`, own.phone);
  }
  for (const [index, text] of (content.allergies ?? []).entries()) {
    expectText(faults, text, `content.allergies.${index}`, 100);
  }
  checkHistories(content, faults, [birthDate.slice(0, 4), write.clock.day.slice(0, 4)]);
  await checkGuardian(write, content.guardianId ?? null, faults);
}

function checkHistories({ histories }: HealthRecordContent, faults: Faults, [born, now]: [string, string]): void {
  for (const [index, entry] of (histories ?? []).entries()) {
    const path = `content.histories.${index}`;
    const { code = null, text = null, year = null } = entry;
    faults.expect(code !== null || text !== null, 'VALIDATION_FAILED', path, own.history);
    expectDiagnosis(faults, code, `${path}.code`);
    expectText(faults, text, `${path}.text`);
    // What runs in the family may be older than the resident.
    const first = entry.kind === 'FAMILY' ? 1900 : Number(born);
    faults.expect(year === null || (year >= first && year <= Number(now)), 'VALIDATION_FAILED', `${path}.year`);
  }
}

async function checkGuardian({ tx }: Write, guardianId: string | null, faults: Faults): Promise<void> {
  if (guardianId === null) return;
  const [guardian] = await tx.select({ id: residents.id }).from(residents).where(eq(residents.id, guardianId));
  faults.expect(guardian !== undefined, 'NOT_FOUND', 'content.guardianId');
}

/** A telephone number as it is stored: without spaces. */
export function phoneOf(text: string): string {
  return text.replaceAll(' ', '');
}

function isPhone(text: string): boolean {
  return /^\+?\d[\d-]{4,18}\d$/.test(phoneOf(text));
}

/** The columns that a content sets; what it does not say is left out. */
export function contentColumns(
  { seal, clock }: Pick<Write, 'seal' | 'clock'>,
  content: HealthRecordContent,
  birthDate: string,
) {
  const { allergies, histories, disabilities, vulnerability, inCareHome, focusGroups } = content;
  const sealedText = (text: string | null | undefined) =>
    text === null || text === undefined ? undefined : seal(text.trim());
  return {
    ...said({
      phone: sealedText(content.phone?.replaceAll(' ', '')),
      contactName: sealedText(content.contactName),
      contactPhone: sealedText(content.contactPhone?.replaceAll(' ', '')),
      currentAddress: sealedText(content.currentAddress),
      registeredAddress: sealedText(content.registeredAddress),
    }),
    ...said({
      ethnicity: content.ethnicity,
      marital: content.marital,
      education: content.education,
      occupation: content.occupation,
      bloodType: content.bloodType,
      rh: content.rh,
      guardianId: content.guardianId,
    }),
    ...said({
      inCareHome,
      allergies: allergies?.map((text) => text.trim()),
      histories: histories?.map(({ kind, code = null, text = null, year = null }) => ({ kind, code, text, year })),
      disabilities: disabilities && [...new Set(disabilities)],
      vulnerability: vulnerability && [...new Set(vulnerability)].filter((kind) => kind !== 'NONE'),
      focusGroups: focusGroups && focusGroupsOf(focusGroups, birthDate, clock.day),
    }),
  };
}

/** The properties that have a value. */
function said<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only entries without a value were left out.
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}

/** What a full record says of everybody, as columns of residents. */
const required = [
  'id_number',
  'phone',
  'contact_name',
  'contact_phone',
  'current_address',
  'registered_address',
  'household_id',
  'ethnicity',
  'marital',
  'education',
  'occupation',
  'blood_type',
  'rh',
];

/** How much of the required content a record has 档案完整度, percent. */
export async function completenessOf({ tx }: Write, residentId: string): Promise<string | null> {
  const columns = sql.raw(required.join(', '));
  const [row] = await tx
    .select({ filled: sql<number>`num_nonnulls(${columns})` })
    .from(residents)
    .where(eq(residents.id, residentId));
  return percent(row?.filled ?? 0, required.length);
}

/** Notes in the record of a resident that it was used 档案动态使用; tells the change. */
export async function touchRecord(
  write: Write,
  residentId: string,
  changed: Partial<Pick<HealthRecordRow, 'completeness' | 'responsibleDoctorId'>> = {},
): Promise<void> {
  const { tx, clock } = write;
  const { no, version } = healthRecords;
  const newest = sql`(select max(r.no) from health_records r where r.resident_id = ${residentId})`;
  const rows = await tx
    .update(healthRecords)
    .set({ ...changed, lastUpdatedAt: clock.instant, version: sql`${version} + 1`, updatedAt: clock.instant })
    .where(and(eq(healthRecords.residentId, residentId), eq(no, newest)))
    .returning({ no, version });
  for (const row of rows) {
    const id = encodeOwnedId('hr', residentId, row.no);
    write.change({ type: 'HealthRecord', id, kind: 'UPDATED', residentId, payload: { version: row.version } });
  }
}

const own = {
  phone: { en: 'A telephone number is needed, digits only.', zh: '须填写电话号码，仅限数字。' },
  history: { en: 'A code or a description is needed.', zh: '须填写疾病编码或描述。' },
} as const satisfies Readonly<Record<string, FaultText>>;
