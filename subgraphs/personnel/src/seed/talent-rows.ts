import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { Division, PractitionerFact } from '@hutong/synthetic';
import type { OrientedStudentStatus, TrainingTopic } from '../schema-types.ts';
import type { orientedStudents, talentDispatches, talentPoolEntries } from '../tables/talent.ts';
import type { furtherStudies, mentorships } from '../tables/training.ts';
import type { Workplaces } from './workplaces.ts';

/** An expert who may be dispatched: one of six senior physicians of the county and city hospitals. */
export function talentPoolRows(
  fact: PractitionerFact,
  workplaces: Workplaces,
): (typeof talentPoolEntries.$inferInsert)[] {
  const workplace = workplaces.all.get(fact.institutionId);
  const hospital = workplace?.tier === 'COUNTY' || workplace?.tier === 'CITY';
  const senior = fact.titleLevel === '1' || fact.titleLevel === '2';
  if (!hospital || !senior || fact.category !== '11' || stableFraction('expert', fact.id) > 1 / 6) return [];
  return [
    {
      practitionerId: fact.id,
      regionCode: workplace.regionCode,
      skills: [...new Set([fact.specialty, 'GP'])],
      availableDays: stableInteger(1, 8, 'days', fact.id),
      radiusKm: stableInteger(2, 20, 'radius', fact.id) * 10,
      willing: stableFraction('willing', fact.id) < 0.8,
    },
  ];
}

/** A study away from home: one of twenty doctors of the township hospitals went to a city hospital this year. */
export function furtherStudyRows(
  fact: PractitionerFact,
  workplaces: Workplaces,
  asOf: string,
): (typeof furtherStudies.$inferInsert)[] {
  const workplace = workplaces.all.get(fact.institutionId);
  const { studyHost } = workplaces;
  if (workplace?.tier !== 'TOWNSHIP' || studyHost === undefined || fact.category !== '11') return [];
  if (stableFraction('study', fact.id) > 0.05) return [];
  const year = yearOf(asOf);
  const running = stableFraction('study-running', fact.id) < 0.4;
  return [
    {
      id: stableId('fs', fact.id, year),
      practitionerId: fact.id,
      regionCode: workplace.regionCode,
      atInstitutionId: studyHost,
      specialty: fact.specialty,
      from: running ? `${year}-09-01` : `${year}-03-01`,
      to: running ? `${year + 1}-02-28` : `${year}-08-31`,
      result: running ? null : '合格',
      updatedAt: asOf,
    },
  ];
}

/** A mentor for a young doctor of a township hospital: the first senior physician of the lead hospital. */
export function mentorshipRows(
  fact: PractitionerFact,
  workplaces: Workplaces,
  mentors: ReadonlyMap<string, string>,
  asOf: string,
): (typeof mentorships.$inferInsert)[] {
  const workplace = workplaces.all.get(fact.institutionId);
  const young = fact.titleLevel === '4' || fact.titleLevel === '5';
  if (workplace?.tier !== 'TOWNSHIP' || !young || fact.category !== '11') return [];
  const lead = workplaces.alliancesOf.get(fact.institutionId)?.[0]?.leadId;
  const mentorId = lead === undefined ? undefined : mentors.get(lead);
  if (mentorId === undefined || stableFraction('apprentice', fact.id) > 0.15) return [];
  const ended = stableFraction('apprentice-ended', fact.id) < 0.3;
  const year = yearOf(asOf);
  return [
    {
      id: stableId('mn', fact.id, year),
      mentorId,
      apprenticeId: fact.id,
      regionCode: workplace.regionCode,
      topic: topics[stableInteger(0, topics.length - 1, 'apprentice-topic', fact.id)] ?? 'COMMON_DISEASE',
      from: `${year}-01-01`,
      to: ended ? `${year}-10-31` : `${year + 1}-12-31`,
      assessment: ended ? '合格' : null,
      updatedAt: asOf,
    },
  ];
}

const topics: readonly TrainingTopic[] = ['COMMON_DISEASE', 'CHRONIC', 'ACUTE_CRITICAL', 'TCM', 'REHAB'];

/** Requests of a township hospital for an expert, this year. */
export function dispatchRows(
  institutionId: string,
  experts: readonly string[],
  asOf: string,
): (typeof talentDispatches.$inferInsert)[] {
  const year = yearOf(asOf);
  const count = stableInteger(0, 2, 'dispatches', institutionId);
  return Array.from({ length: count }, (_, index) => {
    const skill = ['INTERNAL', 'SURGERY', 'OBGYN', 'PAEDIATRICS', 'REHAB'][index % 5] ?? 'INTERNAL';
    const expert = experts[stableInteger(0, Math.max(0, experts.length - 1), 'expert', institutionId, index)] ?? null;
    const month = stableInteger(1, 12, 'dispatch-month', institutionId, index);
    const from = `${year}-${String(month).padStart(2, '0')}-05`;
    return {
      id: stableId('td', institutionId, year, index),
      requesterId: institutionId,
      skill,
      need: '专家定期坐诊与带教',
      from,
      to: `${year}-${String(month).padStart(2, '0')}-25`,
      assignedId: expert,
      days: expert === null ? null : 1,
      status: expert === null ? 'REQUESTED' : month === 12 ? 'ASSIGNED' : 'COMPLETED',
      updatedAt: asOf,
    };
  });
}

/** Oriented students who will serve in a township 定向医学生: one or two in every second township. */
export function orientedStudentRows(division: Division, asOf: string): (typeof orientedStudents.$inferInsert)[] {
  if (division.level !== 'TOWNSHIP' || stableFraction('oriented', division.code) < 0.5) return [];
  const count = stableInteger(1, 2, 'oriented-count', division.code);
  return Array.from({ length: count }, (_, index) => orientedStudentRow(division.code, asOf, index));
}

function orientedStudentRow(code: string, asOf: string, index: number): typeof orientedStudents.$inferInsert {
  const year = yearOf(asOf);
  const enrolled = year - stableInteger(0, 12, 'enrolled', code, index);
  const graduates = enrolled + 5;
  const breached = graduates < year && stableFraction('breach', code, index) < 0.05;
  const serves = graduates <= year && !breached;
  const status: OrientedStudentStatus = breached
    ? 'BREACHED'
    : graduates > year
      ? 'STUDYING'
      : graduates + 6 < year
        ? 'COMPLETED'
        : graduates === year
          ? 'RESIDENCY'
          : 'SERVING';
  const surname = surnames[stableInteger(0, surnames.length - 1, 'surname', code, index)] ?? '王';
  return {
    id: stableId('os', code, index),
    name: `${surname}同学`,
    school: stableFraction('school', code, index) < 0.5 ? '医科大学（示例）' : '中医药大学（示例）',
    major: stableFraction('major', code, index) < 0.7 ? '临床医学' : '中医学',
    enrolledOn: `${enrolled}-09-01`,
    graduatesOn: `${graduates}-06-30`,
    servicePlaceCode: code,
    serviceYears: 6,
    serviceFrom: serves ? `${graduates}-08-01` : null,
    serviceEndsOn: serves ? `${graduates + 6}-07-31` : null,
    status,
    breach: breached ? '毕业后未到岗' : null,
    updatedAt: asOf,
  };
}

const surnames = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周'];

function yearOf(asOf: string): number {
  return Number(asOf.slice(0, 4));
}
