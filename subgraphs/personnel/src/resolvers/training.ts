import { byReference, coded, columns, derive, list, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  FurtherStudyResolvers,
  MentorshipResolvers,
  MutationResolvers,
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

type Load = Context['load'];

export const Query = {
  trainingCourses: (_parent, args, { load }, info) => load.courses.load(args, info),
  trainingRecords: (_parent, { practitionerId, ...page }, { load }, info) =>
    load.trainingRecords.load({ ...page, where: { practitionerId: { eq: practitionerId } } }, info),
  creditSummary: (_parent, { practitionerId, year }, context, info) =>
    creditSummary(practitionerId, year, context, info),
  trainingPriorityList: (_parent, { institutionId }) => ({ institutionId }),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  publishCourse: (_parent, { input }, { write }) => write.training.publishCourse(input),
  enrolCourse: (_parent, { input }, { write }) => write.training.enrolCourse(input),
  recordTraining: (_parent, { input }, { write }) => write.training.recordTraining(input),
  startMentorship: (_parent, { input }, { write }) => write.training.startMentorship(input),
  closeMentorship: (_parent, { input }, { write }) => write.training.closeMentorship(input),
  recordFurtherStudy: (_parent, { input }, { write }) => write.training.recordFurtherStudy(input),
  concludeFurtherStudy: (_parent, { input }, { write }) => write.training.concludeFurtherStudy(input),
} satisfies Partial<MutationResolvers>;

export const TrainingCoursePayload = payload('trainingCourse', (load: Load) => load.course);
export const TrainingRecordPayload = payload('trainingRecord', (load: Load) => load.trainingRecord);
export const MentorshipPayload = payload('mentorship', (load: Load) => load.mentorship);
export const FurtherStudyPayload = payload('furtherStudy', (load: Load) => load.furtherStudy);

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
  history: list('id', (load) => load.history('Mentorship')),
};

export const FurtherStudy: FurtherStudyResolvers = {
  __resolveReference: byReference({ id: (load) => load.furtherStudy }),
  ...columns(furtherStudies),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  atInstitution: stub('Institution', 'atInstitutionId'),
  specialty: coded('VS-16', 'specialty'),
  history: list('id', (load) => load.history('FurtherStudy')),
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
