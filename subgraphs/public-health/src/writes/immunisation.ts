import {
  advanced,
  createFaults,
  encodeOwnedId,
  expectBounds,
  expectText,
  expectVersion,
  insertMany,
  nextNo,
  refuse,
  toDay,
  type Faults,
  type FaultText,
  type Write,
  type Written,
} from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { doseDue, immunisationStatus, isLasting, isOfProgrammeAge, programmeDoses } from '../rules/immunisation.ts';
import type { RecordImmunisationInput } from '../schema-types.ts';
import { immunisations, type ImmunisationRow } from '../tables/programme-records.ts';
import { touchRecord } from './record-content.ts';
import { expectUnmerged, lockResident, type HeldResident } from './resident-access.ts';
import { texts } from './texts.ts';
import { checkInstitution, visitDay } from './visits.ts';

/** Records a dose that was given, or why it was not 预防接种: by whoever vaccinates, for newborns are vaccinated in hospitals. */
export async function recordImmunisation(input: RecordImmunisationInput, write: Write): Promise<Written> {
  const { residentId, institutionId } = input;
  expectBounds(input);
  const faults = createFaults();
  await checkInstitution(write, institutionId, faults);
  faults.throwIfAny();
  const resident = await lockResident(write, residentId, 'residentId');
  await expectUnmerged(write, residentId, 'residentId');
  if (resident.status === 'DECEASED') refuse('INVALID_TRANSITION', 'residentId', texts.gone);
  const doses = await write.tx.select().from(immunisations).where(eq(immunisations.residentId, residentId));
  const row = doses.find(({ vaccine, dose }) => vaccine === input.vaccine && dose === input.dose);
  if (row !== undefined) expectVersion(row, input.version);
  if (row !== undefined && row.givenAt !== null) refuse('INVALID_TRANSITION', 'dose', own.given);
  const dueOn = checkDose(write, input, { resident, doses }, faults);
  faults.throwIfAny();
  const no = await store(write, input, { row, dueOn });
  await touchRecord(write, residentId);
  return { id: encodeOwnedId('im', residentId, no) };
}

interface Course {
  readonly resident: HeldResident;
  readonly doses: readonly ImmunisationRow[];
}

/** Notes what stands against a dose; gives the first day on which it may be given. */
function checkDose(
  write: Write,
  input: RecordImmunisationInput,
  { resident: { birthDate }, doses }: Course,
  faults: Faults,
): string {
  const { vaccine, dose, givenAt = null, lotNo = null, contraindication = null } = input;
  const course = doses.filter((one) => one.vaccine === vaccine);
  const before = course.find((one) => one.dose === dose - 1)?.givenAt ?? null;
  const dueOn = doseDue({ vaccine, dose }, birthDate, before === null ? null : toDay(new Date(before)));
  if (dueOn === undefined) return refuse('VALIDATION_FAILED', 'dose', own.dose);
  faults.expect((givenAt === null) !== (contraindication === null), 'VALIDATION_FAILED', 'givenAt', own.either);
  if (givenAt === null) {
    faults.expect(lotNo === null, 'VALIDATION_FAILED', 'lotNo', own.notGiven);
    faults.expect((input.adverseReaction ?? null) === null, 'VALIDATION_FAILED', 'adverseReaction', own.notGiven);
    return dueOn;
  }
  faults.expect(dose === 1 || before !== null, 'VALIDATION_FAILED', 'dose', own.order);
  const day = visitDay(write, { at: givenAt, first: birthDate, path: 'givenAt' }, faults);
  faults.expect(day >= dueOn, 'VALIDATION_FAILED', 'givenAt', own.early(dueOn));
  faults.expect(isOfProgrammeAge(vaccine, birthDate, day), 'VALIDATION_FAILED', 'givenAt', own.age);
  const isBarred = course.some((one) => one.contraindication !== null && isLasting(one.contraindication));
  faults.expect(!isBarred, 'INVALID_TRANSITION', 'vaccine', own.barred);
  faults.expect(lotNo !== null, 'VALIDATION_FAILED', 'lotNo', texts.needed);
  expectText(faults, lotNo, 'lotNo', 50);
  expectText(faults, input.adverseReaction, 'adverseReaction');
  return dueOn;
}

interface Stored {
  readonly row: ImmunisationRow | undefined;
  readonly dueOn: string;
}

/** Stores the dose, which may have been planned, and tells of it. */
async function store(write: Write, input: RecordImmunisationInput, { row, dueOn }: Stored): Promise<number> {
  const { residentId, institutionId, vaccine, dose } = input;
  const content = {
    institutionId,
    givenAt: input.givenAt ?? null,
    lotNo: input.lotNo?.trim() ?? null,
    adverseReaction: input.adverseReaction?.trim() ?? null,
    contraindication: input.contraindication ?? row?.contraindication ?? null,
  };
  const no = row?.no ?? (await nextNo(write, immunisations, residentId));
  const next = row === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(row, write);
  if (row === undefined) {
    await write.tx.insert(immunisations).values({ residentId, no, vaccine, dose, dueOn, ...content, ...next });
  } else {
    await write.tx
      .update(immunisations)
      .set({ ...content, ...next })
      .where(and(eq(immunisations.residentId, residentId), eq(immunisations.no, no)));
  }
  const id = encodeOwnedId('im', residentId, no);
  const [from, to] = [row === undefined ? null : immunisationStatus(row), immunisationStatus(content)];
  if (from !== to) write.step({ type: 'Immunisation', id, residentId, from, to });
  const kind = row === undefined ? 'CREATED' : 'UPDATED';
  const payload = { institutionId, vaccine, dose, dueOn, givenAt: content.givenAt, version: next.version };
  write.change({ type: 'Immunisation', id, kind, residentId, payload });
  return no;
}

/** Plans the doses of the national programme that a child has no row for 应种. */
export async function planImmunisations(write: Write, { id: residentId, birthDate }: HeldResident): Promise<void> {
  const known = await write.tx
    .select({ vaccine: immunisations.vaccine, dose: immunisations.dose })
    .from(immunisations)
    .where(eq(immunisations.residentId, residentId));
  const missing = programmeDoses.filter(
    ({ vaccine, dose }) => !known.some((one) => one.vaccine === vaccine && one.dose === dose),
  );
  if (missing.length === 0) return;
  const first = await nextNo(write, immunisations, residentId);
  const rows = missing.map(({ vaccine, dose }, index) => ({
    residentId,
    no: first + index,
    vaccine,
    dose,
    dueOn: doseDue({ vaccine, dose }, birthDate, null) ?? birthDate,
    givenAt: null,
    institutionId: null,
    lotNo: null,
    adverseReaction: null,
    contraindication: null,
    version: 1,
    updatedAt: write.clock.instant,
  }));
  await insertMany(write, immunisations, rows);
  for (const { no, vaccine, dose, dueOn } of rows) {
    const id = encodeOwnedId('im', residentId, no);
    write.step({ type: 'Immunisation', id, residentId, from: null, to: 'DUE' });
    const payload = { vaccine, dose, dueOn, version: 1 };
    write.change({ type: 'Immunisation', id, kind: 'CREATED', residentId, payload });
  }
}

const own = {
  given: { en: 'This dose was given already.', zh: '该剂次已接种。' },
  dose: { en: 'The national programme has no such dose of this vaccine.', zh: '免疫规划无该疫苗的此剂次。' },
  either: {
    en: 'Say either when it was given or for which contraindication it was not.',
    zh: '接种时间与接种禁忌须且只须填写一项。',
  },
  notGiven: { en: 'This is said of a dose that was given.', zh: '仅已接种的剂次可填写此项。' },
  order: {
    en: 'The dose before is not recorded; record it first, from the vaccination certificate.',
    zh: '上一剂次未登记，请先按预防接种证补录。',
  },
  early: (dueOn: string) => ({
    en: `This dose may be given from ${dueOn} on: it has a least age and a least time after the dose before.`,
    zh: `该剂次最早可于${dueOn}接种，须满足最小月龄与间隔。`,
  }),
  age: {
    en: 'The programme gives this vaccine to children under 18 years, tuberculosis vaccine under 4 years.',
    zh: '免疫规划疫苗限 18 周岁以下，卡介苗限 4 周岁以下。',
  },
  barred: {
    en: 'A lasting contraindication to this vaccine is recorded.',
    zh: '已登记该疫苗的长期接种禁忌。',
  },
} as const satisfies Readonly<Record<string, FaultText | ((dueOn: string) => FaultText)>>;
