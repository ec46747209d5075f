import { dayOf } from '../chance/calendar.ts';
import type { CostLineFact } from '../facts/care.ts';
import type { Site } from '../places/site.ts';
import type { ReferralPlan } from '../years/year-plan.ts';
import { leadHospital, townshipHospital } from '../years/visit-plan.ts';
import type { Contact, ReferralCourse, Script, Subject } from './contact.ts';
import { drugLine, plainLine } from './lines.ts';

interface Scripted {
  readonly contacts: readonly Contact[];
  readonly courses: readonly ReferralCourse[];
}

/** What is fixed about the named residents (domain.md 8.9, 8.10); everybody else has no script. */
export function scriptedContacts(subject: Subject): Scripted {
  switch (subject.person.fixture?.fixture) {
    case 'rs_demo_wang':
      return wang(subject);
    case 'rs_demo_chen':
      return { contacts: chen(subject), courses: [] };
    case 'rs_demo_yi':
      return { contacts: yi(subject), courses: [] };
    case 'rs_demo_li':
    case 'rs_demo_zhang':
    case null:
    case undefined:
      return { contacts: [], courses: [] };
  }
}

const DAY = 1440;
const minutesAt = (date: string, hour: number, minute: number): number => dayOf(date) * DAY + hour * 60 + minute;

interface At {
  readonly key: string;
  readonly site: Site;
  readonly date: string;
  readonly hour: number;
  readonly minute?: number;
  readonly nights?: number;
  readonly kind?: Contact['kind'];
  readonly specialty?: string;
  readonly referral?: Contact['referral'];
}

function contact(at: At, scriptOfVisit: Script | null): Contact {
  return {
    key: at.key,
    kind: at.kind ?? 'OUTPATIENT',
    level: at.site.careLevel,
    site: at.site,
    specialty: at.specialty ?? 'GP',
    day: dayOf(at.date),
    minutes: at.hour * 60 + (at.minute ?? 0),
    nights: at.nights ?? 0,
    grant: null,
    noShow: false,
    referral: at.referral ?? null,
    delivery: null,
    script: scriptOfVisit,
  };
}

function script(
  name: string,
  icd10: readonly string[],
  lines: readonly CostLineFact[],
  more: Partial<Script> = {},
): Script {
  return { name, icd10, lines, medicalCategory: '11', drgCode: null, ...more };
}

/** The stroke of 2023 with green channel and completed down-referral; in 2024 the claims of TV-5, TV-3 and TV-15. */
function wang(subject: Subject): Scripted {
  const township = townshipHospital(subject.world, subject.person);
  const lead = leadHospital(subject.world, township);
  return {
    contacts: [
      ...stroke2023(township, lead),
      ...pooledVisits(township),
      ...twoDiseaseVisits(township),
      ...vectors(township),
    ],
    courses: [strokeCourse(township, lead)],
  };
}

const STROKE_KEY = 'up/wang/2023';

const EMERGENCY_PLAN: ReferralPlan = {
  urgency: 'EMERGENCY',
  timely: true,
  cancelled: false,
  target: 'LEAD',
  toStay: true,
  down: true,
  downTimely: true,
};

function strokeCourse(township: Site, lead: Site): ReferralCourse {
  const submitted = minutesAt('2023-05-10', 9, 40);
  return {
    key: STROKE_KEY,
    plan: EMERGENCY_PLAN,
    target: lead,
    specialty: 'INTERNAL',
    from: township,
    submitted,
    accepted: submitted,
    arrived: minutesAt('2023-05-10', 10, 35),
    completed: minutesAt('2023-05-22', 12, 5),
    end: 'COMPLETED',
    down: {
      to: township,
      submitted: minutesAt('2023-05-22', 12, 5),
      accepted: minutesAt('2023-05-22', 15, 30),
      arrived: minutesAt('2023-05-24', 9, 0),
      completed: minutesAt('2023-06-07', 10, 0),
      end: 'COMPLETED',
    },
  };
}

function stroke2023(township: Site, lead: Site): Contact[] {
  const first = contact(
    {
      key: 'w/2023/first',
      site: township,
      date: '2023-05-10',
      hour: 9,
      minute: 20,
      referral: { key: STROKE_KEY, role: 'ORIGIN' },
    },
    script('stroke, first contact', ['I63.9', 'I10'], [plainLine('CONSULT', 'T', '10.00')]),
  );
  const stay = contact(
    {
      key: 'w/2023/stay',
      kind: 'INPATIENT',
      site: lead,
      date: '2023-05-10',
      hour: 10,
      minute: 35,
      nights: 12,
      specialty: 'INTERNAL',
      referral: { key: STROKE_KEY, role: 'ARRIVAL' },
    },
    script('stroke, treatment', ['I63.9', 'I10'], threeLines('11200.00', '1800.00', '600.00'), {
      medicalCategory: '21',
      drgCode: 'BR21',
      reportKeys: ['CT_HEAD', 'BIOCHEM', 'MRI_HEAD'],
    }),
  );
  const rehab = contact(
    {
      key: 'w/2023/rehab',
      kind: 'INPATIENT',
      site: township,
      date: '2023-05-24',
      hour: 9,
      nights: 14,
      specialty: 'REHAB',
      referral: { key: STROKE_KEY, role: 'REHAB' },
    },
    script('stroke, rehabilitation', ['I69.3', 'I10'], threeLines('2800.00', '500.00', '60.00'), {
      medicalCategory: '21',
    }),
  );
  return [first, stay, rehab];
}

/** Four visits that bring the pooled outpatient fund to 380.00 before TV-3. */
function pooledVisits(township: Site): Contact[] {
  const visits: readonly (readonly [string, string])[] = [
    ['2024-01-16', '150.00'],
    ['2024-02-21', '150.00'],
    ['2024-05-14', '166.67'],
    ['2024-07-09', '166.67'],
  ];
  return visits.map(([date, amount], number) =>
    contact(
      { key: `w/2024/pooled/${number}`, site: township, date, hour: 9, minute: 10 },
      script('pooled outpatient', ['M54.5'], [plainLine('THERAPY', 'T', amount)]),
    ),
  );
}

/** Three visits that bring the two-disease fund to 350.00 before TV-15. */
function twoDiseaseVisits(township: Site): Contact[] {
  const visits: readonly (readonly [string, string])[] = [
    ['2024-01-30', '200.00'],
    ['2024-04-23', '200.00'],
    ['2024-08-06', '138.46'],
  ];
  return visits.map(([date, amount], number) =>
    contact(
      { key: `w/2024/two-disease/${number}`, site: township, date, hour: 10, minute: 5 },
      script('two-disease drugs', ['I10'], [drugLine('C08CA01', '1', amount)], { medicalCategory: '1404' }),
    ),
  );
}

/** TV-5, TV-3 and TV-15 in the order of their dates. */
function vectors(township: Site): Contact[] {
  const tv5 = contact(
    {
      key: 'w/2024/tv5',
      kind: 'INPATIENT',
      site: township,
      date: '2024-03-11',
      hour: 8,
      minute: 30,
      nights: 14,
      specialty: 'REHAB',
    },
    script('TV-5', ['I69.3', 'Z50.1', 'I10'], threeLines('4300.00', '1500.00', '200.00'), { medicalCategory: '21' }),
  );
  const tv3 = contact(
    { key: 'w/2024/tv3', site: township, date: '2024-09-10', hour: 9, minute: 30 },
    script('TV-3', ['J06.9'], threeLines('60.00', '50.00', '10.00')),
  );
  const tv15 = contact(
    { key: 'w/2024/tv15', site: township, date: '2024-11-12', hour: 9, minute: 0 },
    script('TV-15', ['I10'], [drugLine('C08CA01', '1', '150.00')], { medicalCategory: '1404' }),
  );
  return [tv5, tv3, tv15];
}

/** 甲, 乙 (10 % paid first) and 丙. */
function threeLines(a: string, b: string, c: string): CostLineFact[] {
  return [plainLine('THERAPY', 'T', a), plainLine('REHAB', 'T', b), plainLine('SELF_PAID', 'T', c)];
}

/** TV-52: chest CT at the county hospital on 2024-03-01, recognised by a tertiary hospital on 2024-04-15. */
function chen(subject: Subject): Contact[] {
  const lead = leadHospital(subject.world, townshipHospital(subject.world, subject.person));
  const [city] = subject.world.geography.tertiary;
  if (city === undefined) return [];
  return [
    contact(
      { key: 'c/2024/ct', site: lead, date: '2024-03-01', hour: 9, minute: 15, specialty: 'INTERNAL' },
      script('chest CT', ['R91'], [plainLine('CONSULT', 'C', '15.00'), plainLine('CT_CHEST', 'C', '280.00')], {
        reportKeys: ['CT_CHEST'],
      }),
    ),
    contact(
      {
        key: 'c/2024/city',
        kind: 'INPATIENT',
        site: city,
        date: '2024-04-15',
        hour: 10,
        nights: 4,
        specialty: 'INTERNAL',
      },
      script('TV-52', ['J18.9'], threeLines('5200.00', '1600.00', '400.00'), {
        medicalCategory: '21',
        drgCode: 'ES25',
        reportKeys: [],
      }),
    ),
  ];
}

/** The old man who lives alone is visited every quarter. */
function yi(subject: Subject): Contact[] {
  const township = townshipHospital(subject.world, subject.person);
  return ['2024-02-20', '2024-05-21', '2024-08-20', '2024-11-19'].map((date, number) =>
    contact(
      { key: `y/2024/home/${number}`, kind: 'HOME', site: township, date, hour: 14, minute: 30 },
      script('home visit', ['I10'], [plainLine('CONSULT', 'T', '10.00')], {
        homeServices: ['DRUG_DELIVERY', 'HOME_EXAM'],
      }),
    ),
  );
}
