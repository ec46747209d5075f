import {
  type Day,
  dateOf,
  firstDayOf,
  instantOf,
  lastDayOf,
  monthOf,
  yearOf,
  yearsBetween,
} from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { ChronicFact, ExamFact, FollowUpFact, MeasurementFact } from '../facts/public-health.ts';
import { doctorAt } from '../place-world.ts';
import { ageIn, type Managed, RETIREMENT_AGE } from '../residents/person.ts';
import { nearestClinic, townshipHospital } from '../years/visit-plan.ts';
import { clinicalOf } from './clinical.ts';
import type { NumberedContact, Subject } from './contact.ts';

const LAST_YEAR = 2024;

/** A disease under management with its plan for the last year. */
interface Course {
  readonly disease: 'HTN' | 'T2DM';
  readonly kind: 'HTN' | 'DM';
  readonly managed: Managed;
  readonly no: number;
}

function coursesOf(subject: Subject): Course[] {
  const { managedHtn, managedDm } = subject.person;
  const htn: Course[] = managedHtn === null ? [] : [{ disease: 'HTN', kind: 'HTN', managed: managedHtn, no: 1 }];
  const dm: Course[] =
    managedDm === null ? [] : [{ disease: 'T2DM', kind: 'DM', managed: managedDm, no: htn.length + 1 }];
  return [...htn, ...dm];
}

/** Enrolments in chronic management. */
export function chronicOf(subject: Subject): ChronicFact[] {
  const hospital = townshipHospital(subject.world, subject.person);
  return coursesOf(subject).map(({ disease, managed, no }) => {
    const draws = new Draws(subject.world.seed, `${subject.path}/chronic/${disease}`);
    return {
      no,
      disease,
      diagnosedOn: dateOf(Math.max(subject.person.birthDay + 20 * 365, managed.enrolledDay - draws.integer(0, 700))),
      enrolledOn: dateOf(managed.enrolledDay),
      managedByInstitutionId: hospital.id,
      managedByPractitionerId: doctorAt(subject.world, hospital, 'GP', draws.uniform()),
      status: 'ACTIVE',
      plan: disease === 'HTN' ? '低盐饮食，规律服药，每季度随访' : '控制饮食，规律用药，每季度测空腹血糖',
    };
  });
}

/** Follow-ups of all kinds in order of time; the reading of the last one of the year is what the plan says (8.5). */
export function followUpsOf(subject: Subject, contacts: readonly NumberedContact[]): FollowUpFact[] {
  const drafts = [
    ...coursesOf(subject).flatMap((course) =>
      subject.years.flatMap(({ year }) => chronicFollowUps(subject, course, year)),
    ),
    ...dischargeFollowUps(subject, contacts),
  ];
  return drafts
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.kind < b.kind ? -1 : 1))
    .map((draft, index) => ({ no: index + 1, ...draft }));
}

type Draft = Omit<FollowUpFact, 'no'>;

/** How the year of a course went: the plan of the last year, the same chances before it. */
function yearOfCourse(subject: Subject, course: Course, year: number): { standardised: boolean; controlled: boolean } {
  if (year === LAST_YEAR) return course.managed;
  const draws = new Draws(subject.world.seed, `${subject.path}/chronic/${course.disease}/${year}`);
  return { standardised: draws.chance(0.66), controlled: draws.chance(course.disease === 'HTN' ? 0.58 : 0.48) };
}

function chronicFollowUps(subject: Subject, course: Course, year: number): Draft[] {
  const from = Math.max(firstDayOf(year), course.managed.enrolledDay);
  const last = lastDayOf(year);
  if (from > last) return [];
  const draws = new Draws(subject.world.seed, `${subject.path}/follow-ups/${course.disease}/${year}`);
  const outcome = yearOfCourse(subject, course, year);
  const monthsLeft = yearOf(course.managed.enrolledDay) < year ? 12 : 13 - monthOf(course.managed.enrolledDay);
  const required = Math.ceil((4 * monthsLeft) / 12);
  const some = draws.weighted([[3, 50] as const, [2, 35] as const, [1, 15] as const]);
  const count = outcome.standardised ? required : Math.min(some, required - 1);
  return Array.from({ length: count }, (_, index) => {
    const day = followUpDay({ from, last }, outcome.standardised ? required : Math.max(count, 3), index, draws);
    const lastOne = index === count - 1;
    const controlled = lastOne ? outcome.controlled : draws.chance(outcome.controlled ? 0.72 : 0.45);
    return followUp(subject, course, day, { controlled, face: outcome.standardised }, draws);
  });
}

/** The middle of part `index` of the time left, moved by up to 20 days but never out of its part by more than spacing allows. */
function followUpDay(range: { from: Day; last: Day }, parts: number, index: number, draws: Draws): Day {
  const length = (range.last - range.from + 1) / parts;
  const free = Math.max(0, Math.min(20, (length - 31) / 2));
  const middle = range.from + length * (index + 0.5);
  return Math.min(range.last, Math.max(range.from, Math.floor(middle + (draws.uniform() * 2 - 1) * free)));
}

function followUp(
  subject: Subject,
  course: Course,
  day: Day,
  wanted: { readonly controlled: boolean; readonly face: boolean },
  draws: Draws,
): Draft {
  const hospital = townshipHospital(subject.world, subject.person);
  const site = draws.chance(0.6) ? nearestClinic(subject.world, subject.person, hospital) : hospital;
  const vulnerable = subject.person.vulnerability.length > 0;
  const mode = wanted.face || draws.chance(0.7) ? (vulnerable && draws.chance(0.6) ? 'HOME' : 'FACE') : 'PHONE';
  const at = instantOf(day, 8 * 60 + draws.integer(0, 480));
  const age = yearsBetween(subject.person.birthDay, day);
  const measurements =
    course.disease === 'HTN' ? pressure(wanted.controlled, age, at, draws) : glucose(wanted.controlled, at, draws);
  return {
    kind: course.kind,
    chronicNo: course.no,
    encounterNo: null,
    at,
    mode,
    institutionId: site.id,
    practitionerId: doctorAt(subject.world, site, 'GP', draws.uniform()),
    measurements,
    medicationAdherence: draws.chance(wanted.controlled ? 0.9 : 0.6)
      ? 'REGULAR'
      : draws.chance(0.8)
        ? 'IRREGULAR'
        : 'NONE',
    warningSigns: false,
  };
}

/** SBP ~ N(138, 14) over all; controlled and not lie on their side of the limit of the age (domain.md 3.10, 8.5). */
function pressure(controlled: boolean, age: number, at: string, draws: Draws): MeasurementFact[] {
  const limit = age >= 65 ? 150 : 140;
  const sbp = controlled
    ? Math.min(limit - 1, 129 + draws.normal() * 9)
    : Math.max(limit, limit + 6 + Math.abs(draws.normal()) * 10);
  const dbp = controlled ? Math.min(89, 79 + draws.normal() * 6) : 86 + draws.normal() * 8;
  return [
    measurement('SBP', Math.floor(Math.max(92, sbp)), at),
    measurement('DBP', Math.floor(Math.max(52, dbp)), at),
    measurement('HR', Math.round(74 + draws.normal() * 8), at),
  ];
}

function glucose(controlled: boolean, at: string, draws: Draws): MeasurementFact[] {
  const value = controlled
    ? Math.min(6.9, Math.max(4.1, 5.9 + draws.normal() * 0.6))
    : Math.max(7, 7.6 + Math.abs(draws.normal()) * 1.6);
  return [
    { kind: 'FBG', value: (Math.floor(value * 10) / 10).toFixed(1), unit: 'mmol/L', at, source: 'CLINIC' },
    measurement('SBP', Math.round(130 + draws.normal() * 12), at),
    measurement('DBP', Math.round(79 + draws.normal() * 7), at),
  ];
}

function measurement(kind: 'SBP' | 'DBP' | 'HR', value: number, at: string): MeasurementFact {
  return { kind, value: String(value), unit: kind === 'HR' ? '/min' : 'mmHg', at, source: 'CLINIC' };
}

/** After a stay, at primary level: within 7 days (3 after stroke, infarction and birth) for most (domain.md 3.4.6, C-29). */
function dischargeFollowUps(subject: Subject, contacts: readonly NumberedContact[]): Draft[] {
  const hospital = townshipHospital(subject.world, subject.person);
  const stays = contacts.filter((one) => one.kind === 'INPATIENT' && one.level !== 'T');
  return stays.flatMap((stay): Draft[] => {
    const draws = new Draws(subject.world.seed, `${subject.path}/discharge/${stay.key}`);
    const demo = stay.script !== null && subject.person.fixture?.fixture === 'rs_demo_wang';
    if (!demo && !draws.chance(subject.person.contracted ? 0.86 : 0.62)) return [];
    const soon = isFollowedSoon(subject, stay);
    const after = demo ? 3 : draws.chance(0.93) ? draws.integer(1, soon ? 3 : 7) : draws.integer(8, 14);
    const day = stay.day + stay.nights + after;
    const { statusDay } = subject.person;
    if (day > lastDayOf(LAST_YEAR) || (statusDay !== null && day > statusDay)) return [];
    const at = instantOf(day, 9 * 60 + draws.integer(0, 400));
    return [
      {
        kind: 'DISCHARGE',
        chronicNo: null,
        encounterNo: stay.no,
        at,
        mode: draws.pick(['FACE', 'HOME', 'PHONE'] as const),
        institutionId: hospital.id,
        practitionerId: doctorAt(subject.world, hospital, 'GP', draws.uniform()),
        measurements: [
          measurement('SBP', Math.round(132 + draws.normal() * 12), at),
          measurement('DBP', Math.round(80 + draws.normal() * 7), at),
        ],
        medicationAdherence: 'REGULAR',
        warningSigns: false,
      },
    ];
  });
}

/** Stroke, acute myocardial infarction or a birth: the follow-up is due within three days (domain.md 3.4.6). */
function isFollowedSoon(subject: Subject, stay: NumberedContact): boolean {
  const { diagnoses } = clinicalOf(
    stay,
    subject.person,
    new Draws(subject.world.seed, `${subject.path}/c/${stay.key}`),
  );
  return stay.delivery !== null || diagnoses.some(({ icd10 }) => /^I(2[12]|6[0-4])/.test(icd10));
}

/** Health exams: elders by village month, chronic patients, packages, pupils, employees (domain.md 8.5, 8.7). */
export function examsOf(subject: Subject, packageCodes: readonly string[]): ExamFact[] {
  const drafts = subject.years.flatMap(({ year }) => examsInYear(subject, packageCodes, year));
  return drafts.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map((draft, index) => ({ no: index + 1, ...draft }));
}

function examsInYear(subject: Subject, packageCodes: readonly string[], year: number): Omit<ExamFact, 'no'>[] {
  const { person, world } = subject;
  const draws = new Draws(world.seed, `${subject.path}/exam/${year}`);
  const village = new Draws(world.seed, `${world.model.key}/village/${person.village}/exam`);
  const villageDay = village.integer(60, 330);
  const courses = coursesOf(subject).filter((course) => yearOf(course.managed.enrolledDay) <= year);
  const standardised = courses.some((course) => yearOfCourse(subject, course, year).standardised);
  const age = ageIn(person, year);
  const elderly = person.elderlyManaged && age >= 65;
  const retired = person.retired && age >= RETIREMENT_AGE;
  const first = firstDayOf(year);
  const enrolled = Math.max(first, ...courses.map((course) => course.managed.enrolledDay));
  const late = enrolled + Math.floor((lastDayOf(year) - enrolled) * (0.2 + draws.uniform() * 0.6));
  const chronic = courses.length > 0 && !elderly && (standardised || draws.chance(0.5));
  const wanted: readonly (readonly [boolean, ExamFact['kind'], Day])[] = [
    [elderly, 'ELDERLY', first + Math.min(360, villageDay + draws.integer(0, 10))],
    [chronic, 'CHRONIC', late],
    [
      packageCodes.includes('PK-EXAM') && year === LAST_YEAR && draws.chance(0.9),
      'PACKAGE',
      first + draws.integer(40, 350),
    ],
    [age >= 7 && age <= 14 && draws.chance(0.3), 'STUDENT', first + draws.integer(60, 150)],
    [person.scheme === 'EMPLOYEE' && !retired && draws.chance(0.1), 'EMPLOYEE', first + draws.integer(90, 300)],
  ];
  return wanted.flatMap(([yes, kind, day]) => (yes && isAlive(subject, day) ? [exam(subject, kind, day, draws)] : []));
}

function isAlive(subject: Subject, day: Day): boolean {
  const { birthDay, statusDay } = subject.person;
  return day > birthDay && (statusDay === null || day < statusDay);
}

function exam(subject: Subject, kind: ExamFact['kind'], day: Day, draws: Draws): Omit<ExamFact, 'no'> {
  const hospital = townshipHospital(subject.world, subject.person);
  const at = instantOf(day, 8 * 60 + draws.integer(0, 150));
  const age = ageIn(subject.person, yearOf(day));
  const child = age < 15;
  const height = child ? 80 + age * 6 : (subject.person.sex === 'MALE' ? 169 : 158) + draws.normal() * 6;
  const bmi = (child ? 17 : 24) + draws.normal() * 3;
  const weight = Math.max(10, (bmi * height * height) / 10_000);
  const sbp = Math.round((child ? 105 : 130) + draws.normal() * 13);
  const fbg = Math.max(3.8, (subject.person.conditions.dm ? 7.2 : 5.4) + draws.normal() * 0.8);
  const of = (kindOf: MeasurementFact['kind'], value: string, unit: MeasurementFact['unit']): MeasurementFact => ({
    kind: kindOf,
    value,
    unit,
    at,
    source: 'CLINIC',
  });
  return {
    kind,
    at,
    institutionId: hospital.id,
    practitionerId: doctorAt(subject.world, hospital, 'GP', draws.uniform()),
    measurements: [
      of('HEIGHT', height.toFixed(1), 'cm'),
      of('WEIGHT', weight.toFixed(1), 'kg'),
      of('BMI', ((weight * 10_000) / (height * height)).toFixed(1), 'kg/m2'),
      of('SBP', String(sbp), 'mmHg'),
      of('DBP', String(Math.round((child ? 65 : 79) + draws.normal() * 8)), 'mmHg'),
      of('FBG', fbg.toFixed(1), 'mmol/L'),
    ],
    abnormal: [...(sbp >= 140 ? ['血压偏高'] : []), ...(fbg >= 7 ? ['血糖偏高'] : []), ...(bmi >= 28 ? ['肥胖'] : [])],
    advice: '合理膳食，适量运动，定期复查。',
  };
}
