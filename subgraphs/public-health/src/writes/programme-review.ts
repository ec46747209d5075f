import { type Write, type Written, createFaults, expectText, governs, lockById, newId, refuse } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import type { ReviewProgrammeInput } from '../schema-types.ts';
import { programmeReviews, programmes } from '../tables/governance.ts';
import { texts } from './texts.ts';

/** Records a review of a programme: the internal one first, then the legal one and those of the departments (S2-32, VS-46). */
export async function reviewProgramme(input: ReviewProgrammeInput, write: Write): Promise<Written> {
  const { programmeId, kind, department, accepted } = input;
  const programme = await lockById(write, programmes, programmeId, 'programmeId');
  if (!governs(write.caller, programme.regionCode)) refuse('FORBIDDEN', 'programmeId', texts.commission);
  const faults = createFaults();
  expectText(faults, input.opinion, 'opinion', 2000);
  const isNamed = (kind === 'DEPARTMENT') === Boolean(department);
  faults.expect(isNamed, 'VALIDATION_FAILED', 'department', own.department);
  const isInGroup = !department || programme.workingGroup.includes(department);
  faults.expect(isInGroup, 'VALIDATION_FAILED', 'department', own.group);
  const isFirst = kind === 'INTERNAL' || (await isReviewed(write, programmeId));
  faults.expect(isFirst, 'INVALID_TRANSITION', 'kind', own.order);
  faults.throwIfAny();

  const id = newId('pv');
  const row = { programmeId, kind, department: department ?? null, accepted, on: write.clock.day };
  await write.tx.insert(programmeReviews).values({ id, ...row, opinion: input.opinion.trim() });
  write.change({ type: 'ProgrammeReview', id, kind: 'CREATED', payload: row });
  return { id };
}

/** Whether an internal review has accepted the programme. */
async function isReviewed({ tx }: Write, programmeId: string): Promise<boolean> {
  const table = programmeReviews;
  const isInternal = and(eq(table.programmeId, programmeId), eq(table.kind, 'INTERNAL'), eq(table.accepted, true));
  const [review] = await tx.select({ id: table.id }).from(table).where(isInternal).limit(1);
  return review !== undefined;
}

const own = {
  department: {
    en: 'A reply of a department names it; other reviews name none.',
    zh: '部门反馈须填写部门，其他评审不填。',
  },
  group: { en: 'The department is not in the working group.', zh: '该部门不在工作专班内。' },
  order: {
    en: 'An internal review must accept the programme first.',
    zh: '须先通过内部评审。',
  },
};
