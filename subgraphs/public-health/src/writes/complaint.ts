import {
  type Faults,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  decodeOwnedId,
  expectText,
  expectVersion,
  governs,
  isPublicId,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import type { Role } from '@hutong/schema';
import { and, eq, sql } from 'drizzle-orm';
import { complaintTransition, COMPLAINT_DAYS } from '../rules/complaint-transition.ts';
import { addDays } from '../rules/contract-term.ts';
import type { FileComplaintInput, ResolveComplaintInput } from '../schema-types.ts';
import { serviceContracts } from '../tables/contract.ts';
import { allianceMembers } from '../tables/indicator.ts';
import { complaints, type ComplaintRow } from '../tables/oversight.ts';
import { institutionProjections, teamProjections } from '../tables/projection.ts';
import { recountComplaints } from './complaint-count.ts';
import { texts } from './texts.ts';

/** Who may complain: residents, who serves them, and the commission for who calls it. */
const filers: ReadonlySet<Role> = new Set([
  'RESIDENT',
  'FAMILY_DOCTOR',
  'INST_STAFF',
  'INST_ADMIN',
  'HEALTH_COMMISSION',
  'SYSTEM',
]);

/** Files a complaint, to be resolved within 15 days; its text is sealed, and anonymous means that nobody is kept (S2-28). */
export async function fileComplaint(input: FileComplaintInput, write: Write): Promise<Written> {
  const { caller, clock, tx } = write;
  if (!filers.has(caller.role)) refuse('FORBIDDEN', '', own.filer);
  const { subjectType, subjectId, category, anonymous } = input;
  const answering = await answererOf(input, write);
  if (answering === undefined) return refuse('NOT_FOUND', 'subjectId');
  const faults = createFaults();
  expectText(faults, input.text, 'text', 2000);
  faults.throwIfAny();

  const id = newId('cp');
  const [date = '', time = ''] = clock.instant.split('T');
  const dueAt = `${addDays(date, COMPLAINT_DAYS)}T${time}`;
  const row = { subjectType, subjectId, ...answering, category, anonymous, dueAt, status: 'FILED' } as const;
  await tx.insert(complaints).values({
    id,
    ...row,
    text: write.seal(input.text.trim()),
    filedAt: clock.instant,
    filedById: anonymous ? null : (caller.residentId ?? null),
    updatedAt: clock.instant,
  });
  const { institutionId, status } = row;
  const payload = { subjectType, subjectId, institutionId, category, status, dueAt, version: 1 };
  write.change({ type: 'Complaint', id, kind: 'CREATED', payload });
  write.step({ type: 'Complaint', id, from: null, to: status });
  await recountComplaints(write, { ...answering, dueAt });
  return { id };
}

type Answerer = Pick<ComplaintRow, 'institutionId' | 'regionCode'>;

/** Who answers for a subject; undefined when there is no such subject, or a resident complains of somebody else's contract. */
async function answererOf({ subjectType, subjectId }: FileComplaintInput, write: Write): Promise<Answerer | undefined> {
  const { tx, caller } = write;
  const places = institutionProjections;
  const select = tx.select({ institutionId: places.id, regionCode: places.regionCode }).from(places);
  switch (subjectType) {
    case 'INSTITUTION':
      return (await select.where(eq(places.id, subjectId)))[0];
    case 'TEAM':
      return (
        await select
          .innerJoin(teamProjections, eq(teamProjections.institutionId, places.id))
          .where(eq(teamProjections.id, subjectId))
      )[0];
    case 'CONTRACT': {
      const key = decodeOwnedId('ct', subjectId);
      if (key === undefined || (caller.role === 'RESIDENT' && caller.residentId !== key.residentId)) return undefined;
      const isContract = and(eq(serviceContracts.residentId, key.residentId), eq(serviceContracts.no, key.no));
      return (
        await select.innerJoin(serviceContracts, eq(serviceContracts.baseInstitutionId, places.id)).where(isContract)
      )[0];
    }
    case 'ALLIANCE': {
      const joined = select.innerJoin(allianceMembers, eq(allianceMembers.institutionId, places.id));
      const [member] = await joined.where(eq(allianceMembers.allianceId, subjectId)).orderBy(places.id).limit(1);
      return member === undefined ? undefined : { institutionId: null, regionCode: member.regionCode.slice(0, 6) };
    }
    case 'PRACTITIONER': {
      const isMember = sql`${teamProjections.members} @> ${JSON.stringify([{ practitionerId: subjectId }])}::jsonb`;
      const joined = select.innerJoin(teamProjections, eq(teamProjections.institutionId, places.id));
      const [place] = await joined.where(isMember).orderBy(places.id).limit(1);
      const [region] = caller.regionCodes;
      if (place !== undefined || region === undefined || !isPublicId('pr', subjectId)) return place;
      return { institutionId: null, regionCode: region };
    }
  }
}

/** Takes up, resolves or rejects a complaint (S2-28). */
export async function resolveComplaint(input: ResolveComplaintInput, write: Write): Promise<Written> {
  const { id, step, result } = input;
  const complaint = await lockById(write, complaints, id, 'id');
  if (!mayHandle(complaint, write)) refuse('FORBIDDEN', 'id', own.handler);
  expectVersion(complaint, input.version);
  const faults = createFaults();
  const to = complaintTransition(complaint.status, step);
  faults.expect(to !== 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'step');
  faults.expect(
    step !== 'REJECT' || governs(write.caller, complaint.regionCode),
    'FORBIDDEN',
    'step',
    texts.commission,
  );
  checkResult(input, faults);
  faults.throwIfAny();
  if (to === 'INVALID_TRANSITION') return refuse('INVALID_TRANSITION', 'step');

  const resolvedAt = to === 'IN_PROGRESS' ? null : write.clock.instant;
  const next = advanced(complaint, write);
  await write.tx
    .update(complaints)
    .set({ status: to, resolvedAt, result: result?.trim() ?? complaint.result, ...next })
    .where(eq(complaints.id, id));
  tellComplaint(write, complaint, { status: to, resolvedAt, version: next.version });
  await recountComplaints(write, complaint);
  return { id };
}

/** Tells the step of a complaint: its states and days, no words. */
export function tellComplaint(
  write: Write,
  { id, subjectType, subjectId, institutionId, category, dueAt, status: from }: Omit<ComplaintRow, 'text'>,
  to: Pick<ComplaintRow, 'status' | 'resolvedAt' | 'version'>,
): void {
  const payload = { subjectType, subjectId, institutionId, category, dueAt, ...to };
  write.change({ type: 'Complaint', id, kind: 'UPDATED', payload });
  write.step({ type: 'Complaint', id, from, to: to.status });
}

/** The institution's administrators, unless the complaint is of one of them; the health commission always. */
function mayHandle({ subjectId, institutionId, regionCode }: Omit<ComplaintRow, 'text'>, { caller }: Write): boolean {
  if (governs(caller, regionCode)) return true;
  const isAdministrator = caller.role === 'INST_ADMIN' && institutionId !== null && actsFor(caller, institutionId);
  return isAdministrator && caller.practitionerId !== subjectId;
}

function checkResult({ step, result }: ResolveComplaintInput, faults: Faults): void {
  expectText(faults, result, 'result', 2000);
  const isNeeded = step === 'RESOLVE' || step === 'REJECT';
  faults.expect(!isNeeded || Boolean(result), 'VALIDATION_FAILED', 'result', texts.needed);
}

const own = {
  filer: {
    en: 'Complaints are filed by residents, staff, or the health commission for who calls it.',
    zh: '投诉由居民、医务人员提交，或由卫生健康行政部门代为登记。',
  },
  handler: {
    en: 'Only the administrators of the institution complained of, or the health commission, may do this.',
    zh: '仅被投诉机构管理者或卫生健康行政部门可办理。',
  },
};
