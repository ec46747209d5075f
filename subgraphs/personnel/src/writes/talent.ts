import {
  type Faults,
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectNotPast,
  expectVersion,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { and, eq, gte, lte, ne, sql } from 'drizzle-orm';
import { advanceDispatch, assignExpert, decideDispatchRequest } from '../rules/talent-dispatch.ts';
import type { AssignTalentInput, CloseTalentDispatchInput, RequestTalentDispatchInput } from '../schema-types.ts';
import { talentDispatches, talentPoolEntries, type TalentDispatchRow } from '../tables/talent.ts';
import { expectCode, note } from './checks.ts';
import { orientedStudentWrites } from './oriented-student.ts';
import { expectOnStaff, lockPerson } from './people.ts';
import { expectOpen, expectOwn, managesPeopleOf, placesById } from './places.ts';

/** Mutations of the dispatch of experts 人才调配 (S2-14) and of oriented students 定向医学生. */
export const talentWrites = (mutation: Mutation) => ({
  requestTalentDispatch: mutation('requestTalentDispatch', requestTalentDispatch),
  assignTalent: mutation('assignTalent', assignTalent),
  closeTalentDispatch: mutation('closeTalentDispatch', closeTalentDispatch),
  ...orientedStudentWrites(mutation),
});

/** Asks for an expert for the caller's own institution. */
async function requestTalentDispatch(input: RequestTalentDispatchInput, write: Write): Promise<Written> {
  const { requesterId, skill, from, to } = input;
  const place = (await placesById(write, [requesterId])).get(requesterId);
  const faults = createFaults();
  expectOpen(faults, place, 'requesterId');
  faults.expect(managesPeopleOf(write, requesterId), 'FORBIDDEN', 'requesterId', own.ownRequest);
  expectCode(faults, 'VS-16', skill, 'skill');
  expectNotLong(faults, input.need, 'need');
  expectNotPast(faults, write, from, 'from');
  note(faults, decideDispatchRequest({ from, to }));
  faults.throwIfAny();

  const id = newId('td');
  const row = { requesterId, skill, from, to, status: 'REQUESTED' as const };
  await write.tx
    .insert(talentDispatches)
    .values({ id, ...row, need: input.need ?? null, updatedAt: write.clock.instant });
  write.change({ type: 'TalentDispatch', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'TalentDispatch', id, from: null, to: 'REQUESTED' });
  return { id };
}

/** Gives a request its expert: willing, of the skill, with days left in the month. */
async function assignTalent(input: AssignTalentInput, write: Write): Promise<Written> {
  const { id, practitionerId, days } = input;
  const row = await lockById(write, talentDispatches, id, 'id');
  expectVersion(row, input.version);
  const person = await lockPerson(write, practitionerId);
  const [offer] = await write.tx
    .select()
    .from(talentPoolEntries)
    .where(eq(talentPoolEntries.practitionerId, practitionerId));
  const places = await placesById(write, [person?.primaryInstitutionId]);
  const faults = createFaults();
  expectOnStaff(faults, person, 'practitionerId');
  faults.expect(person === undefined || offer !== undefined, 'NOT_FOUND', 'practitionerId', own.noExpert);
  if (person !== undefined) expectOwn(faults, write, [places.get(person.primaryInstitutionId)], 'practitionerId');
  faults.expect(row.to >= write.clock.day, 'INVALID_TRANSITION', '', own.over);
  faults.throwIfAny();
  if (offer === undefined) return refuse('NOT_FOUND', 'practitionerId', own.noExpert);

  const promisedDays = await promisedBeside(row, practitionerId, write);
  const next = assignExpert(row, offer, { days, promisedDays, distanceKm: null });
  note(faults, next);
  faults.throwIfAny();
  if (next.kind === 'REFUSED') return refuse(next.code, next.path.join('.'));
  await write.tx
    .update(talentDispatches)
    .set({ assignedId: practitionerId, days, status: next.status, ...advanced(row, write) })
    .where(eq(talentDispatches.id, id));
  tell(row, { assignedId: practitionerId, status: next.status }, write);
  return { id };
}

/** Closes a dispatch: done, once it has begun, or called off. */
async function closeTalentDispatch(input: CloseTalentDispatchInput, write: Write): Promise<Written> {
  const { id, event, reason } = input;
  const row = await lockById(write, talentDispatches, id, 'id');
  expectVersion(row, input.version);
  const place = (await placesById(write, [row.requesterId])).get(row.requesterId);
  const faults = createFaults();
  expectOwn(faults, write, [place], 'id');
  expectNotLong(faults, reason, 'reason');
  checkBegun(row, event, write, faults);
  const next = advanceDispatch(row.status, event);
  note(faults, next);
  faults.throwIfAny();
  if (next.kind === 'REFUSED') return refuse(next.code, next.path.join('.'));
  await write.tx
    .update(talentDispatches)
    .set({ status: next.status, ...advanced(row, write) })
    .where(eq(talentDispatches.id, id));
  tell(row, { assignedId: row.assignedId, status: next.status }, write, reason);
  return { id };
}

function checkBegun(row: TalentDispatchRow, event: CloseTalentDispatchInput['event'], write: Write, faults: Faults) {
  const early = event === 'COMPLETE' && row.status === 'ASSIGNED' && row.from > write.clock.day;
  faults.expect(!early, 'INVALID_TRANSITION', '', own.notBegun);
}

/** Days a month that the expert has promised to other dispatches of the same time. */
async function promisedBeside({ id, from, to }: TalentDispatchRow, expertId: string, { tx }: Write): Promise<number> {
  const { assignedId, status, days } = talentDispatches;
  const [row] = await tx
    .select({ days: sql<number>`coalesce(sum(${days}), 0)::integer` })
    .from(talentDispatches)
    .where(
      and(
        eq(assignedId, expertId),
        eq(status, 'ASSIGNED'),
        ne(talentDispatches.id, id),
        lte(talentDispatches.from, to),
        gte(talentDispatches.to, from),
      ),
    );
  return row?.days ?? 0;
}

function tell(
  row: TalentDispatchRow,
  changed: Pick<TalentDispatchRow, 'assignedId' | 'status'>,
  write: Write,
  reason?: string | null,
): void {
  const { id, requesterId, skill, from, to, version } = row;
  const payload = { requesterId, skill, from, to, ...changed, version: version + 1 };
  write.change({ type: 'TalentDispatch', id, kind: 'UPDATED', payload });
  write.step({ type: 'TalentDispatch', id, from: row.status, to: changed.status, reason });
}

const own = {
  ownRequest: { en: 'Only people of the institution may ask for an expert.', zh: '仅本机构人员可申请人才调配。' },
  noExpert: { en: 'The person is not in the expert pool.', zh: '该人员不在人才库中。' },
  over: { en: 'The time asked for is over.', zh: '申请的时间已过。' },
  notBegun: { en: 'The dispatch has not begun.', zh: '人才调配尚未开始。' },
};
