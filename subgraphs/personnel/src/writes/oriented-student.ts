import {
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotFuture,
  expectNotLong,
  expectNotPast,
  expectNumber,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
  refuse,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { advanceStudent, decideAgreement, serviceEndsOn } from '../rules/oriented-student.ts';
import type { AdvanceOrientedStudentInput, SignOrientedStudentInput } from '../schema-types.ts';
import { orientedStudents } from '../tables/talent.ts';
import { note } from './checks.ts';
import { isKnownDivision } from './places.ts';
import { texts } from './texts.ts';

/** Mutations of oriented students 定向医学生 (S0-15). */
export const orientedStudentWrites = (mutation: Mutation) => ({
  signOrientedStudent: mutation('signOrientedStudent', signOrientedStudent),
  advanceOrientedStudent: mutation('advanceOrientedStudent', advanceOrientedStudent),
});

/** Signs an agreement: free study against years of service in a county or township. */
async function signOrientedStudent(input: SignOrientedStudentInput, write: Write): Promise<Written> {
  const { name, school, major, enrolledOn, servicePlaceCode, serviceYears } = input;
  const graduatesOn = input.graduatesOn ?? null;
  const faults = createFaults();
  expectText(faults, name, 'name', 50);
  expectText(faults, school, 'school', 100);
  expectText(faults, major, 'major', 100);
  const known = servicePlaceCode.length <= 9 && (await isKnownDivision(write, servicePlaceCode));
  faults.expect(known, 'NOT_FOUND', 'servicePlaceCode');
  const mayWrite = governs(write.caller, servicePlaceCode);
  faults.expect(mayWrite, 'FORBIDDEN', 'servicePlaceCode', texts.commission);
  expectNotPast(faults, write, graduatesOn, 'graduatesOn');
  expectNumber(faults, serviceYears, 'serviceYears', { least: -Infinity, most: 40, places: 0 });
  note(faults, decideAgreement({ enrolledOn, graduatesOn, serviceYears }));
  faults.throwIfAny();

  const id = newId('os');
  const row = { enrolledOn, graduatesOn, servicePlaceCode, serviceYears, status: 'STUDYING' as const };
  const person = { name: name.trim(), school: school.trim(), major: major.trim() };
  await write.tx.insert(orientedStudents).values({ id, ...person, ...row, updatedAt: write.clock.instant });
  write.change({ type: 'OrientedStudent', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'OrientedStudent', id, from: null, to: 'STUDYING' });
  return { id };
}

/** Tells what happened to a student; the service owed runs from its first day. */
async function advanceOrientedStudent(input: AdvanceOrientedStudentInput, write: Write): Promise<Written> {
  const { id, event, on } = input;
  const row = await lockById(write, orientedStudents, id, 'id');
  expectVersion(row, input.version);
  const faults = createFaults();
  faults.expect(governs(write.caller, row.servicePlaceCode), 'FORBIDDEN', 'id', texts.commission);
  expectNotFuture(faults, write, on, 'on');
  faults.expect(on >= (row.serviceFrom ?? row.enrolledOn), 'VALIDATION_FAILED', 'on', texts.order);
  const needsBreach = event === 'BREACH' && !(input.breach ?? '').trim();
  faults.expect(!needsBreach, 'VALIDATION_FAILED', 'breach', texts.needed);
  expectNotLong(faults, input.breach, 'breach');
  const next = advanceStudent(row, event, on);
  note(faults, next);
  faults.throwIfAny();
  if (next.kind === 'REFUSED') return refuse(next.code, next.path.join('.'));

  const served =
    event === 'START_SERVICE' ? { serviceFrom: on, serviceEndsOn: serviceEndsOn(on, row.serviceYears) } : {};
  const broken = event === 'BREACH' ? { breach: input.breach } : {};
  await write.tx
    .update(orientedStudents)
    .set({ status: next.status, ...served, ...broken, ...advanced(row, write) })
    .where(eq(orientedStudents.id, id));
  const { servicePlaceCode, version } = row;
  const payload = { servicePlaceCode, status: next.status, ...served, version: version + 1 };
  write.change({ type: 'OrientedStudent', id, kind: 'UPDATED', payload });
  write.step({ type: 'OrientedStudent', id, from: row.status, to: next.status });
  return { id };
}
