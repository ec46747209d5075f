import { Decimal } from 'decimal.js';
import { stableFraction, stableId, stableInteger } from '@hutong/kit';
import type { HeadcountAllocationFact, HeadcountFact, SecondmentFact, StaffingFact } from '@hutong/synthetic';
import { isCompliant, isOverSixMonths } from '../rules/secondment.ts';
import type { SecondmentKind, SecondmentPurpose } from '../schema-types.ts';
import type {
  headcountAllocations,
  headcountPools,
  institutionPosts,
  recruitments,
  staffingStandards,
  workforceGaps,
} from '../tables/headcount.ts';
import type { secondments, secondmentTargets } from '../tables/secondment.ts';
import type { StaffSetting } from './practitioner-rows.ts';
import { titleLevelOf } from './value-maps.ts';

/** A quota pool. */
export function poolRow(fact: HeadcountFact, asOf: string): typeof headcountPools.$inferInsert {
  return { id: fact.id, allianceId: fact.allianceId, year: fact.year, approved: fact.approved, updatedAt: asOf };
}

/** A post of a quota pool in use. */
export function allocationRow(
  poolId: string,
  fact: HeadcountAllocationFact,
  asOf: string,
): typeof headcountAllocations.$inferInsert {
  const { id, practitionerId, mode, hiredByInstitutionId, usedAtInstitutionId, from, to, status } = fact;
  return {
    id,
    poolId,
    practitionerId,
    mode,
    hiredById: hiredByInstitutionId,
    usedAtId: usedAtInstitutionId,
    from,
    to,
    status: status === 'ACTIVE' ? 'ACTIVE' : 'RELEASED',
    updatedAt: asOf,
  };
}

/** Approved posts of an institution. */
export function institutionPostsRow(fact: StaffingFact, setting: StaffSetting): typeof institutionPosts.$inferInsert {
  return {
    institutionId: fact.institutionId,
    regionCode: setting.workplaces.region(fact.institutionId),
    approved: fact.approvedPosts,
  };
}

/** Missing staff of an institution, by specialty. */
export function gapRows(fact: StaffingFact, setting: StaffSetting): (typeof workforceGaps.$inferInsert)[] {
  return fact.gapsBySpecialty.map(({ specialty, standard, actual }) => {
    const gap = Math.max(0, standard - actual);
    return {
      institutionId: fact.institutionId,
      specialty,
      regionCode: setting.workplaces.region(fact.institutionId),
      standard,
      actual,
      gap,
      multiPostCount: Math.min(actual, Math.round(gap * stableFraction('multi-post', fact.institutionId, specialty))),
      vacancyRate: standard === 0 ? null : new Decimal(gap).times(100).div(standard).toFixed(2, Decimal.ROUND_HALF_UP),
    };
  });
}

/** Recruitment for every specialty in which an institution lacks people. */
export function recruitmentRows(fact: StaffingFact, setting: StaffSetting): (typeof recruitments.$inferInsert)[] {
  const year = setting.asOf.slice(0, 4);
  return fact.gapsBySpecialty
    .filter(({ standard, actual }) => standard > actual)
    .map(({ specialty, standard, actual }) => ({
      id: stableId('ru', fact.institutionId, specialty, year),
      institutionId: fact.institutionId,
      regionCode: setting.workplaces.region(fact.institutionId),
      specialty,
      posts: standard - actual,
      filled: stableInteger(0, standard - actual, 'filled', fact.institutionId, specialty),
      mode: (['OPEN_EXAM', 'CAMPUS', 'ORIENTED', 'TALENT'] as const)[
        stableInteger(0, 3, 'mode', fact.institutionId, specialty)
      ],
      openFrom: `${year}-10-01`,
      openTo: `${Number(year) + 1}-03-31`,
      updatedAt: setting.asOf,
    }));
}

/** Shares of mid-level and higher titles that the levels ask for 中级及以上职称占比 [pd]. */
export const staffingStandardRows: readonly (typeof staffingStandards.$inferInsert)[] = [
  { level: 'L1', midTitleShare: '0.300' },
  { level: 'L2', midTitleShare: '0.450' },
  { level: 'L3', midTitleShare: '0.550' },
  { level: 'L9', midTitleShare: '0.100' },
];

/** A secondment, judged by rule 3.12. */
export function secondmentRow(
  fact: SecondmentFact,
  { asOf, workplaces }: StaffSetting,
): typeof secondments.$inferInsert {
  const alliances = workplaces.alliancesOf.get(fact.toInstitutionId) ?? [];
  const terms = { ...fact, titleLevelAtStart: titleLevelOf(fact.titleLevelAtStart) };
  return {
    id: fact.id,
    practitionerId: fact.practitionerId,
    kind: fact.kind,
    fromId: fact.fromInstitutionId,
    toId: fact.toInstitutionId,
    regionCode: workplaces.region(fact.toInstitutionId),
    allianceId: alliances.find(({ leadId }) => leadId === fact.fromInstitutionId)?.id ?? alliances[0]?.id ?? null,
    startOn: fact.startOn,
    plannedEndOn: fact.plannedEndOn,
    actualEndOn: fact.actualEndOn,
    fullTime: fact.fullTime,
    daysPerWeek: fact.daysPerWeek,
    purpose: purposeOf(fact.purpose),
    objectives: [...fact.objectives],
    outcomes: [...fact.outcomes],
    titleLevelAtStart: terms.titleLevelAtStart,
    compliant: isCompliant(terms),
    overSixMonths: isOverSixMonths(terms),
    updatedAt: asOf,
  };
}

/** Targets of the source documents (domain.md 3.12): Ningbo counts secondments of three kinds. */
export function secondmentTargetRows(regionCode: string, year: number): (typeof secondmentTargets.$inferInsert)[] {
  if (regionCode !== '3302') return [];
  const target = (kind: SecondmentKind, persons: number, strict: boolean) => ({
    regionCode,
    kind,
    year,
    target: persons,
    strict,
  });
  return [target('LEAD_TO_MEMBER', 300, true), target('CITY_TO_LEAD', 150, true), target('CITY_TO_COUNTY', 100, false)];
}

const purposes: readonly SecondmentPurpose[] = [
  'MANAGEMENT',
  'DISCIPLINE',
  'TALENT',
  'TECHNICAL',
  'TRAINING',
  'ONSITE_GUIDANCE',
  'PUBLIC_HEALTH',
];

function purposeOf(code: string): SecondmentPurpose {
  const purpose = purposes.find((one) => one === code);
  if (purpose === undefined) throw new TypeError(`the facts hold VS-18 ${code}, which no constant stands for`);
  return purpose;
}
