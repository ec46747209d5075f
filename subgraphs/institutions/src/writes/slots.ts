import {
  type Faults,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectBetween,
  expectVersion,
  governs,
  isPublicId,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import { compareInstants, localDay, minutesBetween, plusMinutes } from '../rules/instant.ts';
import { policyInForce, splitSession } from '../rules/release-policy.ts';
import { isShare } from '../rules/share.ts';
import type { PublishSlotsInput, SetSlotReleasePolicyInput, SlotChannel } from '../schema-types.ts';
import { appointmentSlots, slotReleasePolicies } from '../tables/appointment.ts';
import { departments } from '../tables/place.ts';
import { practiceProjections } from '../tables/projection.ts';
import { expectMoney, expectOpenPlace, expectOwnPlace } from './care-checks.ts';
import { expectFromToday, lockInstitutions } from './checks.ts';
import { institutionsById } from './places.ts';
import { moveUpForSlots } from './slot-waiting.ts';

/** When unused places become public; the rule is the same everywhere (domain.md 3.5.2). */
const PUBLIC_RELEASE = 'T-2d 12:00';

const DAY_MINUTES = 24 * 60;

/** Sets the policy of an institution and department from a day on; one of the same day is replaced (domain.md 3.5). */
export async function setSlotReleasePolicy(input: SetSlotReleasePolicyInput, write: Write): Promise<Written> {
  const faults = createFaults();
  const places = await institutionsById(write, [input.institutionId]);
  const place = places.get(input.institutionId);
  expectOpenPlace(place, 'institutionId', write, faults);
  const allowed =
    actsFor(write.caller, input.institutionId) || (place !== undefined && governs(write.caller, place.regionCode));
  faults.expect(allowed, 'FORBIDDEN', 'institutionId', texts.ownPolicy);
  await expectDepartment(input, write, faults);
  checkFigures(input, faults);
  expectFromToday(faults, input.effectiveFrom, write.clock.day, 'effectiveFrom');
  faults.throwIfAny();

  const { institutionId, effectiveFrom, leadWindowDays, allianceWindowDays } = input;
  const { ratio, leadShare, yearlyStep, maxRatio } = input;
  const departmentId = input.departmentId ?? null;
  const figures = { ratio, leadShare, yearlyStep, maxRatio, leadWindowDays, allianceWindowDays };
  const id = await storePolicy({ institutionId, departmentId, effectiveFrom, ...figures }, input.version, write);
  return { id };
}

type PolicyValues = Omit<
  typeof slotReleasePolicies.$inferInsert,
  'id' | 'publicReleaseAt' | 'version' | 'updatedAt' | 'departmentId'
> & { readonly departmentId: string | null };

async function storePolicy(values: PolicyValues, version: number | null | undefined, write: Write): Promise<string> {
  const { tx, clock } = write;
  const { institutionId, departmentId, effectiveFrom } = values;
  const ofDepartment =
    departmentId === null
      ? isNull(slotReleasePolicies.departmentId)
      : eq(slotReleasePolicies.departmentId, departmentId);
  const [stored] = await tx
    .select()
    .from(slotReleasePolicies)
    .where(
      and(
        eq(slotReleasePolicies.institutionId, institutionId),
        ofDepartment,
        eq(slotReleasePolicies.effectiveFrom, effectiveFrom),
      ),
    )
    .for('update');
  const id = stored?.id ?? newId('sr');
  if (stored === undefined) {
    if (version !== null && version !== undefined) refuse('VERSION_CONFLICT', 'version');
    await tx
      .insert(slotReleasePolicies)
      .values({ ...values, id, publicReleaseAt: PUBLIC_RELEASE, updatedAt: clock.instant });
  } else {
    expectVersion(stored, version);
    await tx
      .update(slotReleasePolicies)
      .set({ ...values, ...advanced(stored, write) })
      .where(eq(slotReleasePolicies.id, id));
  }
  const payload = { institutionId, departmentId, effectiveFrom, version: (stored?.version ?? 0) + 1 };
  write.change({ type: 'SlotReleasePolicy', id, kind: stored === undefined ? 'CREATED' : 'UPDATED', payload });
  return id;
}

function checkFigures(input: SetSlotReleasePolicyInput, faults: Faults): void {
  for (const name of ['ratio', 'leadShare', 'yearlyStep', 'maxRatio'] as const) {
    faults.expect(isShare(input[name]), 'VALIDATION_FAILED', name, texts.share);
  }
  const highest = !isShare(input.ratio) || !isShare(input.maxRatio) || Number(input.maxRatio) >= Number(input.ratio);
  faults.expect(highest, 'VALIDATION_FAILED', 'maxRatio', texts.maxRatio);
  expectBetween(faults, input.leadWindowDays, [0, 60], 'leadWindowDays');
  expectBetween(faults, input.allianceWindowDays, [0, 60], 'allianceWindowDays');
}

/** Publishes the places of a session: one slot for each channel that has places (domain.md 3.5). */
export async function publishSlots(input: PublishSlotsInput, write: Write): Promise<Written> {
  const faults = createFaults();
  // Locked, so that an institution that closes at this moment closes these slots, too.
  const places = await lockInstitutions(write, [input.institutionId]);
  expectOwnPlace(places.get(input.institutionId), { id: input.institutionId, path: 'institutionId' }, write, faults);
  await expectDepartment(input, write, faults);
  checkSession(input, write, faults);
  await expectPractice(input, write, faults);
  faults.throwIfAny();

  const start = plusMinutes(input.start, 0);
  const end = plusMinutes(input.end, 0);
  await expectFree({ ...input, start, end }, write);
  const channels = await channelsOf(input, localDay(start), write);
  const slots = channels.map(({ channel, capacity }) => ({
    id: newId('sl'),
    institutionId: input.institutionId,
    departmentId: input.departmentId,
    practitionerId: input.practitionerId ?? null,
    resource: input.resource,
    start,
    end,
    capacity,
    channel,
    bookedCount: 0,
    price: input.price ?? null,
    status: 'OPEN' as const,
    updatedAt: write.clock.instant,
  }));
  await write.tx.insert(appointmentSlots).values(slots);
  for (const { id, channel, capacity } of slots) {
    const payload = { status: 'OPEN', channel, capacity, bookedCount: 0, start, version: 1 };
    write.change({ type: 'AppointmentSlot', id, kind: 'CREATED', payload });
    write.step({ type: 'AppointmentSlot', id, from: null, to: 'OPEN' });
  }
  await moveUpForSlots({ departmentId: input.departmentId, day: localDay(start), resource: input.resource }, write);
  const slotIds = slots.map(({ id }) => id);
  return { id: slotIds[0] ?? '', notes: { slotIds } };
}

/** Who gives the session practises at the institution on its day, where anything is told of that person at all (domain.md 3.13). */
async function expectPractice(input: PublishSlotsInput, { tx }: Write, faults: Faults): Promise<void> {
  const { practitionerId, institutionId } = input;
  if (!practitionerId) return;
  const rows = await tx
    .select()
    .from(practiceProjections)
    .where(eq(practiceProjections.practitionerId, practitionerId));
  const day = localDay(input.start);
  const registered = rows.some(
    (row) =>
      row.institutionId === institutionId &&
      row.status === 'ACTIVE' &&
      row.validFrom <= day &&
      (row.validTo ?? day) >= day,
  );
  faults.expect(rows.length === 0 || registered, 'VALIDATION_FAILED', 'practitionerId', texts.practice);
}

function checkSession(input: PublishSlotsInput, { clock }: Write, faults: Faults): void {
  const begins = compareInstants(input.start, clock.instant) > 0;
  faults.expect(begins, 'VALIDATION_FAILED', 'start', texts.past);
  const minutes = minutesBetween(input.start, input.end);
  faults.expect(minutes > 0 && minutes <= DAY_MINUTES, 'VALIDATION_FAILED', 'end', texts.length);
  expectBetween(faults, input.places, [1, 1_000], 'places');
  expectBetween(faults, input.signedPlaces, [0, 1_000], 'signedPlaces');
  expectMoney(input.price, 'price', faults);
  if (input.practitionerId) faults.expect(isPublicId('pr', input.practitionerId), 'NOT_FOUND', 'practitionerId');
}

/** A physician is in one place at a time; a session that is nobody's own is not published twice. */
async function expectFree(input: PublishSlotsInput, { tx }: Write): Promise<void> {
  const { practitionerId, departmentId, resource, start, end } = input;
  const whose = practitionerId ?? `${departmentId} ${resource}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sessions ${whose}`}, 0))`);
  const same = practitionerId
    ? eq(appointmentSlots.practitionerId, practitionerId)
    : and(
        eq(appointmentSlots.departmentId, departmentId),
        eq(appointmentSlots.resource, resource),
        isNull(appointmentSlots.practitionerId),
      );
  const [other] = await tx
    .select({ id: appointmentSlots.id })
    .from(appointmentSlots)
    .where(
      and(
        same,
        lt(appointmentSlots.start, end),
        gt(appointmentSlots.end, start),
        ne(appointmentSlots.status, 'CLOSED'),
      ),
    )
    .limit(1);
  if (other !== undefined) refuse('SCHEDULE_CONFLICT', 'start', texts.session);
}

async function channelsOf(
  { institutionId, departmentId, places, signedPlaces }: PublishSlotsInput,
  day: string,
  { tx }: Write,
): Promise<{ readonly channel: SlotChannel; readonly capacity: number }[]> {
  const policies = await tx
    .select()
    .from(slotReleasePolicies)
    .where(eq(slotReleasePolicies.institutionId, institutionId));
  const split = splitSession(places, policyInForce(policies, departmentId, day), day);
  if (signedPlaces > split.public) refuse('VALIDATION_FAILED', 'signedPlaces', texts.signed);
  const channels = [
    { channel: 'LEAD_HOSPITAL', capacity: split.lead },
    { channel: 'ALLIANCE', capacity: split.alliance },
    { channel: 'SIGNED', capacity: signedPlaces },
    { channel: 'PUBLIC', capacity: split.public - signedPlaces },
  ] as const;
  return channels.filter(({ capacity }) => capacity > 0);
}

async function expectDepartment(
  { institutionId, departmentId }: { readonly institutionId: string; readonly departmentId?: string | null },
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  if (departmentId === null || departmentId === undefined) return;
  const [department] = await tx
    .select({ institutionId: departments.institutionId })
    .from(departments)
    .where(eq(departments.id, departmentId));
  faults.expect(department?.institutionId === institutionId, 'NOT_FOUND', 'departmentId');
}

const texts = {
  ownPolicy: {
    en: 'Only the institution or the health commission over it may set its policy.',
    zh: '仅本机构或其主管卫生健康委可设置该政策。',
  },
  share: { en: 'A share lies between 0 and 1 and has at most two places.', zh: '比例须在 0 与 1 之间，最多两位小数。' },
  maxRatio: { en: 'The highest ratio is at least the first.', zh: '上限不得低于起始比例。' },
  practice: {
    en: 'The practitioner is not registered to practise here on that day.',
    zh: '该医务人员当日在本机构无有效执业注册。',
  },
  past: { en: 'The session must begin later than now.', zh: '开始时间须晚于当前时间。' },
  length: { en: 'The session must end within a day of its start.', zh: '结束时间须在开始后一日之内。' },
  session: { en: 'The session overlaps one that is already published.', zh: '与已发布的出诊时段重叠。' },
  signed: { en: 'There are not that many public places.', zh: '公开号源数量不足。' },
};
