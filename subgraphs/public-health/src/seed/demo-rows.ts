import { stableId, stableInteger } from '@hutong/kit';
import type { AllianceFact, InstitutionFact, Place } from '@hutong/synthetic';
import { addDays } from '../rules/contract-term.ts';
import { satisfactionScore } from '../rules/satisfaction.ts';
import type { ComplaintCategory, PublicityChannel } from '../schema-types.ts';
import type { satisfactionResponses, satisfactionSurveys } from '../tables/evaluation.ts';
import type { complaints } from '../tables/oversight.ts';
import type { programmeCases, programmeReviews, programmes, programmeTasks } from '../tables/governance.ts';
import type { healthEducationActivities } from '../tables/programme-records.ts';

const channels: readonly PublicityChannel[] = ['BOARD', 'LEAFLET', 'FACE', 'SUBSCRIPTION', 'BANNER', 'RADIO', 'WEB'];
const topics = ['高血压防治', '糖尿病膳食', '家庭医生签约', '老年人防跌倒', '儿童预防接种', '孕产期保健'] as const;
const activityDays = ['02-20', '04-07', '05-17', '09-01', '10-08', '11-14'] as const;

/** Six activities a year of an institution that has public-health duties. */
export function educationRows(fact: InstitutionFact, year: number): (typeof healthEducationActivities.$inferInsert)[] {
  return activityDays.map((day, index) => {
    const path = [fact.id, year, index] as const;
    const publicity = index % 3 === 2;
    return {
      id: stableId('ed', ...path),
      kind: publicity ? 'PUBLICITY' : 'EDUCATION',
      channel: channels[stableInteger(0, channels.length - 1, 'channel', ...path)] ?? 'BOARD',
      level: publicity ? 'MEDIA' : index % 2 === 0 ? 'TOWN' : 'VILLAGE',
      at: `${year}-${day}T09:00:00+08:00`,
      audience: stableInteger(30, 220, 'audience', ...path),
      topic: topics[index] ?? topics[0],
      institutionId: fact.id,
      regionCode: fact.regionCode,
    };
  });
}

const categories: readonly ComplaintCategory[] = ['ATTITUDE', 'CHARGE', 'REFERRAL', 'CONTRACT', 'QUALITY', 'PRIVACY'];

/** Complaints about an institution in a year: none to three, due in fifteen days, nine in ten resolved in time. */
export function complaintRows(fact: InstitutionFact, year: number): (typeof complaints.$inferInsert)[] {
  return Array.from({ length: stableInteger(0, 3, 'complaints', fact.id, year) }, (_, index) => {
    const path = [fact.id, year, index] as const;
    const filedOn = addDays(`${year}-01-05`, stableInteger(0, 330, 'filed', ...path));
    const days = stableInteger(1, 10, 'resolved', ...path) === 10 ? 20 : stableInteger(2, 14, 'days', ...path);
    return {
      id: stableId('cp', ...path),
      subjectType: 'INSTITUTION',
      subjectId: fact.id,
      institutionId: fact.id,
      regionCode: fact.regionCode,
      category: categories[stableInteger(0, categories.length - 1, 'category', ...path)] ?? 'OTHER',
      text: '（测试）等候时间较长，希望改进。',
      filedAt: `${filedOn}T10:00:00+08:00`,
      anonymous: true,
      status: 'RESOLVED',
      dueAt: `${addDays(filedOn, 15)}T10:00:00+08:00`,
      resolvedAt: `${addDays(filedOn, days)}T15:00:00+08:00`,
      updatedAt: `${addDays(filedOn, days)}T15:00:00+08:00`,
      result: '已答复并整改',
    };
  });
}

/** What the member institutions of an alliance think of it in a year 成员单位获得感 (S-04). */
export function allianceSurveyRows(
  fact: AllianceFact,
  year: number,
): { readonly survey: typeof satisfactionSurveys.$inferInsert; readonly responses: Response[] } {
  const surveyId = stableId('ss', fact.id, year);
  const members = fact.memberships.filter(
    ({ role, leftOn, tier }) => role === 'MEMBER' && leftOn === null && tier !== 'VILLAGE',
  );
  return {
    survey: {
      id: surveyId,
      subjectType: 'ALLIANCE',
      subjectId: fact.id,
      respondentKind: 'INSTITUTION',
      period: String(year),
      questions: ['资源共享', '能力提升'],
    },
    responses: members.map(({ institutionId }) => {
      const answers = [
        stableInteger(3, 5, 'gain', institutionId, year),
        stableInteger(3, 5, 'skill', institutionId, year),
      ];
      return {
        id: stableId('sn', surveyId, institutionId),
        surveyId,
        respondentKind: 'INSTITUTION',
        at: `${year}-12-10T10:00:00+08:00`,
        answers,
        score: satisfactionScore(answers) ?? '0.00',
        allianceId: fact.id,
      };
    }),
  };
}

type Response = typeof satisfactionResponses.$inferInsert;

/** The work programme of a place with its tasks, reviews and a case. */
export function programmeRows(
  { key, name, regionCode }: Place,
  updatedAt: string,
): {
  readonly programme: typeof programmes.$inferInsert;
  readonly tasks: (typeof programmeTasks.$inferInsert)[];
  readonly reviews: (typeof programmeReviews.$inferInsert)[];
  readonly cases: (typeof programmeCases.$inferInsert)[];
} {
  const programmeId = stableId('wp', key);
  const task = (department: 'HEALTH' | 'NHSA' | 'FINANCE' | 'HR_SOCIAL', goal: string, done: boolean) => ({
    id: stableId('pt', key, department),
    programmeId,
    department,
    goal,
    due: done ? '2024-06-30' : '2025-12-31',
    status: done ? ('DONE' as const) : ('IN_PROGRESS' as const),
  });
  const review = (kind: 'INTERNAL' | 'LEGAL' | 'DEPARTMENT', opinion: string, on: string) => ({
    id: stableId('pv', key, kind),
    programmeId,
    kind,
    department: kind === 'DEPARTMENT' ? ('NHSA' as const) : null,
    opinion,
    accepted: true,
    on,
  });
  return {
    programme: {
      id: programmeId,
      title: `${name}医疗资源整合工作方案（示例）`,
      regionCode,
      description: '统一规划布局、共享设备与号源、推进分级诊疗。',
      pilotLevel: regionCode.length === 6 ? 'COUNTY' : 'CITY',
      phase: 'ADVANCE',
      phases: [
        { phase: 'PREPARATION', from: '2023-07-01', to: '2023-12-31' },
        { phase: 'ADVANCE', from: '2024-01-01', to: null },
        { phase: 'PERFECTION', from: null, to: null },
      ],
      documents: [{ title: '实施意见（示例）', no: null, issuedOn: '2023-12-20' }],
      workingGroup: ['HEALTH', 'FINANCE', 'HR_SOCIAL', 'NHSA'],
      updatedAt,
    },
    tasks: [
      task('HEALTH', '基层就诊率达到目标', false),
      task('NHSA', '差异化支付政策落地', true),
      task('FINANCE', '公卫补助按绩效拨付', true),
      task('HR_SOCIAL', '编制周转池扩容', false),
    ],
    reviews: [
      review('INTERNAL', '科学、合理、可行、可操作', '2023-09-10'),
      review('LEGAL', '符合法律法规', '2023-10-15'),
      review('DEPARTMENT', '各部门同意', '2023-11-20'),
    ],
    cases: [
      {
        id: stableId('pc', key, 1),
        programmeId,
        title: '号源下沉到乡镇（示例）',
        regionCode,
        summary: '县级医院号源提前向基层开放，居民在家门口预约专家。',
        publishedOn: '2024-10-01',
      },
    ],
  };
}
