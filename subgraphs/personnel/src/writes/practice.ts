import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectNotPast,
  expectNumber,
  expectSize,
  expectVersion,
  isTimeOfDay,
  lockById,
  newId,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decideClosing } from '../rules/closing.ts';
import { covers, overlaps, type Interval } from '../rules/interval.ts';
import { addDays } from '../rules/calendar.ts';
import { decideRegistration, prescribingRight, type HeldRegistration } from '../rules/practice-registration.ts';
import { decideSlot, type PracticeSlot } from '../rules/practice-slots.ts';
import type { EndPracticeInput, RegisterPracticeInput } from '../schema-types.ts';
import {
  practiceRegistrations,
  type PracticeHoursValue,
  type PracticeRegistrationRow,
} from '../tables/practitioner.ts';
import { expectCode, note, withPlaces } from './checks.ts';
import { expectOnStaff, licenceOf, lockPerson, type Person } from './people.ts';
import { expectOpenOwn, expectOwn, type Place, placesById, sharedAlliances } from './places.ts';
import { texts } from './texts.ts';

/** Mutations of practice registrations 执业注册/多点执业 (domain.md 3.13). */
export const practiceWrites = (mutation: Mutation) => ({
  registerPractice: mutation('registerPractice', registerPractice),
  endPractice: mutation('endPractice', endPractice),
});

/** Registers a place of practice: one PRIMARY, the licence's scope, seven days a week, and no hour at two places. */
async function registerPractice(input: RegisterPracticeInput, write: Write): Promise<Written> {
  expectSize(input.hours, MOST_ENTRIES, 'hours');
  const { practitionerId, institutionId, kind, validFrom } = input;
  const faults = createFaults();
  const person = await lockPerson(write, practitionerId);
  const held = await registrationsOf(write, practitionerId);
  const primary = held.find((one) => one.kind === 'PRIMARY' && one.status === 'ACTIVE');
  const places = await placesById(write, [institutionId, primary?.institutionId]);
  const place = places.get(institutionId);
  expectOnStaff(faults, person, 'practitionerId');
  expectOpenOwn(faults, write, place, 'institutionId');
  expectNotPast(faults, write, validFrom, 'validFrom');
  expectCode(faults, 'VS-15b', input.licenceKind, 'licenceKind');
  expectCode(faults, 'VS-16', input.licenceScope, 'licenceScope');
  expectNumber(faults, input.daysPerWeek, 'daysPerWeek', withPlaces(1));
  checkHours(input, held, faults);
  const sharesAlliance = sharedAlliances(place, places.get(primary?.institutionId ?? '')).length > 0;
  checkRules({ input, person, place, held, sharesAlliance }, faults);
  faults.throwIfAny();

  const id = newId('pg');
  const row = {
    practitionerId,
    institutionId,
    kind,
    validFrom,
    validTo: input.validTo ?? null,
    status: 'ACTIVE' as const,
  };
  const hours = input.hours.map(({ weekday, start, end }) => ({ weekday, start, end }));
  const rest = { daysPerWeek: input.daysPerWeek ?? null, hours, updatedAt: write.clock.instant };
  await write.tx.insert(practiceRegistrations).values({ id, ...row, ...rest });
  const payload = { ...row, ...prescribingRight({ ...person }), version: 1 };
  write.change({ type: 'PracticeRegistration', id, kind: 'CREATED', payload });
  write.step({ type: 'PracticeRegistration', id, from: null, to: 'ACTIVE' });
  return { id };
}

interface Registering {
  readonly input: RegisterPracticeInput;
  readonly person: Person | undefined;
  readonly place: Place | undefined;
  readonly held: readonly PracticeRegistrationRow[];
  readonly sharesAlliance: boolean;
}

function checkRules({ input, person, place, held, sharesAlliance }: Registering, faults: Faults): void {
  if (person === undefined) return;
  const isElsewhere = input.kind === 'PRIMARY' && input.institutionId !== person.primaryInstitutionId;
  faults.expect(!isElsewhere || place === undefined, 'VALIDATION_FAILED', 'institutionId', own.notMain);
  const request = {
    ...intervalOf(input),
    institutionId: input.institutionId,
    kind: input.kind,
    daysPerWeek: input.daysPerWeek ?? null,
    licenceKind: input.licenceKind ?? null,
    licenceScope: input.licenceScope ?? null,
    sharesAlliance,
  };
  const decision = decideRegistration({ licence: licenceOf(person), registrations: held.map(heldOf) }, request);
  const unlicensed = decision.kind === 'REFUSED' && decision.path[0] === 'practitionerId';
  note(faults, decision, '', unlicensed ? texts.licence : undefined);
}

/** Ends the practice at a place; the main place is the last one to go. */
async function endPractice(input: EndPracticeInput, write: Write): Promise<Written> {
  const { id, endsOn, reason } = input;
  const row = await lockById(write, practiceRegistrations, id, 'id');
  const person = await lockPerson(write, row.practitionerId);
  expectVersion(row, input.version);
  const faults = createFaults();
  const places = await placesById(write, [row.institutionId]);
  expectOwn(faults, write, [places.get(row.institutionId)], 'id');
  expectNotLong(faults, reason, 'reason');
  const closable = { from: row.validFrom, closed: row.status === 'ENDED' };
  note(faults, decideClosing(closable, endsOn, write.clock.day, 'endsOn'));
  const others = row.kind === 'PRIMARY' ? await registrationsOf(write, row.practitionerId) : [];
  const stay = others.some(
    (one) => one.id !== id && one.status !== 'ENDED' && covers(intervalOf(one), addDays(endsOn, 1)),
  );
  faults.expect(!stay, 'INVALID_TRANSITION', '', own.othersStay);
  faults.throwIfAny();

  const validTo = row.validTo !== null && row.validTo < endsOn ? row.validTo : endsOn;
  await write.tx
    .update(practiceRegistrations)
    .set({ status: 'ENDED', validTo, ...advanced(row, write) })
    .where(eq(practiceRegistrations.id, id));
  const { practitionerId, institutionId, kind, validFrom } = row;
  const told = { practitionerId, institutionId, kind, validFrom, validTo, status: 'ENDED' };
  const payload = { ...told, ...prescribingRight({ ...person }), version: row.version + 1 };
  write.change({ type: 'PracticeRegistration', id, kind: 'UPDATED', payload });
  write.step({ type: 'PracticeRegistration', id, from: row.status, to: 'ENDED', reason });
  return { id };
}

/** The hours are hours of a day, and meet none at another place that is registered for the same days (TV-81). */
function checkHours(input: RegisterPracticeInput, held: readonly PracticeRegistrationRow[], faults: Faults): void {
  const beside = held.filter((one) => one.status !== 'ENDED' && overlaps(intervalOf(one), intervalOf(input)));
  const taken = beside.flatMap(({ institutionId, hours }) => hours.map((one) => slotOf(institutionId, one)));
  input.hours.forEach((one, index) => {
    const { weekday, start, end } = one;
    const path = `hours.${index}`;
    faults.expect(weekday >= 1 && weekday <= 7, 'VALIDATION_FAILED', `${path}.weekday`, own.weekday);
    faults.expect(isTimeOfDay(start), 'VALIDATION_FAILED', `${path}.start`, own.time);
    faults.expect(isTimeOfDay(end), 'VALIDATION_FAILED', `${path}.end`, own.time);
    if (isTimeOfDay(start) && isTimeOfDay(end)) note(faults, decideSlot(slotOf(input.institutionId, one), taken), path);
  });
}

/** A place in the week as text that sorts: `3T09:00`. */
function slotOf(institutionId: string, { weekday, start, end }: PracticeHoursValue): PracticeSlot {
  return { institutionId, start: `${weekday}T${start}`, end: `${weekday}T${end}` };
}

async function registrationsOf({ tx }: Write, practitionerId: string): Promise<readonly PracticeRegistrationRow[]> {
  return tx.select().from(practiceRegistrations).where(eq(practiceRegistrations.practitionerId, practitionerId));
}

function heldOf(row: PracticeRegistrationRow): HeldRegistration {
  const { institutionId, kind, status, daysPerWeek } = row;
  return { institutionId, kind, status, daysPerWeek, ...intervalOf(row) };
}

function intervalOf({ validFrom, validTo }: { validFrom: string; validTo?: string | null | undefined }): Interval {
  return { from: validFrom, to: validTo ?? null };
}

const own = {
  notMain: {
    en: 'The primary registration is at the main institution of the person.',
    zh: '主要执业注册须在本人的主要执业机构。',
  },
  othersStay: {
    en: 'Other registrations rest on this one; end them first.',
    zh: '其他执业注册依托于此，请先终止其他注册。',
  },
  weekday: { en: 'A day of the week is 1 to 7.', zh: '星期须为1至7。' },
  time: { en: 'Write a time of the day as 09:00.', zh: '时间应写作09:00。' },
};
