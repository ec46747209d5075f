import {
  advanced,
  createFaults,
  encodeOwnedId,
  expectBetween,
  expectBounds,
  expectNotFuture,
  expectVersion,
  LONGEST_PROSE,
  nextNo,
  refuse,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, desc, eq, ne } from 'drizzle-orm';
import { ageAt } from '../rules/contract-term.ts';
import { expectedDelivery, isLowerRisk, leastRiskColour, weeksOn } from '../rules/maternal-care.ts';
import type { RecordMaternalVisitInput, RiskColour } from '../schema-types.ts';
import { maternalRecords, type MaternalRecordRow } from '../tables/programme-records.ts';
import { joinFocusGroup, leaveFocusGroup } from './focus-group.ts';
import { antenatalVisit, deliveryOf, partsOf, postpartumVisit, type MaternalPart } from './maternal-parts.ts';
import { touchRecord } from './record-content.ts';
import { holdPresent, type HeldResident } from './resident-access.ts';
import { checkInstitution } from './visits.ts';

/** Records a visit of a pregnancy 孕产妇随访: booking, antenatal visit, delivery or visit after it (domain.md 3.10). */
export async function recordMaternalVisit(input: RecordMaternalVisitInput, write: Write): Promise<Written> {
  const { residentId, institutionId, on } = input;
  const resident = await holdPresent(write, residentId);
  expectBounds(input, { 'antenatal.findings': LONGEST_PROSE, 'postpartum.findings': LONGEST_PROSE });
  const part = partsOf(input);
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  expectNotFuture(faults, write, on, 'on');
  const open = await openRecord(write, residentId);
  if (open !== undefined) expectVersion(open, input.version);
  const asked = { write, input, resident, faults };
  const no = part === 'booking' ? await book(asked, open) : await follow(asked, { part, open });
  await touchRecord(write, residentId);
  return { id: encodeOwnedId('mr', residentId, no) };
}

/** What every kind of visit needs. */
interface Asked {
  readonly write: Write;
  readonly input: RecordMaternalVisitInput;
  readonly resident: HeldResident;
  readonly faults: Faults;
}

/** The newest record that is not closed, locked. */
async function openRecord({ tx }: Write, id: string): Promise<MaternalRecordRow | undefined> {
  const { residentId, status, no } = maternalRecords;
  const [row] = await tx
    .select()
    .from(maternalRecords)
    .where(and(eq(residentId, id), ne(status, 'CLOSED')))
    .orderBy(desc(no))
    .limit(1)
    .for('update');
  return row;
}

/** Opens the record of a pregnancy 早孕建册; the one before is closed, if nobody did when its time had passed. */
async function book({ write, input, resident, faults }: Asked, open: MaternalRecordRow | undefined): Promise<number> {
  const { residentId, institutionId, on, booking } = input;
  const { lmp, gravidity = null, parity = null } = booking ?? { lmp: on };
  const { birthDate, sex } = resident;
  const isOfAge = ageAt(birthDate, on) >= YOUNGEST && ageAt(birthDate, on) <= OLDEST;
  faults.expect(sex === 'FEMALE' && isOfAge, 'VALIDATION_FAILED', 'residentId', own.woman);
  const weeks = weeksOn(lmp, on);
  faults.expect(weeks >= 2 && weeks <= LONGEST_WEEKS, 'VALIDATION_FAILED', 'booking.lmp', own.lmp);
  expectBetween(faults, gravidity, [1, 30], 'booking.gravidity');
  expectBetween(faults, parity, [0, gravidity ?? 30], 'booking.parity');
  const isOver = open === undefined || (open.deliveredOn !== null && open.deliveredOn < lmp);
  faults.expect(isOver, 'INVALID_TRANSITION', 'booking', own.booked);
  const first = input.antenatal ? [antenatalVisit(input.antenatal, { on, lmp }, faults)] : [];
  const riskColour = riskOf({ write, input, resident, faults }, null);
  faults.throwIfAny();
  if (open !== undefined) await change(write, open, { status: 'CLOSED' });
  const no = await nextNo(write, maternalRecords, residentId);
  const { instant } = write.clock;
  await write.tx.insert(maternalRecords).values({
    residentId,
    no,
    registeredOn: on,
    institutionId,
    gravidity,
    parity,
    lmp,
    edd: expectedDelivery(lmp),
    riskColour,
    visits: first,
    postpartum: [],
    status: 'PREGNANT',
    updatedAt: instant,
  });
  const id = encodeOwnedId('mr', residentId, no);
  write.step({ type: 'MaternalRecord', id, residentId, from: null, to: 'PREGNANT' });
  const payload = { institutionId, status: 'PREGNANT', version: 1 };
  write.change({ type: 'MaternalRecord', id, kind: 'CREATED', residentId, payload });
  await joinFocusGroup(write, resident, 'PREGNANT');
  return no;
}

const YOUNGEST = 10;
const OLDEST = 60;
const LONGEST_WEEKS = 44;

interface Following {
  readonly part: Exclude<MaternalPart, 'booking'>;
  readonly open: MaternalRecordRow | undefined;
}

/** Takes an open record one visit further. */
async function follow(asked: Asked, { part, open }: Following): Promise<number> {
  const { write, input, resident, faults } = asked;
  const needed = part === 'postpartum' ? 'POSTPARTUM' : 'PREGNANT';
  if (open?.status !== needed) return refuse('INVALID_TRANSITION', part, own[needed]);
  const { on } = input;
  const last = [open.registeredOn, open.deliveredOn ?? '', ...open.visits.map(({ at }) => at)].toSorted().at(-1) ?? '';
  faults.expect(on >= (part === 'antenatal' ? open.registeredOn : last), 'VALIDATION_FAILED', 'on', own.before);
  const changed = await changedBy(asked, part, open);
  const riskColour = riskOf(asked, open.riskColour);
  faults.throwIfAny();
  await change(write, open, { ...changed, riskColour });
  if (changed.status === 'CLOSED') await leaveFocusGroup(write, resident, 'PREGNANT');
  return open.no;
}

/** What a visit changes in its record. */
async function changedBy(
  { write, input, faults }: Asked,
  part: Following['part'],
  open: MaternalRecordRow,
): Promise<Partial<MaternalRecordRow>> {
  switch (part) {
    case 'antenatal': {
      const { on } = input;
      const isNew = open.visits.every(({ at }) => at !== on);
      faults.expect(isNew, 'VALIDATION_FAILED', 'on', own.twice);
      faults.expect(weeksOn(open.lmp, on) <= LONGEST_WEEKS, 'VALIDATION_FAILED', 'on', own.late);
      const visit = antenatalVisit(input.antenatal ?? {}, { on, lmp: open.lmp }, faults);
      return { visits: [...open.visits, visit].toSorted((a, b) => (a.at < b.at ? -1 : 1)) };
    }
    case 'delivery':
      return deliveryOf(write, input, open, faults);
    case 'postpartum':
      return postpartumVisit(input, open, faults);
  }
}

/** The grade of risk found, or kept; notes a fault for one below what age and blood pressure ask for. */
function riskOf({ input, resident, faults }: Asked, before: RiskColour | null): RiskColour {
  const { sbp = null, dbp = null } = input.antenatal ?? {};
  const least = leastRiskColour({ birthDate: resident.birthDate, day: input.on, sbp, dbp });
  const given = input.riskColour ?? null;
  faults.expect(given === null || !isLowerRisk(given, least), 'VALIDATION_FAILED', 'riskColour', own.risk);
  const kept = given ?? before ?? least;
  return isLowerRisk(kept, least) ? least : kept;
}

/** Stores what changed in a record, and tells of it. */
async function change(write: Write, row: MaternalRecordRow, changed: Partial<MaternalRecordRow>): Promise<void> {
  const { residentId, no } = row;
  const next = { ...changed, ...advanced(row, write) };
  await write.tx
    .update(maternalRecords)
    .set(next)
    .where(and(eq(maternalRecords.residentId, residentId), eq(maternalRecords.no, no)));
  const id = encodeOwnedId('mr', residentId, no);
  const status = next.status ?? row.status;
  if (status !== row.status) write.step({ type: 'MaternalRecord', id, residentId, from: row.status, to: status });
  const payload = { institutionId: row.institutionId, status, version: next.version };
  write.change({ type: 'MaternalRecord', id, kind: 'UPDATED', residentId, payload });
}

const own = {
  woman: { en: 'A pregnancy is booked for a woman of 10 to 60 years.', zh: '建册对象须为 10 至 60 岁女性。' },
  lmp: {
    en: 'The last period began 2 to 44 weeks before the booking.',
    zh: '末次月经须在建册日前 2 至 44 周。',
  },
  booked: {
    en: 'A pregnancy is booked already; record how it ended first.',
    zh: '已有在管孕产妇手册，请先登记妊娠结局。',
  },
  PREGNANT: { en: 'No pregnancy is booked; book it first.', zh: '尚未建册，请先建立孕产妇手册。' },
  POSTPARTUM: { en: 'No delivery is recorded; record it first.', zh: '尚未登记分娩，请先登记妊娠结局。' },
  before: { en: 'The day lies before the record, or before what is recorded.', zh: '日期早于建册日期或已有记录。' },
  twice: { en: 'A visit of this day is recorded already.', zh: '该日随访已登记。' },
  late: {
    en: 'The pregnancy would be longer than 44 weeks; record how it ended.',
    zh: '孕周超过44周，请登记妊娠结局。',
  },
  risk: {
    en: 'Age or blood pressure ask for a higher grade of risk.',
    zh: '按年龄或血压，妊娠风险分级不应低于该颜色。',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
