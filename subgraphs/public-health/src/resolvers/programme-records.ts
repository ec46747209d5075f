import { byReference, coded, columns, derive, ownedId, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { addDays, daysBetween } from '../rules/contract-term.ts';
import type {
  ChildRecordResolvers,
  DeliveryResolvers,
  ElderlyAssessmentResolvers,
  HealthEducationActivityResolvers,
  HealthExamResolvers,
  ImmunisationResolvers,
  InfectiousReportResolvers,
  MaternalRecordResolvers,
  MentalHealthRecordResolvers,
  QueryResolvers,
  TbRecordResolvers,
} from '../schema-types.ts';
import {
  childRecords,
  elderlyAssessments,
  healthEducationActivities,
  healthExams,
  immunisations,
  infectiousReports,
  maternalRecords,
  mentalHealthRecords,
  tbRecords,
} from '../tables/programme-records.ts';

type Queries = Pick<
  QueryResolvers,
  | 'healthExams'
  | 'maternalRecords'
  | 'childRecords'
  | 'elderlyAssessments'
  | 'mentalHealthRecords'
  | 'tbRecords'
  | 'immunisations'
  | 'infectiousReports'
  | 'healthEducationActivities'
>;

export const HealthExam: HealthExamResolvers = {
  __resolveReference: byReference({ id: (load) => load.exam }),
  ...columns(healthExams),
  id: ownedId('he'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
};

export const MaternalRecord: MaternalRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.maternalRecord }),
  ...columns(maternalRecords),
  id: ownedId('mr'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
  gestation: derive(['lmp', 'deliveredOn'], ({ lmp, deliveredOn }, _args: unknown, { clock }: Context) =>
    Math.floor(daysBetween(lmp, deliveredOn ?? clock.day) / 7),
  ),
  open: derive(
    ['deliveredOn'],
    ({ deliveredOn }, _args: unknown, { clock }: Context) =>
      deliveredOn === null || clock.day <= addDays(deliveredOn, 42),
  ),
};

export const Delivery: DeliveryResolvers = {
  institution: stub('Institution', 'institutionId'),
  on: derive(['on'], ({ on }) => on),
  mode: derive(['mode'], ({ mode }) => mode),
  liveBirths: derive(['liveBirths'], ({ liveBirths }) => liveBirths),
};

export const ChildRecord: ChildRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.childRecord }),
  ...columns(childRecords),
  id: ownedId('cr'),
  resident: reference('residentId', (load) => load.resident),
  guardian: reference('guardianId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
};

export const ElderlyAssessment: ElderlyAssessmentResolvers = {
  __resolveReference: byReference({ id: (load) => load.elderlyAssessment }),
  ...columns(elderlyAssessments),
  id: ownedId('ea'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
};

export const MentalHealthRecord: MentalHealthRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.mentalHealthRecord }),
  ...columns(mentalHealthRecords),
  id: ownedId('mh'),
  resident: reference('residentId', (load) => load.resident),
  diagnosis: coded('ICD-10', 'diagnosis'),
  institution: stub('Institution', 'institutionId'),
};

export const TbRecord: TbRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.tbRecord }),
  ...columns(tbRecords),
  id: ownedId('tb'),
  resident: reference('residentId', (load) => load.resident),
  diagnosis: coded('ICD-10', 'diagnosis'),
  institution: stub('Institution', 'institutionId'),
};

export const Immunisation: ImmunisationResolvers = {
  __resolveReference: byReference({ id: (load) => load.immunisation }),
  ...columns(immunisations),
  id: ownedId('im'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
};

export const InfectiousReport: InfectiousReportResolvers = {
  __resolveReference: byReference({ id: (load) => load.infectiousReport }),
  ...columns(infectiousReports),
  id: ownedId('ir'),
  resident: reference('residentId', (load) => load.resident),
  disease: coded('ICD-10', 'disease'),
  institution: stub('Institution', 'institutionId'),
};

export const HealthEducationActivity: HealthEducationActivityResolvers = {
  __resolveReference: byReference({ id: (load) => load.healthEducationActivity }),
  ...columns(healthEducationActivities),
  institution: stub('Institution', 'institutionId'),
  region: stub('Region', 'regionCode', 'code'),
};

export const programmeRecordQueries: Queries = {
  healthExams: (_, page, { load }, info) => load.exams.load(page, info),
  maternalRecords: (_, page, { load }, info) => load.maternalRecords.load(page, info),
  childRecords: (_, page, { load }, info) => load.childRecords.load(page, info),
  elderlyAssessments: (_, page, { load }, info) => load.elderlyAssessments.load(page, info),
  mentalHealthRecords: (_, page, { load }, info) => load.mentalHealthRecords.load(page, info),
  tbRecords: (_, page, { load }, info) => load.tbRecords.load(page, info),
  immunisations: (_, page, { load }, info) => load.immunisations.load(page, info),
  infectiousReports: (_, page, { load }, info) => load.infectiousReports.load(page, info),
  healthEducationActivities: (_, page, { load }, info) => load.healthEducationActivities.load(page, info),
};
