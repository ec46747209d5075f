import {
  advanced,
  createFaults,
  decodeOwnedId,
  encodeOwnedId,
  expectBounds,
  expectNotFuture,
  expectNumber,
  expectText,
  expectVersion,
  LONGEST_PROSE,
  nextNo,
  refuse,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq, ne } from 'drizzle-orm';
import { growthBounds, scheduledAge } from '../rules/child-care.ts';
import type { RecordChildVisitInput } from '../schema-types.ts';
import { childRecords, maternalRecords, type ChildRecordRow } from '../tables/programme-records.ts';
import { planImmunisations } from './immunisation.ts';
import { touchRecord } from './record-content.ts';
import { holdPresent, type HeldResident } from './resident-access.ts';
import { checkInstitution } from './visits.ts';

/** Records a visit of the child schedule 儿童随访; the first opens the record and plans the vaccinations (domain.md 3.10). */
export async function recordChildVisit(input: RecordChildVisitInput, write: Write): Promise<Written> {
  const { residentId, institutionId, on } = input;
  const resident = await holdPresent(write, residentId);
  expectBounds(input, { findings: LONGEST_PROSE });
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  expectNotFuture(faults, write, on, 'on');
  const record = await recordOf(write, residentId);
  if (record !== undefined) expectVersion(record, input.version);
  const visited = visitOf(input, { record, birthDate: resident.birthDate }, faults);
  const said = await saidOf(write, input, { record, resident }, faults);
  faults.throwIfAny();
  const no = record === undefined ? await open(write, input, resident, { ...said, ...visited }) : record.no;
  if (record !== undefined) await change(write, record, { ...said, ...visited });
  await touchRecord(write, residentId);
  return { id: encodeOwnedId('cr', residentId, no) };
}

async function recordOf({ tx }: Write, residentId: string): Promise<ChildRecordRow | undefined> {
  const [row] = await tx
    .select()
    .from(childRecords)
    .where(eq(childRecords.residentId, residentId))
    .limit(1)
    .for('update');
  return row;
}

interface Known {
  readonly record: ChildRecordRow | undefined;
  readonly birthDate: string;
}

/** The visits and measurements with the new one; notes an age that has its visit, and what no child of the age weighs. */
function visitOf(
  { on, growth, findings }: RecordChildVisitInput,
  { record, birthDate }: Known,
  faults: Faults,
): Pick<ChildRecordRow, 'visits' | 'growth'> {
  const ageMonths = scheduledAge(birthDate, on);
  faults.expect(ageMonths !== undefined, 'VALIDATION_FAILED', 'on', own.age);
  const visits = record?.visits ?? [];
  const isFirst = visits.every((one) => one.ageMonths !== ageMonths);
  faults.expect(isFirst, 'INVALID_TRANSITION', 'on', own.visited);
  const at = { ageMonths: ageMonths ?? 0, at: on };
  const bounds = growthBounds(at.ageMonths);
  for (const path of ['weight', 'height'] as const) {
    const [least, most] = bounds[path];
    expectNumber(faults, growth?.[path], `growth.${path}`, { least, most, places: 2 });
  }
  const point = growth ? [{ ...at, weight: growth.weight, height: growth.height }] : [];
  return {
    visits: byAge([...visits, { ...at, findings: findings?.trim() ?? null }]),
    growth: byAge([...(record?.growth ?? []), ...point]),
  };
}

function byAge<T extends { readonly ageMonths: number }>(points: readonly T[]): T[] {
  return points.toSorted((a, b) => a.ageMonths - b.ageMonths);
}

type Said = Pick<ChildRecordRow, 'birthWeight' | 'kindergarten' | 'maternalRecordId'>;

interface OfChild {
  readonly record: ChildRecordRow | undefined;
  readonly resident: HeldResident;
}

/** What the visit says of the child, or what was said before. */
async function saidOf(
  write: Write,
  input: RecordChildVisitInput,
  { record, resident }: OfChild,
  faults: Faults,
): Promise<Said> {
  const { birthWeight = null, kindergarten = null, maternalRecordId = null } = input;
  expectNumber(faults, birthWeight, 'birthWeight', { least: 0.3, most: 7, places: 3 });
  const isSame =
    record?.birthWeight == null || birthWeight === null || Number(record.birthWeight) === Number(birthWeight);
  faults.expect(isSame, 'VALIDATION_FAILED', 'birthWeight', own.birthWeight);
  expectText(faults, kindergarten, 'kindergarten');
  if (maternalRecordId !== null) await checkMother(write, maternalRecordId, resident, faults);
  return {
    birthWeight: birthWeight ?? record?.birthWeight ?? null,
    kindergarten: kindergarten?.trim() ?? record?.kindergarten ?? null,
    maternalRecordId: maternalRecordId ?? record?.maternalRecordId ?? null,
  };
}

/** The mother's pregnancy ended in a live birth on the day on which the child was born, and has not yet as many children. */
async function checkMother({ tx }: Write, id: string, child: HeldResident, faults: Faults): Promise<void> {
  const path = 'maternalRecordId';
  const key = decodeOwnedId('mr', id);
  if (key === undefined) return refuse('NOT_FOUND', path);
  const [record] = await tx
    .select({ delivery: maternalRecords.delivery })
    .from(maternalRecords)
    .where(and(eq(maternalRecords.residentId, key.residentId), eq(maternalRecords.no, key.no)))
    .for('update');
  if (record === undefined) return refuse('NOT_FOUND', path);
  const { delivery } = record;
  if (delivery?.on !== child.birthDate) return faults.expect(false, 'VALIDATION_FAILED', path, own.birth);
  const siblings = await tx
    .select({ residentId: childRecords.residentId })
    .from(childRecords)
    .where(and(eq(childRecords.maternalRecordId, id), ne(childRecords.residentId, child.id)));
  faults.expect(siblings.length < delivery.liveBirths, 'VALIDATION_FAILED', path, own.siblings);
}

async function open(
  write: Write,
  { residentId, institutionId, on }: RecordChildVisitInput,
  resident: HeldResident,
  content: Said & Pick<ChildRecordRow, 'visits' | 'growth'>,
): Promise<number> {
  const no = await nextNo(write, childRecords, residentId);
  const { guardianId } = resident;
  await write.tx
    .insert(childRecords)
    .values({ residentId, no, guardianId, openedOn: on, institutionId, ...content, updatedAt: write.clock.instant });
  const id = encodeOwnedId('cr', residentId, no);
  write.change({ type: 'ChildRecord', id, kind: 'CREATED', residentId, payload: { institutionId, version: 1 } });
  await planImmunisations(write, resident);
  return no;
}

async function change(write: Write, record: ChildRecordRow, content: Partial<ChildRecordRow>): Promise<void> {
  const { residentId, no, institutionId } = record;
  const next = advanced(record, write);
  await write.tx
    .update(childRecords)
    .set({ ...content, ...next })
    .where(and(eq(childRecords.residentId, residentId), eq(childRecords.no, no)));
  const id = encodeOwnedId('cr', residentId, no);
  const payload = { institutionId, version: next.version };
  write.change({ type: 'ChildRecord', id, kind: 'UPDATED', residentId, payload });
}

const own = {
  age: { en: 'Children are visited from the birth up to the seventh birthday.', zh: '儿童随访限出生至 7 周岁前。' },
  visited: { en: 'The visit of this age is recorded already.', zh: '该月龄随访已登记。' },
  birthWeight: { en: 'Another weight at birth is recorded.', zh: '与已登记的出生体重不符。' },
  birth: {
    en: 'This pregnancy did not end on the day on which the child was born.',
    zh: '该孕产妇手册的分娩日期与儿童出生日期不符。',
  },
  siblings: {
    en: 'This pregnancy has as many children as were born alive.',
    zh: '该孕产妇手册已关联全部活产儿。',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
