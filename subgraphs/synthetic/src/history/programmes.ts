import { type Day, dateOf, firstDayOf, instantOf, lastDayOf, plusMonths, yearOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type {
  ChildFact,
  DeviceMeasurementFact,
  ElderlyFact,
  ImmunisationFact,
  InfectiousFact,
  MentalFact,
  TbFact,
} from '../facts/public-health.ts';
import { townshipHospital } from '../years/visit-plan.ts';
import { ageIn } from '../residents/person.ts';
import type { Subject } from './contact.ts';

const AS_OF: Day = lastDayOf(2024);

const drawsOf = (subject: Subject, what: string) => new Draws(subject.world.seed, `${subject.path}/${what}`);
const at = (day: Day, draws: Draws) => instantOf(day, 8 * 60 + draws.integer(0, 480));

/** Months of child visits after those of the first month (domain.md 3.10). */
const CHILD_MONTHS = [0, 1, 3, 6, 8, 12, 18, 24, 30, 36, 48, 60, 72];

/** The record of a child of 0–6 with the visits made so far. */
export function childOf(subject: Subject): ChildFact | null {
  const { person } = subject;
  if (person.age > 6) return null;
  const draws = drawsOf(subject, 'child');
  const end = person.statusDay ?? AS_OF;
  return {
    no: 1,
    birthWeight: Math.round(3300 + draws.normal() * 420),
    visits: CHILD_MONTHS.flatMap((months) => {
      const day = months === 0 ? person.birthDay + 3 : plusMonths(person.birthDay, months) + draws.integer(0, 12);
      const missed = draws.chance(0.05);
      if (day > end || missed) return [];
      const height = 50 + 25 * Math.min(1, months / 12) + Math.max(0, months - 12) * 0.68 + draws.normal() * 1.8;
      const weight = 3.3 + 6 * Math.min(1, months / 12) + Math.max(0, months - 12) * 0.19 + draws.normal() * 0.5;
      return [{ at: at(day, draws), months, weightKg: weight.toFixed(1), heightCm: height.toFixed(1) }];
    }),
    kindergarten:
      person.age >= 3 && draws.chance(0.85)
        ? `${subject.world.divisionNames.get(person.village.slice(0, 9)) ?? ''}中心幼儿园（示例）`
        : null,
  };
}

/** Yearly assessments of a managed elder; all four parts together count as managed (P-03). */
export function elderlyOf(subject: Subject): ElderlyFact[] {
  const { person } = subject;
  if (!person.elderlyManaged) return [];
  const years = subject.years.filter(({ year }) => ageIn(person, year) >= 65);
  return years.map(({ year }, index) => {
    const draws = drawsOf(subject, `elderly/${year}`);
    const old = ageIn(person, year) >= 80;
    const village = new Draws(subject.world.seed, `${subject.world.model.key}/village/${person.village}/exam`);
    const day = firstDayOf(year) + Math.min(360, village.integer(60, 330) + 1);
    return {
      no: index + 1,
      at: at(day, draws),
      selfCareScore: old
        ? draws.integer(0, 14)
        : draws.weighted([[draws.integer(0, 3), 85] as const, [draws.integer(4, 18), 15] as const]),
      cognition: draws.chance(old ? 0.18 : 0.05) ? 'SUSPECT' : 'NORMAL',
      emotion: draws.chance(0.07) ? 'SUSPECT' : 'NORMAL',
      tcmConstitution: draws.pick(['平和质', '气虚质', '阳虚质', '阴虚质', '痰湿质', '血瘀质']),
      lifestyleAssessed: true,
      auxiliaryTests: true,
      guidance: true,
    };
  });
}

/** Vaccine, dose, month due (national schedule, shortened). */
const VACCINES: readonly (readonly [string, number, number])[] = [
  ['卡介苗', 1, 0],
  ['乙肝疫苗', 1, 0],
  ['乙肝疫苗', 2, 1],
  ['脊灰疫苗', 1, 2],
  ['脊灰疫苗', 2, 3],
  ['百白破疫苗', 1, 3],
  ['脊灰疫苗', 3, 4],
  ['百白破疫苗', 2, 4],
  ['百白破疫苗', 3, 5],
  ['乙肝疫苗', 3, 6],
  ['麻腮风疫苗', 1, 8],
  ['乙脑疫苗', 1, 8],
  ['麻腮风疫苗', 2, 18],
  ['百白破疫苗', 4, 18],
  ['甲肝疫苗', 1, 18],
  ['乙脑疫苗', 2, 24],
  ['流脑疫苗', 3, 36],
  ['脊灰疫苗', 4, 48],
  ['白破疫苗', 1, 72],
];

/** Doses that fell due in the years told. */
export function immunisationsOf(subject: Subject): ImmunisationFact[] {
  const { person } = subject;
  if (person.age > 7) return [];
  const first = firstDayOf(subject.years[0]?.year ?? 2024);
  const hospital = townshipHospital(subject.world, person);
  const due = VACCINES.map(([vaccine, dose, month]) => ({
    vaccine,
    dose,
    day: plusMonths(person.birthDay, month) + 1,
  })).filter(
    (one) => one.day >= first && one.day <= AS_OF && (person.statusDay === null || one.day < person.statusDay),
  );
  return due.map(({ vaccine, dose, day }, index) => {
    const draws = drawsOf(subject, `dose/${vaccine}/${dose}`);
    const given = day + draws.integer(0, 25);
    const done = draws.chance(0.965) && given <= AS_OF;
    return {
      no: index + 1,
      vaccine,
      dose,
      dueOn: dateOf(day),
      givenOn: done ? dateOf(given) : null,
      institutionId: hospital.id,
      batch: done ? `B${yearOf(day)}${String(draws.integer(1, 9999)).padStart(4, '0')}` : null,
    };
  });
}

/** Severe mental disorder under management: four visits a year for most. */
export function mentalOf(subject: Subject): MentalFact | null {
  if (!subject.person.conditions.mental) return null;
  const draws = drawsOf(subject, 'mental');
  const standard = draws.chance(0.84);
  const days = subject.years.flatMap(({ year }) =>
    Array.from(
      { length: standard ? 4 : draws.integer(1, 3) },
      (_, index) => firstDayOf(year) + index * 90 + draws.integer(5, 80),
    ),
  );
  return {
    no: 1,
    icd10: draws.pick(['F20.9', 'F20.0', 'F25.9', 'F31.9']),
    riskLevel: draws.weighted([[0, 88] as const, [1, 7] as const, [2, 3] as const, [3, 2] as const]),
    registeredOn: dateOf(firstDayOf(2024) - draws.integer(100, 3_000)),
    visits: days
      .filter((day) => isAlive(subject, day))
      .map((day) => ({ at: at(day, draws), stable: draws.chance(0.85) })),
  };
}

/** Tuberculosis notified in the last year with its course of treatment. */
export function tbOf(subject: Subject): TbFact | null {
  if (!subject.person.conditions.tb) return null;
  const draws = drawsOf(subject, 'tb');
  const notified = firstDayOf(2024) + draws.integer(5, 330);
  const end = notified + 180;
  const done = end <= AS_OF;
  return {
    no: 1,
    icd10: draws.pick(['A15.0', 'A16.2']),
    notifiedOn: dateOf(notified),
    treatmentFrom: dateOf(notified + 3),
    treatmentTo: done ? dateOf(end) : null,
    outcome: done ? draws.pick(['CURED', 'CURED', 'COMPLETED'] as const) : 'ON_TREATMENT',
    visits: Array.from({ length: 6 }, (_, index) => notified + 10 + index * 28)
      .filter((day) => day <= Math.min(AS_OF, end) && isAlive(subject, day))
      .map((day) => ({ at: at(day, draws) })),
  };
}

/** Reports of notifiable diseases; rare. */
export function infectiousOf(subject: Subject): InfectiousFact[] {
  const days = subject.years.flatMap(({ year }) => {
    const draws = drawsOf(subject, `infectious/${year}`);
    return draws.chance(ageIn(subject.person, year) <= 10 ? 0.012 : 0.0035)
      ? [firstDayOf(year) + draws.integer(10, 350)]
      : [];
  });
  const hospital = townshipHospital(subject.world, subject.person);
  return days
    .filter((day) => isAlive(subject, day))
    .map((day, index) => {
      const draws = drawsOf(subject, `infectious-report/${index}`);
      const young = ageIn(subject.person, yearOf(day)) <= 10;
      const [icd10, disease] = young ? draws.pick(YOUNG_DISEASES) : draws.pick(ADULT_DISEASES);
      const timely = draws.chance(0.985);
      return {
        no: index + 1,
        icd10,
        disease,
        onsetOn: dateOf(day - draws.integer(1, 4)),
        diagnosedAt: instantOf(day, 600),
        reportedAt: instantOf(day, 600 + (timely ? draws.integer(30, 1_200) : draws.integer(1_500, 4_000))),
        institutionId: hospital.id,
        timely,
      };
    });
}

const YOUNG_DISEASES = [
  ['B08.4', '手足口病'],
  ['J10.1', '流行性感冒'],
  ['B26.9', '流行性腮腺炎'],
] as const;
const ADULT_DISEASES = [
  ['B18.1', '乙型病毒性肝炎'],
  ['J10.1', '流行性感冒'],
  ['A53.9', '梅毒'],
] as const;

/** Readings of a home device: some managed patients with a contract have one (S0-33). */
export function deviceMeasurementsOf(subject: Subject): DeviceMeasurementFact[] {
  const { person } = subject;
  const draws = drawsOf(subject, 'device');
  if (person.managedHtn === null || !person.contracted || !draws.chance(0.12)) return [];
  return Array.from({ length: 12 }, (_, month) => {
    const day = firstDayOf(2024) + month * 30 + draws.integer(1, 25);
    return {
      no: month + 1,
      deviceId: `BP-${person.index}`,
      measurement: {
        kind: 'SBP',
        value: String(Math.round((person.managedHtn?.controlled === true ? 131 : 146) + draws.normal() * 7)),
        unit: 'mmHg',
        at: at(day, draws),
        source: 'DEVICE',
      },
    };
  });
}

function isAlive(subject: Subject, day: Day): boolean {
  const { birthDay, statusDay } = subject.person;
  return day > birthDay && day <= AS_OF && (statusDay === null || day < statusDay);
}
