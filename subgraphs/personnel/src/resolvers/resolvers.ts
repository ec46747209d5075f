import { selfReference } from '@hutong/kit';
import type { Resolvers } from '../schema-types.ts';
import * as headcount from './headcount.ts';
import * as indicator from './indicator.ts';
import * as performance from './performance.ts';
import * as practitioner from './practitioner.ts';
import * as secondment from './secondment.ts';
import * as talent from './talent.ts';
import * as team from './team.ts';
import * as training from './training.ts';

/** All resolvers of the subgraph; types that several areas add to are put together here. */
export const resolvers: Resolvers = {
  Query: {
    ...practitioner.Query,
    ...team.Query,
    ...headcount.Query,
    ...secondment.Query,
    ...talent.Query,
    ...training.Query,
    ...performance.Query,
  },
  Practitioner: practitioner.Practitioner,
  PracticeRegistration: practitioner.PracticeRegistration,
  Post: practitioner.Post,
  FamilyDoctorTeam: team.FamilyDoctorTeam,
  TeamMembership: team.TeamMembership,
  TechnicalGuidanceGroup: team.TechnicalGuidanceGroup,
  Resident: team.Resident,
  HeadcountPool: headcount.HeadcountPool,
  HeadcountAllocation: headcount.HeadcountAllocation,
  WorkforceGap: headcount.WorkforceGap,
  Recruitment: headcount.Recruitment,
  ResourceAssessment: headcount.ResourceAssessment,
  Secondment: secondment.Secondment,
  TalentPoolEntry: talent.TalentPoolEntry,
  TalentDispatch: talent.TalentDispatch,
  OrientedStudent: talent.OrientedStudent,
  TrainingCourse: training.TrainingCourse,
  TrainingRecord: training.TrainingRecord,
  Mentorship: training.Mentorship,
  FurtherStudy: training.FurtherStudy,
  TrainingPriorityList: training.TrainingPriorityList,
  TrainingPriorityEntry: training.TrainingPriorityEntry,
  TitleReview: performance.TitleReview,
  PerformanceRecord: performance.PerformanceRecord,
  IncomeItem: performance.IncomeItem,
  Allowance: performance.Allowance,
  Award: performance.Award,
  IndicatorSnapshot: indicator.IndicatorSnapshot,
  Institution: {
    __resolveReference: selfReference(),
    ...practitioner.institutionStaff,
    ...team.institutionTeams,
    ...headcount.institutionHeadcount,
    ...secondment.institutionSecondments,
    ...talent.institutionDispatches,
  },
  Alliance: { __resolveReference: selfReference(), ...headcount.alliancePool, ...secondment.allianceCompliance },
  Region: { __resolveReference: selfReference(), ...headcount.regionDensity },
};
