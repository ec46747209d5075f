import {
  byReference,
  coded,
  columns,
  compositeKey,
  derive,
  list,
  payload,
  reference,
  selfReference,
  stub,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  AllianceResolvers,
  HeadcountAllocationResolvers,
  HeadcountPoolResolvers,
  InstitutionResolvers,
  MutationResolvers,
  QueryResolvers,
  RecruitmentResolvers,
  RegionResolvers,
  ResourceAssessmentResolvers,
  WorkforceGapResolvers,
} from '../schema-types.ts';
import { headcountAllocations, headcountPools, recruitments, workforceGaps } from '../tables/headcount.ts';
import { requireDays } from './period.ts';

type Load = Context['load'];

export const Query = {
  headcountPools: (_parent, { allianceId, year, ...page }, { load }, info) =>
    load.pools.load({ ...page, where: { allianceId: equals(allianceId), year: equals(year) } }, info),
  workforceGaps: (_parent, { regionCode, specialty, ...page }, { load }, info) =>
    load.gaps.load({ ...page, where: { regionCode: { startsWith: regionCode }, specialty: equals(specialty) } }, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  allocateHeadcount: (_parent, { input }, { write }) => write.headcount.allocateHeadcount(input),
  releaseHeadcount: (_parent, { input }, { write }) => write.headcount.releaseHeadcount(input),
  openRecruitment: (_parent, { input }, { write }) => write.headcount.openRecruitment(input),
  fillRecruitment: (_parent, { input }, { write }) => write.headcount.fillRecruitment(input),
} satisfies Partial<MutationResolvers>;

export const HeadcountAllocationPayload = payload('headcountAllocation', (load: Load) => load.allocation);
export const RecruitmentPayload = payload('recruitment', (load: Load) => load.recruitment);

export const HeadcountPool: HeadcountPoolResolvers = {
  __resolveReference: byReference({ id: (load) => load.pool }),
  ...columns(headcountPools),
  alliance: stub('Alliance', 'allianceId'),
  region: stub('Region', 'regionCode', 'code'),
  allocated: list('id', (load) => load.allocatedOfPool),
  available: derive(
    ['id', 'approved'],
    async ({ id, approved }, _args, { load }, info) => approved - (await load.allocatedOfPool.load(id, info)),
  ),
  allocations: list('id', (load) => load.allocationsOfPool),
};

export const HeadcountAllocation: HeadcountAllocationResolvers = {
  __resolveReference: byReference({ id: (load) => load.allocation }),
  ...columns(headcountAllocations),
  pool: reference('poolId', (load) => load.pool),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  hiredBy: stub('Institution', 'hiredById'),
  usedAt: stub('Institution', 'usedAtId'),
  history: list('id', (load) => load.history('HeadcountAllocation')),
};

export const WorkforceGap: WorkforceGapResolvers = {
  ...columns(workforceGaps),
  institution: stub('Institution', 'institutionId'),
  region: stub('Region', 'regionCode', 'code'),
  specialty: coded('VS-16', 'specialty'),
};

export const Recruitment: RecruitmentResolvers = {
  __resolveReference: byReference({ id: (load) => load.recruitment }),
  ...columns(recruitments),
  institution: stub('Institution', 'institutionId'),
  specialty: coded('VS-16', 'specialty'),
};

/** What headcount adds to an institution. */
export const institutionHeadcount = {
  headcount: derive(['id'], async ({ id }, _args, { load }, info) => {
    const [staff, posts] = await Promise.all([
      load.staffByEmployment.load(id, info),
      load.approvedPosts.load(id, info),
    ]);
    const approved = posts.approved ?? 0;
    const working = staff.staff ?? 0;
    return {
      approved,
      staff: working,
      established: staff.established ?? 0,
      pooled: staff.pooled ?? 0,
      contracted: staff.contracted ?? 0,
      village: staff.village ?? 0,
      vacant: Math.max(0, approved - working),
    };
  }),
  requiredMidTitleShare: derive(['level'], async ({ level }, _args, { load }, info) =>
    level ? (await load.requiredMidTitleShare.load(level, info)).share : null,
  ),
  recruitments: list('id', (load) => load.recruitmentsOfInstitution),
} satisfies Partial<InstitutionResolvers>;

/** What headcount adds to an alliance. */
export const alliancePool = {
  headcountPool: derive(['id'], ({ id }, { year }, { load }, info) =>
    (year ? load.poolOfAlliance(year) : load.latestPoolOfAlliance).load(id, info),
  ),
} satisfies Partial<AllianceResolvers>;

/** What the workforce adds to a region. */
export const regionDensity = {
  practitionersPer1000: derive(['code'], async ({ code }, { year }, { load, clock }, info) => {
    const { per1000 } = await load.density(year ?? Number(clock.day.slice(0, 4))).load(code, info);
    return per1000;
  }),
} satisfies Partial<RegionResolvers>;

export const ResourceAssessment: ResourceAssessmentResolvers = {
  __resolveReference: selfReference(),
  staffCount: derive(['region', 'period'], async ({ region, period }, _args, { load }, info) => {
    if (region === undefined || period === undefined) return null;
    return (await load.staffOfDivision.load(compositeKey(region.code, requireDays(period).to), info)) ?? 0;
  }),
};

function equals<Value>(value: Value | null | undefined): { readonly eq: Value } | undefined {
  return value === null || value === undefined ? undefined : { eq: value };
}
