import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { PractitionerFact } from '@hutong/synthetic';
import { appraisalScore, gradeOf } from '../rules/performance.ts';
import { primaryCareAllowance } from '../rules/title-review.ts';
import type { TitleLevel } from '../schema-types.ts';
import type { allowances, awards, incomeItems, performanceRecords, titleReviews } from '../tables/performance.ts';
import { titleLevelOf } from './value-maps.ts';

/** Positions of a hospital's staff whose appraisals and pay the demo region shows. */
const shownPositions = 15;

/** Tells whose appraisals and pay the demo region shows: some of each hospital, the doctors of the teams, a village doctor per clinic. */
export function isShown(fact: PractitionerFact): boolean {
  if (fact.isVillageDoctor) return fact.index === 0;
  return fact.isFamilyDoctor || fact.index < shownPositions;
}

/** The latest application for a title; one of eight physicians applied. Who passed holds that title; the others applied for the next. */
export function titleReviewRows(
  fact: PractitionerFact,
  year: number,
  updatedAt: string,
): (typeof titleReviews.$inferInsert)[] {
  const titleLevel = titleLevelOf(fact.titleLevel);
  const nextTitleLevel = nextLevel[titleLevel];
  if (fact.category !== '11' || nextTitleLevel === undefined || stableFraction('title', fact.id) > 0.125) return [];
  const serviceVolume = stableInteger(1800, 6500, 'volume', fact.id);
  const skill = stableInteger(60, 98, 'skill', fact.id);
  const satisfaction = 85;
  const score = Math.min(100, (serviceVolume * 100) / 5000) * 0.5 + satisfaction * 0.3 + skill * 0.2;
  const result = score >= 80 ? 'PASSED' : score >= 75 ? 'PENDING' : 'FAILED';
  return [
    {
      id: stableId('tv', fact.id, year),
      practitionerId: fact.id,
      targetLevel: result === 'PASSED' ? titleLevel : nextTitleLevel,
      year,
      serviceVolume,
      standardVolume: 5000,
      skill: skill.toFixed(2),
      paperWaived: Number(fact.primaryCareYears) >= 1,
      satisfactionUsed: satisfaction.toFixed(2),
      score: score.toFixed(2),
      result,
      decidedOn: result === 'PENDING' ? null : `${year}-12-20`,
      updatedAt,
    },
  ];
}

/** Appraisals of the year and of its last quarter. */
export function performanceRows(fact: PractitionerFact, year: number): (typeof performanceRecords.$inferInsert)[] {
  return [`${year}`, `${year}-Q4`].map((period) => {
    const workload = stableInteger(62, 100, 'workload', fact.id, period);
    const quality = stableInteger(70, 100, 'quality', fact.id, period);
    const satisfaction = stableInteger(72, 100, 'satisfaction', fact.id, period);
    const score = appraisalScore({ workload: `${workload}`, quality: `${quality}`, satisfaction: `${satisfaction}` });
    const amount = (period.includes('Q') ? 90 : 330) * Number(score);
    return {
      id: stableId('pf', fact.id, period),
      practitionerId: fact.id,
      period,
      workload: workload.toFixed(2),
      quality: quality.toFixed(2),
      satisfaction: satisfaction.toFixed(2),
      score,
      grade: gradeOf(score),
      amount: amount.toFixed(2),
    };
  });
}

/** Pay of the last quarter's months, by source. */
export function incomeRows(fact: PractitionerFact, year: number): (typeof incomeItems.$inferInsert)[] {
  const basic = 3400 + (6 - Number(fact.titleLevel === '9' ? '5' : fact.titleLevel)) * 850;
  return ['10', '11', '12'].flatMap((month) => {
    const period = `${year}-${month}`;
    const item = (source: (typeof incomeItems.$inferInsert)['source'], amount: number, counts: boolean) => ({
      id: stableId('ic', fact.id, period, source),
      practitionerId: fact.id,
      period,
      source,
      amount: amount.toFixed(2),
      countsTowardPerformancePay: counts,
    });
    const items = [
      item('BASIC', basic, false),
      item('PERFORMANCE', basic * (0.5 + stableFraction('performance', fact.id, period)), true),
    ];
    if (fact.isFamilyDoctor || fact.isVillageDoctor) {
      items.push(
        item('CONTRACT_SERVICE', stableInteger(300, 1800, 'contract', fact.id, period), false),
        item('INCENTIVE_15', stableInteger(4, 40, 'incentive', fact.id, period) * 15, false),
      );
    }
    const allowance = primaryCareAllowance(Number(fact.primaryCareYears));
    return allowance === null ? items : [...items, item('POST_ALLOWANCE', Number(allowance), false)];
  });
}

/** The allowance for years in primary care (domain.md 3.14.3). */
export function allowanceRows(fact: PractitionerFact, year: number): (typeof allowances.$inferInsert)[] {
  const years = Number(fact.primaryCareYears);
  const amount = primaryCareAllowance(years);
  if (amount === null) return [];
  return [
    {
      id: stableId('aw', fact.id),
      practitionerId: fact.id,
      kind: 'PRIMARY_CARE_YEARS',
      amount,
      from: `${year}-01-01`,
      to: null,
      basis: `连续基层服务${Math.floor(years)}年`,
    },
  ];
}

/** Awards; the years in primary care help (domain.md 3.14.3). */
export function awardRows(fact: PractitionerFact, year: number): (typeof awards.$inferInsert)[] {
  const chance = Number(fact.primaryCareYears) >= 10 ? 0.06 : 0.03;
  if (stableFraction('award', fact.id) > chance) return [];
  const kind = (['INSTITUTION', 'COUNTY', 'CITY'] as const)[stableInteger(0, 2, 'award-kind', fact.id)] ?? 'COUNTY';
  const title = fact.isVillageDoctor ? '优秀乡村医生' : fact.isFamilyDoctor ? '优秀家庭医生' : '先进工作者';
  return [
    { id: stableId('ad', fact.id, year), practitionerId: fact.id, kind, title, on: `${year}-08-19`, basis: '年度考核' },
  ];
}

const nextLevel: Readonly<Partial<Record<TitleLevel, TitleLevel>>> = {
  ENTRY: 'JUNIOR',
  JUNIOR: 'MID',
  MID: 'ASSOCIATE_SENIOR',
  ASSOCIATE_SENIOR: 'SENIOR',
};
