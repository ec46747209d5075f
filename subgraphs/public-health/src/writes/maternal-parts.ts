import { expectBetween, refuse, type Faults, type FaultText, type Write } from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { daysBetween } from '../rules/contract-term.ts';
import { POSTPARTUM_DAYS, weeksOn, windowOf } from '../rules/maternal-care.ts';
import { isPlausible, isPressure, type GivenReading } from '../rules/measurement.ts';
import type { AntenatalVisitInput, RecordMaternalVisitInput } from '../schema-types.ts';
import type { MaternalRecordRow, StoredAntenatalVisit } from '../tables/programme-records.ts';
import { institutionProjections } from '../tables/projection.ts';
import { pressureText, valueText } from './visits.ts';

const parts = ['booking', 'antenatal', 'delivery', 'postpartum'] as const;

/** What a visit of a pregnancy may be. */
export type MaternalPart = (typeof parts)[number];

/** Which part is given: exactly one, but a booking may come with its first visit. */
export function partsOf(input: RecordMaternalVisitInput): MaternalPart {
  const given = parts.filter((part) => input[part] !== null && input[part] !== undefined);
  const [first, second, third] = given;
  const isOne = second === undefined || (first === 'booking' && second === 'antenatal' && third === undefined);
  return first !== undefined && isOne ? first : refuse('VALIDATION_FAILED', first ?? 'antenatal', own.one);
}

/** An antenatal visit as it is stored; notes every reading that is not plausible. */
export function antenatalVisit(
  { sbp = null, dbp = null, weight = null, findings = null }: AntenatalVisitInput,
  { on, lmp }: { readonly on: string; readonly lmp: string },
  faults: Faults,
): StoredAntenatalVisit {
  const readings: GivenReading[] = [];
  if (sbp !== null) readings.push({ kind: 'SBP', value: String(sbp) });
  if (dbp !== null) readings.push({ kind: 'DBP', value: String(dbp) });
  if (weight !== null) readings.push({ kind: 'WEIGHT', value: weight });
  const paths = { SBP: 'sbp', DBP: 'dbp', WEIGHT: 'weight' } as const;
  for (const [kind, path] of Object.entries(paths)) {
    const reading = readings.find((one) => one.kind === kind);
    const fits = reading === undefined || isPlausible(reading);
    faults.expect(fits, 'VALIDATION_FAILED', `antenatal.${path}`, valueText);
  }
  faults.expect(isPressure(readings), 'VALIDATION_FAILED', 'antenatal', pressureText);
  const weeks = weeksOn(lmp, on);
  return { window: windowOf(weeks), at: on, weeks, sbp, dbp, weight, findings: findings?.trim() ?? null };
}

/** A birth is from this week on; what ends before the later one, and is no birth, is a miscarriage or abortion. */
const BIRTH_FROM_WEEK = 20;
const LOSS_BEFORE_WEEK = 28;
const MOST_CHILDREN = 8;

/** How a pregnancy ended, as it is stored; notes what contradicts it. */
export async function deliveryOf(
  write: Write,
  { on, institutionId, delivery }: RecordMaternalVisitInput,
  { lmp }: MaternalRecordRow,
  faults: Faults,
): Promise<Partial<MaternalRecordRow>> {
  if (!delivery) return refuse('VALIDATION_FAILED', 'delivery', own.one);
  const { outcome, mode = null } = delivery;
  const isBirth = outcome === 'LIVE_BIRTH' || outcome === 'STILLBIRTH';
  const weeks = weeksOn(lmp, on);
  const fits = isBirth ? weeks >= BIRTH_FROM_WEEK && weeks <= 46 : weeks < LOSS_BEFORE_WEEK;
  faults.expect(fits, 'VALIDATION_FAILED', 'delivery.outcome', own.weeks);
  faults.expect(isBirth === (mode !== null), 'VALIDATION_FAILED', 'delivery.mode', own.mode);
  const isAlive = outcome === 'LIVE_BIRTH';
  const liveBirths = delivery.liveBirths ?? (isAlive ? 1 : 0);
  expectBetween(faults, liveBirths, isAlive ? [1, MOST_CHILDREN] : [0, 0], 'delivery.liveBirths');
  const hospitalId = delivery.institutionId ?? institutionId;
  const { id } = institutionProjections;
  const [hospital] = await write.tx.select({ id }).from(institutionProjections).where(eq(id, hospitalId));
  faults.expect(hospital !== undefined, 'NOT_FOUND', 'delivery.institutionId');
  return {
    delivery: { on, outcome, mode, institutionId: hospitalId, liveBirths },
    deliveredOn: isBirth ? on : null,
    status: isBirth ? 'POSTPARTUM' : 'CLOSED',
  };
}

/** Visits after delivery are made within this many days. */
const LAST_DAY = 90;

/** The visits after delivery with a new one; the one of day 42 or later closes the record. */
export function postpartumVisit(
  { on, postpartum }: RecordMaternalVisitInput,
  record: MaternalRecordRow,
  faults: Faults,
): Partial<MaternalRecordRow> {
  const day = daysBetween(record.deliveredOn ?? on, on);
  faults.expect(day <= LAST_DAY, 'VALIDATION_FAILED', 'on', own.postpartum);
  faults.expect(!record.postpartum.some(({ at }) => at >= on), 'VALIDATION_FAILED', 'on', own.later);
  const visit = { day, at: on, findings: postpartum?.findings?.trim() ?? null };
  const status = day >= POSTPARTUM_DAYS ? 'CLOSED' : record.status;
  return { postpartum: [...record.postpartum, visit], status };
}

const own = {
  one: {
    en: 'Give one of booking, antenatal, delivery and postpartum; a booking may come with its first antenatal visit.',
    zh: '建册、产前随访、妊娠结局、产后访视须且只须填写一项；建册可同时填写首次产前随访。',
  },
  weeks: {
    en: 'A birth is from 20 weeks on, a miscarriage or abortion before 28 weeks.',
    zh: '分娩须在孕20周后，流产、引产须在孕28周前。',
  },
  mode: { en: 'The mode is said of a birth, and of nothing else.', zh: '分娩须填写分娩方式，其他结局不填。' },
  postpartum: { en: 'The visit lies more than 90 days after the delivery.', zh: '访视日期距分娩超过90天。' },
  later: { en: 'A visit of this day or a later one is recorded already.', zh: '已有该日或更晚的产后访视。' },
} as const satisfies Readonly<Record<string, FaultText>>;
