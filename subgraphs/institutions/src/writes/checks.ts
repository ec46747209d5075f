import { actsFor, governs, type Faults, type FaultText, type Write } from '@hutong/kit';
import { eq, inArray } from 'drizzle-orm';
import type { AllianceRow } from '../tables/alliance.ts';
import { type InstitutionRow, institutions, regions, type RegionRow } from '../tables/place.ts';

/** The divisions of these codes, by code. */
export async function regionsByCode({ tx }: Write, codes: readonly string[]): Promise<ReadonlyMap<string, RegionRow>> {
  const rows = await tx
    .select()
    .from(regions)
    .where(inArray(regions.code, [...codes]));
  return new Map(rows.map((row) => [row.code, row]));
}

/** The institutions of these ids, by id, locked until the write ends: what they belong to stays as it was read. */
export async function lockInstitutions(
  { tx }: Write,
  ids: readonly string[],
): Promise<ReadonlyMap<string, InstitutionRow>> {
  const rows = await tx
    .select()
    .from(institutions)
    .where(inArray(institutions.id, [...ids]))
    .orderBy(institutions.id)
    .for('no key update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a division until the write ends, so that what is counted in it stays as it was counted. */
export async function lockRegion({ tx }: Write, code: string): Promise<void> {
  await tx.select({ code: regions.code }).from(regions).where(eq(regions.code, code)).for('no key update');
}

/** That an institution is there and open. */
export function expectOpen(faults: Faults, institution: InstitutionRow | undefined, path: string): void {
  faults.expect(institution !== undefined, 'NOT_FOUND', path);
  if (institution !== undefined)
    faults.expect(institution.status === 'ACTIVE', 'VALIDATION_FAILED', path, texts.closed);
}

/** That an alliance stands on a day. */
export function expectStanding(faults: Faults, { dissolvedOn }: AllianceRow, day: string, path: string): void {
  faults.expect(dissolvedOn === null || dissolvedOn > day, 'VALIDATION_FAILED', path, texts.dissolved);
}

/** That a day is today or later. */
export function expectFromToday(faults: Faults, day: string | null | undefined, today: string, path: string): void {
  faults.expect(day === null || day === undefined || day >= today, 'VALIDATION_FAILED', path, texts.past);
}

/** That an instant is a real one, and not after now. */
export function expectNotAfterNow(faults: Faults, at: string | null | undefined, now: string, path: string): void {
  if (at === null || at === undefined) return;
  faults.expect(Date.parse(at) <= Date.parse(now), 'VALIDATION_FAILED', path, texts.future);
}

/** Whether a caller acts for an institution, or governs the division it stands in. */
export function actsForOrGoverns({ caller }: Write, { id, regionCode }: InstitutionRow): boolean {
  return actsFor(caller, id) || governs(caller, regionCode);
}

/** Sentences that several areas need. */
export const texts = {
  closed: { en: 'The institution is not open.', zh: '该机构未在运营。' },
  dissolved: { en: 'The alliance is dissolved.', zh: '该医联体已解散。' },
  unknownCode: { en: 'The code is not known.', zh: '编码不存在。' },
  past: { en: 'The day lies in the past.', zh: '日期不得早于今天。' },
  future: { en: 'The time lies in the future, or is no time.', zh: '时间不得晚于现在，且须为有效时间。' },
  order: { en: 'The end lies before the beginning.', zh: '结束日期早于开始日期。' },
  ownInstitution: { en: 'Only people of the institution may do this.', zh: '仅该机构的人员可执行此操作。' },
  commission: {
    en: 'Only the health commission of the division may do this.',
    zh: '仅所在区划的卫生健康委可执行此操作。',
  },
  administrators: {
    en: 'Only the administrators of the alliance or its health commission may do this.',
    zh: '仅医联体管理者或所在区划卫生健康委可执行此操作。',
  },
  notMember: { en: 'The institution is no member of the alliance.', zh: '该机构不是该医联体成员。' },
} satisfies Readonly<Record<string, FaultText>>;
