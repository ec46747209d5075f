import {
  type Faults,
  LONGEST_PROSE,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectBounds,
  expectText,
  expectVersion,
  governs,
  newId,
  refuse,
} from '@hutong/kit';
import { and, count, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { closureRefusal } from '../rules/layout-plan.ts';
import type { LifecycleEventKind, RecordInstitutionLifecycleInput } from '../schema-types.ts';
import { alliances } from '../tables/alliance.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { institutionLifecycleEvents } from '../tables/planning.ts';
import { contractProjections } from '../tables/projection.ts';
import { expectNotAfterNow, lockInstitutions, texts } from './checks.ts';
import {
  checkRegistration,
  hasLicence,
  missingOfNew,
  registeredColumns,
  unregistered,
} from './institution-registration.ts';
import { expectPlace } from './layout-place.ts';
import { endMemberships } from './memberships.ts';
import { institutionChange } from './place-changes.ts';
import { openReservationsAt, stepReservations } from './reservation-record.ts';
import { closeSlotsOf } from './slot-closing.ts';
import { endWaitingFor } from './waiting-record.ts';

/** The mutation of admission and exit 机构准入退出 (domain.md 3.19.6). */
export const institutionLifecycleWrites = (mutation: Mutation) => ({
  recordInstitutionLifecycle: mutation('recordInstitutionLifecycle', recordInstitutionLifecycle, takenCodes),
});

const takenCodes = {
  institutions_by_uscc: ['VALIDATION_FAILED', 'registration.uscc'],
  institutions_by_provider_code: ['VALIDATION_FAILED', 'registration.providerCode'],
} as const;

type Input = RecordInstitutionLifecycleInput;
type Status = InstitutionRow['status'];

/** From which states an event may come, and what it makes of the institution; a change leaves the state as it is. */
const lifecycle: Readonly<
  Record<LifecycleEventKind, { readonly from: readonly Status[]; readonly to: Status | null }>
> = {
  ADMISSION: { from: ['SUSPENDED'], to: 'ACTIVE' },
  CHANGE: { from: ['ACTIVE', 'SUSPENDED'], to: null },
  SUSPENSION: { from: ['ACTIVE'], to: 'SUSPENDED' },
  CLOSURE: { from: ['ACTIVE', 'SUSPENDED'], to: 'CLOSED' },
  MERGER: { from: ['ACTIVE', 'SUSPENDED'], to: 'MERGED' },
};

/** Records an event in the life of an institution and does what it says. */
async function recordInstitutionLifecycle(input: Input, write: Write): Promise<Written> {
  expectBounds(input, { basis: LONGEST_PROSE, 'registration.address': LONGEST_PROSE });
  if (!input.institutionId)
    return input.event === 'ADMISSION' ? admitNew(input, write) : refuse('NOT_FOUND', 'institutionId');
  // Both at once, in the order of their ids: who takes over stays as it was checked.
  const places = await lockInstitutions(write, [input.institutionId, input.mergedIntoId ?? input.institutionId]);
  const institution = places.get(input.institutionId) ?? refuse('NOT_FOUND', 'institutionId');
  expectVersion(institution, input.version);
  const faults = createFaults();
  faults.expect(governs(write.caller, institution.regionCode), 'FORBIDDEN', 'institutionId', texts.commission);
  const { from, to } = lifecycle[input.event];
  if (!from.includes(institution.status)) faults.expect(false, 'INVALID_TRANSITION', 'event');
  checkPapers(input, write, faults);
  await checkOrder(institution, input, write, faults);
  faults.throwIfAny();
  switch (input.event) {
    case 'ADMISSION':
    case 'CHANGE':
      await reregister(institution, input, write);
      break;
    case 'SUSPENSION':
      await update(institution, { status: 'SUSPENDED' }, write);
      break;
    case 'CLOSURE':
    case 'MERGER':
      await exit(institution, input.mergedIntoId ? places.get(input.mergedIntoId) : null, input, write);
  }
  return record(institution.id, input, { from: institution.status, to: to ?? institution.status }, write);
}

/** Admits an institution that is new, with a licence and a free place in the plan. */
async function admitNew(input: Input, write: Write): Promise<Written> {
  const faults = createFaults();
  const given = input.registration ?? {};
  for (const field of missingOfNew(given))
    faults.expect(false, 'VALIDATION_FAILED', `registration.${field}`, lifecycleTexts.needed);
  const regionCode = given.regionCode ?? '';
  if (given.regionCode)
    faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'registration.regionCode', texts.commission);
  checkPapers(input, write, faults);
  await checkRegistration(given, write, faults);
  faults.throwIfAny();

  const row = registeredColumns(given, unregistered);
  const { class: kind, level, ownership } = row;
  await expectPlace({ class: kind, level, regionCode }, hasLicence(given.licence, write.clock.day), null, write);
  const id = newId('in');
  const opened = await write.tx
    .insert(institutions)
    .values({
      id,
      ...row,
      nonProfit: ownership !== 'PRIVATE_FORPROFIT',
      status: 'ACTIVE',
      updatedAt: write.clock.instant,
    })
    .returning();
  for (const institution of opened) write.change(institutionChange('CREATED', institution));
  return record(id, input, { from: null, to: 'ACTIVE' }, write);
}

/** Takes up work again with a valid licence, or changes what is registered; both need a place where the plan counts anew. */
async function reregister(institution: InstitutionRow, input: Input, write: Write): Promise<void> {
  const given = input.registration ?? {};
  const faults = createFaults();
  const resumed = input.event === 'ADMISSION';
  const changes = Object.values(given).some((value) => value !== null && value !== undefined);
  faults.expect(resumed || changes, 'VALIDATION_FAILED', 'registration', lifecycleTexts.needed);
  if (given.regionCode)
    faults.expect(governs(write.caller, given.regionCode), 'FORBIDDEN', 'registration.regionCode', texts.commission);
  await checkRegistration(given, write, faults);
  faults.throwIfAny();
  const columns = registeredColumns(given, institution);
  const place = { class: columns.class, level: columns.level, regionCode: columns.regionCode };
  const moved =
    place.class !== institution.class ||
    place.level !== institution.level ||
    place.regionCode !== institution.regionCode;
  if (resumed || moved) {
    await expectPlace(place, hasLicence(licenceOf(columns), write.clock.day), institution.id, write);
  }
  const nonProfit = columns.ownership !== 'PRIVATE_FORPROFIT';
  await update(institution, { ...columns, nonProfit, ...(resumed ? { status: 'ACTIVE' as const } : {}) }, write);
}

function licenceOf(
  row: Pick<InstitutionRow, 'licenceNumber' | 'licenceStatus' | 'licenceValidFrom' | 'licenceValidTo'>,
) {
  if (row.licenceNumber === null || row.licenceStatus !== 'VALID') return null;
  return { validFrom: row.licenceValidFrom, validTo: row.licenceValidTo };
}

/** Why slots and reservations end with their institution. */
const INSTITUTION_CLOSED = 'INSTITUTION_CLOSED';

/**
 * Closes an institution, or makes it part of another one: its memberships end, nobody is booked there any more, what belonged to it
 * belongs to the receiver.
 */
async function exit(
  institution: InstitutionRow,
  receiver: InstitutionRow | undefined | null,
  input: Input,
  write: Write,
): Promise<void> {
  const { id } = institution;
  const faults = createFaults();
  faults.expect(receiver !== undefined, 'NOT_FOUND', 'mergedIntoId');
  if (receiver)
    faults.expect(governs(write.caller, receiver.regionCode), 'FORBIDDEN', 'mergedIntoId', texts.commission);
  faults.expect(receiver?.id !== id, 'VALIDATION_FAILED', 'mergedIntoId', lifecycleTexts.itself);
  if (input.event === 'MERGER')
    faults.expect(receiver !== null, 'VALIDATION_FAILED', 'mergedIntoId', lifecycleTexts.receiver);
  const receiverActive = receiver === null || receiver === undefined ? null : receiver.status === 'ACTIVE';
  const refusal = closureRefusal({ activeContracts: await activeContracts(id, write), receiverActive });
  if (refusal !== null && receiver !== undefined)
    faults.expect(
      false,
      refusal.code,
      'mergedIntoId',
      receiverActive === null ? lifecycleTexts.receiver : texts.closed,
    );
  faults.expect((await leading(id, write)) === 0, 'VALIDATION_FAILED', 'institutionId', lifecycleTexts.leads);
  faults.throwIfAny();

  await endMemberships(id, write.clock.day, write);
  await closeSlotsOf(id, INSTITUTION_CLOSED, write);
  const reserved = await openReservationsAt(id, write);
  await stepReservations(reserved, { event: 'DISPLACE', reason: INSTITUTION_CLOSED }, write);
  await endWaitingFor({ institutionId: id }, INSTITUTION_CLOSED, write);
  const parent = receiver?.id ?? institution.parentInstitutionId;
  const moved = await write.tx
    .update(institutions)
    .set({ parentInstitutionId: parent, version: sql`${institutions.version} + 1`, updatedAt: write.clock.instant })
    .where(eq(institutions.parentInstitutionId, id))
    .returning();
  for (const subsidiary of moved) write.change(institutionChange('UPDATED', subsidiary));
  await update(institution, { status: input.event === 'MERGER' ? 'MERGED' : 'CLOSED' }, write);
}

/** Contracts of family doctors at an institution, as public health told them, that are not over. */
async function activeContracts(institutionId: string, { tx, clock }: Write): Promise<number> {
  const [row] = await tx
    .select({ contracts: count() })
    .from(contractProjections)
    .where(
      and(
        eq(contractProjections.institutionId, institutionId),
        inArray(contractProjections.status, ['PENDING_CONFIRM', 'ACTIVE', 'SUSPENDED']),
        gte(contractProjections.validTo, clock.day),
      ),
    );
  return row?.contracts ?? 0;
}

async function leading(institutionId: string, { tx, clock }: Write): Promise<number> {
  const [row] = await tx
    .select({ led: count() })
    .from(alliances)
    .where(
      and(
        eq(alliances.leadId, institutionId),
        sql`(${alliances.dissolvedOn} is null or ${alliances.dissolvedOn} > ${clock.day})`,
      ),
    );
  return row?.led ?? 0;
}

function checkPapers(input: Input, { clock }: Write, faults: Faults): void {
  expectText(faults, input.basis, 'basis', 500);
  expectText(faults, input.decisionNo, 'decisionNo', 100);
  expectNotAfterNow(faults, input.at, clock.instant, 'at');
}

/** An event is not recorded before the one that went before. */
async function checkOrder({ id }: InstitutionRow, { at }: Input, { tx }: Write, faults: Faults): Promise<void> {
  if (at === null || at === undefined) return;
  const [last] = await tx
    .select({ at: institutionLifecycleEvents.at })
    .from(institutionLifecycleEvents)
    .where(eq(institutionLifecycleEvents.institutionId, id))
    .orderBy(desc(institutionLifecycleEvents.at))
    .limit(1);
  const tooEarly = last !== undefined && Date.parse(at) < Date.parse(last.at);
  faults.expect(!tooEarly, 'VALIDATION_FAILED', 'at', lifecycleTexts.order);
}

async function update(
  institution: InstitutionRow,
  set: Partial<Omit<typeof institutions.$inferInsert, 'id' | 'version' | 'updatedAt'>>,
  write: Write,
): Promise<void> {
  const next = advanced(institution, write);
  const [row = institution] = await write.tx
    .update(institutions)
    .set({ ...set, ...next })
    .where(eq(institutions.id, institution.id))
    .returning();
  write.change(institutionChange('UPDATED', row));
}

async function record(
  institutionId: string,
  input: Input,
  step: { readonly from: Status | null; readonly to: Status },
  write: Write,
): Promise<Written> {
  const id = newId('le');
  const { event } = input;
  const mergedIntoId = input.mergedIntoId ?? null;
  await write.tx.insert(institutionLifecycleEvents).values({
    id,
    institutionId,
    event,
    at: input.at ?? write.clock.instant,
    basis: input.basis ?? null,
    decisionNo: input.decisionNo ?? null,
    mergedIntoId,
  });
  const payload = { institutionId, event, mergedIntoId };
  write.change({ type: 'InstitutionLifecycleEvent', id, kind: 'CREATED', payload });
  if (step.from !== step.to) write.step({ type: 'Institution', id: institutionId, ...step, reason: input.decisionNo });
  return { id };
}

const lifecycleTexts = {
  needed: { en: 'This must be given.', zh: '须填写此项。' },
  receiver: {
    en: 'Name the institution that takes over; contracts must not end with their institution.',
    zh: '须指定接收机构，签约协议不得随机构终止。',
  },
  itself: { en: 'Another institution must take over.', zh: '接收机构须为其他机构。' },
  leads: { en: 'The institution leads an alliance; dissolve it first.', zh: '该机构牵头医联体，须先解散。' },
  order: { en: 'An event of a later time is recorded already.', zh: '已登记更晚的事件。' },
};
