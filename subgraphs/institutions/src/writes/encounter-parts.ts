import type { Faults, Write } from '@hutong/kit';
import type { EncounterClass, RecordEncounterInput } from '../schema-types.ts';
import type { encounters } from '../tables/encounter.ts';
import { expectCode, expectPast, expectText } from './care-checks.ts';

type PartName = 'outpatient' | 'emergency' | 'inpatient' | 'home' | 'online';

/** The part of the input that each class of encounter has. */
const partNames: Readonly<Record<EncounterClass, PartName>> = {
  OUTPATIENT: 'outpatient',
  EMERGENCY: 'emergency',
  INPATIENT: 'inpatient',
  HOME: 'home',
  ONLINE: 'online',
};

/** Parts without which nothing of the class could be recorded. */
const needed: ReadonlySet<PartName> = new Set(['emergency', 'inpatient', 'online']);

/** The part of its class is given, no other, and it is right. */
export function expectPart(input: RecordEncounterInput, write: Write, faults: Faults): void {
  const own = partNames[input.class];
  for (const name of Object.values(partNames)) {
    const given = input[name] !== null && input[name] !== undefined;
    const right = name === own ? given || !needed.has(name) : !given;
    faults.expect(right, 'VALIDATION_FAILED', name, name === own ? texts.missing : texts.otherClass);
  }
  checkOutpatient(input, write, faults);
  checkEmergency(input, faults);
  if (input.inpatient)
    expectCode('VS-65', { code: input.inpatient.admittedFrom, path: 'inpatient.admittedFrom' }, faults);
  input.home?.services.forEach((service, index) => expectText(service, `home.services.${index}`, faults));
  expectText(input.online?.question, 'online.question', faults);
}

function checkOutpatient({ outpatient }: RecordEncounterInput, write: Write, faults: Faults): void {
  outpatient?.steps.forEach(({ at }, index) => expectPast(at, `outpatient.steps.${index}.at`, write, faults));
  expectMinutes(outpatient?.waitingMinutes, 'outpatient.waitingMinutes', faults);
}

function checkEmergency({ emergency }: RecordEncounterInput, faults: Faults): void {
  if (!emergency) return;
  expectCode('VS-25', { code: String(emergency.triageLevel), path: 'emergency.triageLevel' }, faults);
  const { doorToDoctorMinutes, doorToWardMinutes, doorToNeedleMinutes, doorToBalloonMinutes } = emergency;
  const minutes = { doorToDoctorMinutes, doorToWardMinutes, doorToNeedleMinutes, doorToBalloonMinutes };
  for (const [name, value] of Object.entries(minutes)) expectMinutes(value, `emergency.${name}`, faults);
}

function expectMinutes(minutes: number | null | undefined, path: string, faults: Faults): void {
  faults.expect((minutes ?? 0) >= 0, 'VALIDATION_FAILED', path, texts.minutes);
}

/** The columns that only this class of encounter has. */
export function partOfClass(input: RecordEncounterInput): Partial<typeof encounters.$inferInsert> {
  switch (input.class) {
    case 'OUTPATIENT':
      return {
        steps: (input.outpatient?.steps ?? []).map(({ step, at }) => ({ step, at })),
        waitingMinutes: input.outpatient?.waitingMinutes ?? null,
        isTcm: input.outpatient?.isTcm ?? false,
      };
    case 'EMERGENCY':
      return emergencyPart(input.emergency);
    case 'INPATIENT':
      return {
        admittedAt: input.startedAt,
        bedClass: input.inpatient?.bedClass ?? null,
        admittedFrom: input.inpatient?.admittedFrom ?? null,
      };
    case 'HOME':
      return { vulnerability: [...(input.home?.vulnerability ?? [])], services: [...(input.home?.services ?? [])] };
    case 'ONLINE':
      return { question: input.online?.question ?? null, replies: [] };
  }
}

function emergencyPart(emergency: RecordEncounterInput['emergency']): Partial<typeof encounters.$inferInsert> {
  return {
    triageLevel: emergency?.triageLevel ?? null,
    arrivedBy: emergency?.arrivedBy ?? null,
    disposition: emergency?.disposition ?? null,
    doorToDoctorMinutes: emergency?.doorToDoctorMinutes ?? null,
    doorToWardMinutes: emergency?.doorToWardMinutes ?? null,
    doorToNeedleMinutes: emergency?.doorToNeedleMinutes ?? null,
    doorToBalloonMinutes: emergency?.doorToBalloonMinutes ?? null,
  };
}

const texts = {
  missing: { en: 'An encounter of this class needs this part.', zh: '该类就诊须填写此部分。' },
  otherClass: { en: 'This part belongs to another class of encounter.', zh: '此部分属于其他就诊类型。' },
  minutes: { en: 'A number of minutes is not negative.', zh: '分钟数不能为负。' },
};
