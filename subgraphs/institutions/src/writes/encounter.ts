import {
  actsFor,
  createFaults,
  encodeOwnedId,
  expectBounds,
  LONGEST_PROSE,
  newId,
  nextNo,
  numberOfOwn,
  type Faults,
  type Mutation,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { isFirstContact } from '../rules/first-contact.ts';
import { compareInstants, localDay, minutesBetween } from '../rules/instant.ts';
import type { EncounterClass, RecordEncounterInput } from '../schema-types.ts';
import { appointments, appointmentSlots } from '../tables/appointment.ts';
import { encounters } from '../tables/encounter.ts';
import { departments } from '../tables/place.ts';
import { referrals } from '../tables/referral.ts';
import { serveAppointment } from './appointment-step.ts';
import { moveBed, recordBeds } from './beds.ts';
import {
  diagnosisValues,
  expectDiagnoses,
  expectMoney,
  expectOpenPlace,
  expectPast,
  expectProcedures,
  expectText,
} from './care-checks.ts';
import { recordDischarge } from './discharge.ts';
import { expectPart, partOfClass } from './encounter-parts.ts';
import { institutionsById } from './places.ts';
import { expectResident } from './residents.ts';

/** Mutations of encounters 就诊 and beds 床位 (domain.md 2.2). */
export const encounterWrites = (mutation: Mutation) => ({
  recordEncounter: mutation('recordEncounter', recordEncounter),
  recordDischarge: mutation('recordDischarge', recordDischarge),
  recordBeds: mutation('recordBeds', recordBeds),
});

/** Records an encounter of any class; a stay takes a bed and lasts until its discharge. */
async function recordEncounter(input: RecordEncounterInput, write: Write): Promise<Written> {
  expectBounds(input, { 'online.question': LONGEST_PROSE });
  const { tx, clock } = write;
  const { residentId, institutionId, startedAt } = input;
  const faults = createFaults();
  const places = await institutionsById(write, [institutionId]);
  const place = places.get(institutionId);
  expectOpenPlace(place, 'institutionId', write, faults);
  await expectResident(residentId, 'residentId', write, faults);
  checkForm(input, write, faults);
  const links = await checkLinks(input, write, faults);
  const no = await nextNo(write, encounters, residentId);
  const lastContactAt = await checkOthers(input, write, faults);
  faults.throwIfAny();

  const referred = links.referralNo !== null;
  const contact = { isPrimaryCare: place?.isPrimaryCare ?? false, class: input.class, referred, startedAt };
  await tx.insert(encounters).values({
    residentId,
    no,
    class: input.class,
    visitNo: write.seal(input.visitNo ?? newVisitNo(input.class, clock.day)),
    institutionId,
    departmentId: input.departmentId ?? null,
    attendingId: input.attendingId ?? null,
    startedAt,
    endedAt: input.endedAt ?? null,
    diagnoses: diagnosisValues(input.diagnoses),
    procedures: [...input.procedures],
    isFirstContact: isFirstContact({ ...contact, lastContactAt }),
    ...links,
    totalCost: input.totalCost ?? null,
    ...partOfClass(input),
    updatedAt: clock.instant,
  });
  const id = encodeOwnedId('en', residentId, no);
  if (input.class === 'INPATIENT') await admit(input, id, write);
  if (links.appointmentNo !== null) await serveAppointment({ residentId, no: links.appointmentNo }, write);
  const payload = {
    class: input.class,
    institutionId,
    startedOn: localDay(startedAt),
    ended: ended(input),
    version: 1,
  };
  write.change({ type: 'Encounter', id, kind: 'CREATED', residentId, payload });
  return { id };
}

function ended({ endedAt }: RecordEncounterInput): boolean {
  return endedAt !== null && endedAt !== undefined;
}

async function admit(
  { residentId, institutionId, inpatient }: RecordEncounterInput,
  id: string,
  write: Write,
): Promise<void> {
  await moveBed(write, { institutionId, bedClass: inpatient?.bedClass ?? null }, 1);
  write.step({ type: 'Encounter', id, residentId, from: null, to: 'ADMITTED' });
}

/** What the form says by itself: who records, when, which codes, and the part of its class. */
function checkForm(input: RecordEncounterInput, write: Write, faults: Faults): void {
  const { residentId, institutionId, startedAt, endedAt } = input;
  const own = actsFor(write.caller, institutionId);
  const asksOnline = !own && input.class === 'ONLINE' && write.caller.residentId === residentId;
  if (asksOnline) expectOnlyQuestion(input, write, faults);
  faults.expect(own || asksOnline, 'FORBIDDEN', 'institutionId', texts.ownInstitution);
  expectText(input.visitNo, 'visitNo', faults);
  expectPast(startedAt, 'startedAt', write, faults);
  expectPast(endedAt, 'endedAt', write, faults);
  if (endedAt !== null && endedAt !== undefined) {
    faults.expect(compareInstants(startedAt, endedAt) <= 0, 'VALIDATION_FAILED', 'endedAt', texts.order);
    faults.expect(input.class !== 'INPATIENT', 'VALIDATION_FAILED', 'endedAt', texts.discharge);
  }
  const attending = input.attendingId ?? 'pr_';
  faults.expect(attending.startsWith('pr_'), 'NOT_FOUND', 'attendingId');
  expectDiagnoses(input.diagnoses, faults);
  expectProcedures(input.procedures, faults);
  expectMoney(input.totalCost, 'totalCost', faults);
  expectPart(input, write, faults);
}

/** What a resident who asks online may say: whom, and what, now; the rest is the institution's to record. */
const asked: ReadonlySet<string> = new Set([
  'residentId',
  'class',
  'institutionId',
  'departmentId',
  'startedAt',
  'online',
  'idempotencyKey',
]);

/** How far the clock of a resident who asks may lie behind, in minutes. */
const clockMinutes = 5;

function expectOnlyQuestion(input: RecordEncounterInput, { clock }: Write, faults: Faults): void {
  for (const [name, value] of Object.entries(input)) {
    const given = Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
    faults.expect(asked.has(name) || !given, 'FORBIDDEN', name, texts.onlyQuestion);
  }
  const now = minutesBetween(input.startedAt, clock.instant) <= clockMinutes;
  faults.expect(now, 'FORBIDDEN', 'startedAt', texts.onlyQuestion);
}

interface EncounterLinks {
  readonly referralNo: number | null;
  readonly appointmentNo: number | null;
}

/** Statuses of a referral that an encounter may follow. */
const referredHere: ReadonlySet<string> = new Set([
  'ACCEPTED',
  'SCHEDULED',
  'ARRIVED',
  'IN_TREATMENT',
  'DOWN_PROPOSED',
]);

/** Department, referral and appointment are there, of the same resident and institution. */
async function checkLinks(input: RecordEncounterInput, { tx }: Write, faults: Faults): Promise<EncounterLinks> {
  const { residentId, institutionId, departmentId, referralId, startedAt } = input;
  const appointmentId = input.outpatient?.appointmentId;
  const referralNo = numberOfOwn('rf', residentId, referralId ?? '') ?? null;
  const appointmentNo = numberOfOwn('ap', residentId, appointmentId ?? '') ?? null;
  if (departmentId) {
    const [department] = await tx
      .select({ institutionId: departments.institutionId })
      .from(departments)
      .where(eq(departments.id, departmentId));
    faults.expect(department?.institutionId === institutionId, 'NOT_FOUND', 'departmentId');
  }
  if (referralId) {
    const [referral] = await tx
      .select({ toId: referrals.toId, status: referrals.status })
      .from(referrals)
      .where(and(eq(referrals.residentId, residentId), eq(referrals.no, referralNo ?? 0)));
    faults.expect(referral?.toId === institutionId, 'NOT_FOUND', 'referralId');
    const arrived = referral === undefined || referredHere.has(referral.status);
    faults.expect(arrived, 'INVALID_TRANSITION', 'referralId', texts.notReferred);
  }
  if (appointmentId) {
    const [appointment] = await tx
      .select({
        institutionId: appointmentSlots.institutionId,
        start: appointmentSlots.start,
        status: appointments.status,
      })
      .from(appointments)
      .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
      .where(and(eq(appointments.residentId, residentId), eq(appointments.no, appointmentNo ?? 0)))
      .for('update', { of: appointments });
    const path = 'outpatient.appointmentId';
    faults.expect(appointment?.institutionId === institutionId, 'NOT_FOUND', path);
    const awaited = appointment === undefined || ['BOOKED', 'CHECKED_IN'].includes(appointment.status);
    faults.expect(awaited, 'INVALID_TRANSITION', path, texts.notBooked);
    const thatDay = appointment === undefined || localDay(appointment.start) === localDay(startedAt);
    faults.expect(thatDay, 'VALIDATION_FAILED', path, texts.otherDay);
  }
  return { referralNo, appointmentNo };
}

/** It is not recorded yet, and nobody stays at two places; gives the end of the contact before it. */
async function checkOthers(input: RecordEncounterInput, { tx }: Write, faults: Faults): Promise<string | null> {
  const { residentId, institutionId, startedAt } = input;
  const others = await tx
    .select({
      class: encounters.class,
      institutionId: encounters.institutionId,
      startedAt: encounters.startedAt,
      endedAt: encounters.endedAt,
    })
    .from(encounters)
    .where(eq(encounters.residentId, residentId));
  const same = others.filter((other) => other.class === input.class);
  const recorded = same.some(
    (other) => other.institutionId === institutionId && compareInstants(other.startedAt, startedAt) === 0,
  );
  faults.expect(!recorded, 'VALIDATION_FAILED', 'startedAt', texts.recorded);
  const stays = input.class === 'INPATIENT' ? same : [];
  const elsewhere = stays.some(({ endedAt }) => endedAt === null || compareInstants(endedAt, startedAt) > 0);
  faults.expect(recorded || !elsewhere, 'SCHEDULE_CONFLICT', 'startedAt', texts.staying);
  const before = others
    .filter((other) => compareInstants(other.startedAt, startedAt) < 0)
    .map((other) => other.endedAt ?? other.startedAt);
  return before.toSorted(compareInstants).at(-1) ?? null;
}

const visitPrefixes: Readonly<Record<EncounterClass, string>> = {
  OUTPATIENT: 'MZ',
  EMERGENCY: 'JZ',
  INPATIENT: 'ZY',
  HOME: 'SM',
  ONLINE: 'ZX',
};

/** A number for a visit whose institution gave none: class, day, and a text that nobody else has. */
function newVisitNo(encounterClass: EncounterClass, day: string): string {
  return `${visitPrefixes[encounterClass]}${day.replaceAll('-', '')}${newId('vn').slice(3, 11)}`;
}

const texts = {
  ownInstitution: { en: 'Only people of the institution may record its encounters.', zh: '仅本机构人员可登记就诊。' },
  order: { en: 'The end lies before the start.', zh: '结束时间早于开始时间。' },
  discharge: { en: 'A stay ends by its discharge.', zh: '住院须通过出院登记结束。' },
  onlyQuestion: {
    en: 'A resident asks a question now; the rest is recorded by the institution.',
    zh: '居民仅可即时提交问诊问题，其他内容由机构登记。',
  },
  notReferred: { en: 'The referral has not been accepted, or is over.', zh: '该转诊未被接收或已结束。' },
  notBooked: {
    en: 'The appointment was cancelled or missed, or was served already.',
    zh: '该预约已取消、爽约或已就诊。',
  },
  otherDay: { en: 'The appointment is for another day.', zh: '该预约不在就诊当日。' },
  recorded: { en: 'This encounter is recorded already.', zh: '该就诊已登记。' },
  staying: { en: 'The resident is in hospital at this time already.', zh: '该居民此时已在住院。' },
};
