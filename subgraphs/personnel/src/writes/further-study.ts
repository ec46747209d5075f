import {
  type Mutation,
  type Write,
  type Written,
  advanced,
  createFaults,
  expectNotLong,
  expectVersion,
  lockById,
  newId,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { decideStudy, decideStudyResult } from '../rules/further-study.ts';
import type { ConcludeFurtherStudyInput, RecordFurtherStudyInput } from '../schema-types.ts';
import { furtherStudies } from '../tables/training.ts';
import { expectCode, note } from './checks.ts';
import { expectOnStaff, lockPerson } from './people.ts';
import { expectOpen, expectOwn, placesById } from './places.ts';

/** Mutations of further studies 进修 (S0-21). */
export const furtherStudyWrites = (mutation: Mutation) => ({
  recordFurtherStudy: mutation('recordFurtherStudy', recordFurtherStudy),
  concludeFurtherStudy: mutation('concludeFurtherStudy', concludeFurtherStudy),
});

/** Records a study at another institution, one at a time. */
async function recordFurtherStudy(input: RecordFurtherStudyInput, write: Write): Promise<Written> {
  const { practitionerId, atInstitutionId, specialty, from } = input;
  const to = input.to ?? null;
  const person = await lockPerson(write, practitionerId);
  const primaryInstitutionId = person?.primaryInstitutionId ?? '';
  const places = await placesById(write, [atInstitutionId, primaryInstitutionId]);
  const others = await write.tx.select().from(furtherStudies).where(eq(furtherStudies.practitionerId, practitionerId));
  const faults = createFaults();
  expectOnStaff(faults, person, 'practitionerId');
  expectOpen(faults, places.get(atInstitutionId), 'atInstitutionId');
  if (person !== undefined) expectOwn(faults, write, [places.get(primaryInstitutionId)], 'practitionerId');
  expectCode(faults, 'VS-16', specialty, 'specialty');
  note(faults, decideStudy({ atInstitutionId, primaryInstitutionId, from, to }, others));
  faults.throwIfAny();

  const id = newId('fs');
  const row = { practitionerId, atInstitutionId, specialty, from, to, regionCode: person?.regionCode ?? '' };
  await write.tx.insert(furtherStudies).values({ id, ...row, updatedAt: write.clock.instant });
  write.change({ type: 'FurtherStudy', id, kind: 'CREATED', payload: { ...row, version: 1 } });
  write.step({ type: 'FurtherStudy', id, from: null, to: 'RECORDED' });
  return { id };
}

/** Tells the result of a study, once, when its last day has come. */
async function concludeFurtherStudy(input: ConcludeFurtherStudyInput, write: Write): Promise<Written> {
  const { id, to, result } = input;
  const row = await lockById(write, furtherStudies, id, 'id');
  expectVersion(row, input.version);
  const person = await lockPerson(write, row.practitionerId);
  const home = person?.primaryInstitutionId ?? '';
  const places = await placesById(write, [row.atInstitutionId, home]);
  const faults = createFaults();
  expectOwn(faults, write, [places.get(row.atInstitutionId), places.get(home)], 'id');
  expectNotLong(faults, result, 'result');
  note(faults, decideStudyResult(row, { to, result }, write.clock.day));
  faults.throwIfAny();

  await write.tx
    .update(furtherStudies)
    .set({ to, result: result.trim(), ...advanced(row, write) })
    .where(eq(furtherStudies.id, id));
  const { practitionerId, atInstitutionId, specialty, from, version } = row;
  const payload = { practitionerId, atInstitutionId, specialty, from, to, version: version + 1 };
  write.change({ type: 'FurtherStudy', id, kind: 'UPDATED', payload });
  write.step({ type: 'FurtherStudy', id, from: 'RECORDED', to: 'RESULT_TOLD' });
  return { id };
}
