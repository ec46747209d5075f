import { actsFor, createFaults, numberOfOwn, refuse, type Faults, type Write, type Written } from '@hutong/kit';
import { and, desc, eq, gte, lte } from 'drizzle-orm';
import { acceptBy } from '../rules/referral-limits.ts';
import { guardedTransition, missingInputs, referralRules, type ReferralInput } from '../rules/referral-transition.ts';
import type { ReferralStep, TransitionReferralInput } from '../schema-types.ts';
import { appointments, appointmentSlots } from '../tables/appointment.ts';
import { encounters } from '../tables/encounter.ts';
import { contractProjections } from '../tables/projection.ts';
import type { ReferralRow } from '../tables/referral.ts';
import { careDocuments } from '../tables/report.ts';
import { institutionsById } from './places.ts';
import { beginStage, closeIfDone } from './referral-episode.ts';
import { lockReferral, openReferral, publicIdOf, recordStep } from './referral-record.ts';
import { scopeBetween } from './referral-scope.ts';

/** Takes a referral one step further (domain.md 3.4.1). */
export async function transitionReferral(input: TransitionReferralInput, write: Write): Promise<Written> {
  const referral = await lockReferral(write, input.id, input.version);
  const state = { ...referral, outOfCountyApproved: referral.approvedAt !== null };
  const to = guardedTransition(state, input.event);
  const faults = createFaults();
  faults.expect(mayStep(input.event, referral, write), 'FORBIDDEN', 'id');
  faults.expect(to !== 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'event');
  for (const missing of missingInputs(input.event, givenWith(input))) {
    faults.expect(false, 'VALIDATION_FAILED', fieldOf[missing], texts.missing);
  }
  const links = await findLinks(input, referral, write, faults);
  faults.throwIfAny();
  if (to === 'INVALID_TRANSITION') return { id: input.id };

  const { instant } = write.clock;
  const { practitionerId } = write.caller;
  switch (input.event) {
    case 'ACCEPT':
      await recordStep(write, referral, { to }, { acceptedAt: instant, receiverId: practitionerId ?? null });
      break;
    case 'REJECT':
    case 'CANCEL':
      await recordStep(write, referral, { to, reason: input.reason });
      await closeIfDone(write, referral);
      break;
    case 'SCHEDULE':
      await recordStep(
        write,
        referral,
        { to },
        { appointmentNo: links.appointmentNo, bedClass: input.bedClass ?? null },
      );
      break;
    case 'ARRIVE':
      await recordStep(
        write,
        referral,
        { to },
        {
          arrivedAt: instant,
          toEncounterNo: links.encounterNo,
          receiverId: practitionerId ?? referral.receiverId,
        },
      );
      await linkEncounter(referral, links.encounterNo, write);
      break;
    case 'START_TREATMENT':
      await recordStep(write, referral, { to });
      if (referral.direction === 'DOWN') await beginStage(write, referral, 'REHAB', referral.toId);
      else await beginStage(write, referral, 'TREATMENT');
      break;
    case 'PROPOSE_DOWN': {
      const toId = await downTarget(referral, write);
      await recordStep(write, referral, { to });
      const down = await proposeDown(referral, toId, write);
      return { id: input.id, notes: { downReferralId: publicIdOf(down) } };
    }
    case 'COMPLETE':
      await recordStep(
        write,
        referral,
        { to },
        {
          completedAt: instant,
          outcome: input.outcome ?? null,
          dischargeSummaryNo: links.documentNo,
        },
      );
      await closeIfDone(write, referral);
      break;
  }
  return { id: input.id, notes: { event: input.event } };
}

function mayStep(event: ReferralStep, { fromId, toId, residentId }: ReferralRow, { caller }: Write): boolean {
  switch (referralRules[event].who) {
    case 'FROM':
      return actsFor(caller, fromId);
    case 'TO':
      return actsFor(caller, toId);
    case 'FROM_OR_RESIDENT':
      return actsFor(caller, fromId) || caller.residentId === residentId;
    case 'REFERRAL_OFFICE':
    case 'SYSTEM':
      return caller.role === 'SYSTEM';
  }
}

const fieldOf: Readonly<Record<ReferralInput, string>> = {
  attachments: 'documentIds',
  reason: 'reason',
  slotOrBed: 'appointmentId',
  encounter: 'encounterId',
  outcome: 'outcome',
  dischargeSummary: 'dischargeSummaryId',
};

function givenWith(input: TransitionReferralInput): ReadonlySet<ReferralInput> {
  const given: readonly (readonly [ReferralInput, unknown])[] = [
    ['reason', input.reason?.trim()],
    ['slotOrBed', input.appointmentId ?? input.bedClass],
    ['encounter', input.encounterId],
    ['outcome', input.outcome],
    ['dischargeSummary', input.dischargeSummaryId],
  ];
  return new Set(
    given.flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [name])),
  );
}

interface StepLinks {
  readonly appointmentNo: number | null;
  readonly encounterNo: number | null;
  readonly documentNo: number | null;
}

/** What the step points to is there, the same resident's, and at the receiving institution. */
async function findLinks(
  { appointmentId, encounterId, dischargeSummaryId }: TransitionReferralInput,
  { residentId, toId }: ReferralRow,
  { tx }: Write,
  faults: Faults,
): Promise<StepLinks> {
  const links = {
    appointmentNo: appointmentId ? (numberOfOwn('ap', residentId, appointmentId) ?? 0) : null,
    encounterNo: encounterId ? (numberOfOwn('en', residentId, encounterId) ?? 0) : null,
    documentNo: dischargeSummaryId ? (numberOfOwn('cd', residentId, dischargeSummaryId) ?? 0) : null,
  };
  if (links.appointmentNo !== null) {
    const [slot] = await tx
      .select({ institutionId: appointmentSlots.institutionId, status: appointments.status })
      .from(appointments)
      .innerJoin(appointmentSlots, eq(appointmentSlots.id, appointments.slotId))
      .where(and(eq(appointments.residentId, residentId), eq(appointments.no, links.appointmentNo)));
    faults.expect(slot?.institutionId === toId, 'NOT_FOUND', 'appointmentId');
    faults.expect(slot?.status !== 'CANCELLED', 'VALIDATION_FAILED', 'appointmentId', texts.cancelled);
  }
  if (links.encounterNo !== null) {
    const [encounter] = await tx
      .select({ institutionId: encounters.institutionId })
      .from(encounters)
      .where(and(eq(encounters.residentId, residentId), eq(encounters.no, links.encounterNo)));
    faults.expect(encounter?.institutionId === toId, 'NOT_FOUND', 'encounterId');
  }
  if (links.documentNo !== null) {
    const [document] = await tx
      .select({ institutionId: careDocuments.institutionId })
      .from(careDocuments)
      .where(and(eq(careDocuments.residentId, residentId), eq(careDocuments.no, links.documentNo)));
    faults.expect(document?.institutionId === toId, 'NOT_FOUND', 'dischargeSummaryId');
  }
  return links;
}

async function linkEncounter(
  { residentId, no }: ReferralRow,
  encounterNo: number | null,
  { tx }: Write,
): Promise<void> {
  await tx
    .update(encounters)
    .set({ referralNo: no })
    .where(and(eq(encounters.residentId, residentId), eq(encounters.no, encounterNo ?? 0)));
}

/** Where the resident goes down to: the contracted primary institution, else the origin, whichever is open (domain.md 3.4.1). */
async function downTarget(up: ReferralRow, write: Write): Promise<string> {
  const wanted = [await contractedInstitution(up.residentId, write), up.fromId].flatMap((id) => id ?? []);
  const places = await institutionsById(write, wanted);
  const open = wanted.find((id) => id !== up.toId && places.get(id)?.status === 'ACTIVE');
  return open ?? refuse('VALIDATION_FAILED', 'id', texts.nowhere);
}

/** Makes the down-referral. */
async function proposeDown(up: ReferralRow, toId: string, write: Write): Promise<ReferralRow> {
  const { clock, caller } = write;
  const { residentId } = up;
  const { from, scope } = await scopeBetween(write, { fromId: up.toId, toId });
  const { instant } = clock;
  const down = await openReferral(
    write,
    {
      residentId,
      episodeNo: up.episodeNo,
      direction: 'DOWN',
      scope,
      fromId: up.toId,
      toId,
      reason: 'STABLE',
      diagnosis: up.diagnosis,
      urgency: 'ROUTINE',
      status: 'SUBMITTED',
      referrerId: caller.practitionerId ?? up.receiverId ?? up.referrerId,
      referrerName: caller.name ?? '',
      submittedAt: instant,
      dueAt: acceptBy({ direction: 'DOWN', urgency: 'ROUTINE' }, instant),
      fromEncounterNo: up.toEncounterNo,
      consentId: up.consentId,
    },
    from?.regionCode ?? '',
  );
  await beginStage(write, up, 'DOWN');
  return down;
}

async function contractedInstitution(residentId: string, { tx, clock }: Write): Promise<string | undefined> {
  const [contract] = await tx
    .select({ institutionId: contractProjections.institutionId })
    .from(contractProjections)
    .where(
      and(
        eq(contractProjections.residentId, residentId),
        eq(contractProjections.status, 'ACTIVE'),
        lte(contractProjections.validFrom, clock.day),
        gte(contractProjections.validTo, clock.day),
      ),
    )
    .orderBy(desc(contractProjections.validFrom))
    .limit(1);
  return contract?.institutionId;
}

const texts = {
  missing: { en: 'This step needs it.', zh: '该步骤必须填写此项。' },
  nowhere: {
    en: 'Neither the contracted institution nor the referring one is open to take the resident.',
    zh: '签约机构与转出机构均不能接收该居民。',
  },
  cancelled: { en: 'The appointment is cancelled.', zh: '该预约已取消。' },
};
