import {
  actsFor,
  createFaults,
  governs,
  numberOfOwn,
  refuse,
  type Faults,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import { isGreenChannel } from '../rules/green-channel.ts';
import { acceptBy } from '../rules/referral-limits.ts';
import { guardedTransition, statusAfterSubmit, transition } from '../rules/referral-transition.ts';
import type { ApproveOutOfCountyInput, SubmitReferralInput } from '../schema-types.ts';
import { specialtyCentres } from '../tables/capability.ts';
import type { ReferralRow } from '../tables/referral.ts';
import { careDocuments } from '../tables/report.ts';
import { expectOpen } from './checks.ts';
import { institutionsById } from './places.ts';
import { beginStage } from './referral-episode.ts';
import { lockReferral, publicIdOf, recordStep } from './referral-record.ts';
import { scopeBetween } from './referral-scope.ts';

/** Type of a record summary 病历概要 (VS-27). */
const summaryType = '01';

/** Submits a draft: scope, limit, and the green channel (domain.md 3.4.1, 3.4.2, 3.4.4). */
export async function submitReferral(input: SubmitReferralInput, write: Write): Promise<Written> {
  const referral = await lockReferral(write, input.id, input.version);
  const faults = createFaults();
  faults.expect(actsFor(write.caller, referral.fromId), 'FORBIDDEN', 'id');
  faults.expect(transition(referral.status, 'SUBMIT') !== 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'id');
  const score = input.injurySeverityScore ?? null;
  faults.expect(score === null || (score >= 1 && score <= 75), 'VALIDATION_FAILED', 'injurySeverityScore');
  await checkPlaces(referral, write, faults);
  await attachDocuments(input, referral, write, faults);
  faults.throwIfAny();

  const { instant } = write.clock;
  const facts = {
    urgency: referral.urgency,
    icd10: referral.diagnosis.icd10,
    injurySeverityScore: score,
    criticalMother: input.criticalMother,
    criticalChild: input.criticalChild,
  };
  const greenChannel = isGreenChannel(facts, await accreditedCentres(referral.toId, write));
  const { scope } = await scopeBetween(write, referral);
  const submitted = await recordStep(
    write,
    referral,
    { to: 'SUBMITTED' },
    {
      scope,
      greenChannel,
      submittedAt: instant,
      dueAt: acceptBy(referral, instant),
    },
  );
  const status = statusAfterSubmit(greenChannel);
  if (status !== submitted.status) await recordStep(write, submitted, { to: status }, { acceptedAt: instant });
  await beginStage(write, referral, referral.direction === 'DOWN' ? 'DOWN' : 'UP');
  return { id: input.id };
}

/** The county referral office approves a referral out of the county (domain.md 3.4.2). */
export async function approveOutOfCounty(input: ApproveOutOfCountyInput, write: Write): Promise<Written> {
  const referral = await lockReferral(write, input.id, input.version);
  const from = (await institutionsById(write, [referral.fromId])).get(referral.fromId);
  if (!governs(write.caller, from?.regionCode ?? '')) refuse('FORBIDDEN', 'id');
  const state = { ...referral, outOfCountyApproved: referral.approvedAt !== null };
  const to = guardedTransition(state, 'APPROVE_OUT_OF_COUNTY');
  if (to === 'INVALID_TRANSITION') return refuse('INVALID_TRANSITION', 'id');
  await recordStep(write, referral, { to }, { approvedAt: write.clock.instant });
  return { id: publicIdOf(referral) };
}

async function checkPlaces({ fromId, toId }: ReferralRow, write: Write, faults: Faults): Promise<void> {
  const places = await institutionsById(write, [fromId, toId]);
  for (const id of [fromId, toId]) expectOpen(faults, places.get(id), 'id');
}

/** Attaches what is named now; in the end there must be a summary. */
async function attachDocuments(
  { documentIds }: SubmitReferralInput,
  { residentId, no }: ReferralRow,
  { tx }: Write,
  faults: Faults,
): Promise<void> {
  const named = (documentIds ?? []).map((id) => numberOfOwn('cd', residentId, id) ?? 0);
  const own = await tx
    .select({ no: careDocuments.no, type: careDocuments.type, referralNo: careDocuments.referralNo })
    .from(careDocuments)
    .where(eq(careDocuments.residentId, residentId));
  const known = new Set(own.map((document) => document.no));
  named.forEach((number, index) => faults.expect(known.has(number), 'NOT_FOUND', `documentIds.${index}`));
  const attached = own.filter((document) => document.referralNo === no || named.includes(document.no));
  const hasSummary = attached.some(({ type }) => type === summaryType);
  faults.expect(hasSummary, 'VALIDATION_FAILED', 'documentIds', {
    en: 'A referral needs a record summary (type 01).',
    zh: '转诊须附病历概要（类型 01）。',
  });
  if (named.length === 0) return;
  await tx
    .update(careDocuments)
    .set({ referralNo: no })
    .where(and(eq(careDocuments.residentId, residentId), inArray(careDocuments.no, named)));
}

async function accreditedCentres(institutionId: string, { tx }: Write) {
  const rows = await tx
    .select({ kind: specialtyCentres.kind })
    .from(specialtyCentres)
    .where(and(eq(specialtyCentres.institutionId, institutionId), eq(specialtyCentres.accredited, true)));
  return rows.map(({ kind }) => kind);
}
