import { byReference, coded, columns, derive, list, reference, stub } from '@hutong/kit';
import type {
  FurtherStudyResolvers,
  MentorshipResolvers,
  QueryResolvers,
  TrainingCourseResolvers,
  TrainingPriorityEntryResolvers,
  TrainingPriorityListResolvers,
  TrainingRecordResolvers,
} from '../schema-types.ts';
import {
  furtherStudies,
  mentorships,
  trainingCourses,
  type TrainingPriorityListRow,
  trainingRecords,
} from '../tables/training.ts';
import { creditSummary, rankedEntries } from './credits.ts';

export const Query = {
  trainingCourses: (_parent, args, { load }, info) => load.courses.load(args, info),
  trainingRecords: (_parent, { practitionerId, ...page }, { load }, info) =>
    load.trainingRecords.load({ ...page, where: { practitionerId: { eq: practitionerId } } }, info),
  creditSummary: (_parent, { practitionerId, year }, context, info) =>
    creditSummary(practitionerId, year, context, info),
  trainingPriorityList: (_parent, { institutionId }) => ({ institutionId }),
} satisfies Partial<QueryResolvers>;

export const TrainingCourse: TrainingCourseResolvers = {
  __resolveReference: byReference({ id: (load) => load.course }),
  ...columns(trainingCourses),
  host: stub('Institution', 'hostId'),
};

export const TrainingRecord: TrainingRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.trainingRecord }),
  ...columns(trainingRecords),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  course: reference('courseId', (load) => load.course),
};

export const Mentorship: MentorshipResolvers = {
  __resolveReference: byReference({ id: (load) => load.mentorship }),
  ...columns(mentorships),
  mentor: reference('mentorId', (load) => load.practitioner),
  apprentice: reference('apprenticeId', (load) => load.practitioner),
};

export const FurtherStudy: FurtherStudyResolvers = {
  __resolveReference: byReference({ id: (load) => load.furtherStudy }),
  ...columns(furtherStudies),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  atInstitution: stub('Institution', 'atInstitutionId'),
  specialty: coded('VS-16', 'specialty'),
};

export const TrainingPriorityList: TrainingPriorityListResolvers = {
  __resolveReference: ({ institution, ...required }) => ({ institutionId: institution.id, ...required }),
  institution: stub('Institution', 'institutionId'),
  candidates: list('institutionId', (load) => load.villageDoctorsOfHospital),
  entries: derive(['institutionId', 'candidates'], (row: TrainingPriorityListRow, _args, context, info) =>
    rankedEntries(row, context, info),
  ),
};

export const TrainingPriorityEntry: TrainingPriorityEntryResolvers = {
  rank: derive(['rank'], ({ rank }) => rank),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  signedResidentCount: derive(['signedResidentCount'], ({ signedResidentCount }) => signedResidentCount),
  creditsMissing: derive(['creditsMissing'], ({ creditsMissing }) => creditsMissing),
};
