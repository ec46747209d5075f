import { byReference, coded, columns, derive, encodeOwnedId, ownedId, reference, stub, ownedList } from '@hutong/kit';
import type { Context } from '../context.ts';
import { nextChildVisit } from '../rules/child-care.ts';
import { addDays } from '../rules/contract-term.ts';
import { immunisationStatus } from '../rules/immunisation.ts';
import {
  isEarlyBooking,
  isHighRisk,
  isSystemManaged,
  nextMaternalVisit,
  POSTPARTUM_DAYS,
  weeksOn,
} from '../rules/maternal-care.ts';
import { isUnstable, nextMentalVisit, nextTbVisit } from '../rules/register-visit.ts';
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

/** What the schedule of a pregnancy rests on. */
const pregnancy = ['lmp', 'edd', 'registeredOn', 'status', 'deliveredOn', 'visits', 'postpartum'] as const;

export const MaternalRecord: MaternalRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.maternalRecord }),
  ...columns(maternalRecords),
  id: ownedId('mr'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
  gestation: derive(['lmp', 'delivery'], ({ lmp, delivery }, _args: unknown, { clock }: Context) =>
    weeksOn(lmp, delivery?.on ?? clock.day),
  ),
  open: derive(
    ['status', 'deliveredOn'],
    ({ status, deliveredOn }, _args: unknown, { clock }: Context) =>
      status !== 'CLOSED' && (deliveredOn === null || clock.day <= addDays(deliveredOn, POSTPARTUM_DAYS)),
  ),
  early: derive(['lmp', 'registeredOn'], isEarlyBooking),
  nextDue: derive([...pregnancy], nextMaternalVisit),
  referralAdvised: derive(['riskColour'], ({ riskColour }) => riskColour !== null && isHighRisk(riskColour)),
  systemManaged: derive([...pregnancy], isSystemManaged),
  children: derive(['residentId', 'no'], ({ residentId, no }, _args, { load }: Context, info) =>
    load.childrenOfPregnancy.load(encodeOwnedId('mr', residentId, no), info),
  ),
  history: ownedList('mr', (load) => load.history('MaternalRecord')),
};

export const Delivery: DeliveryResolvers = {
  institution: stub('Institution', 'institutionId'),
  on: derive(['on'], ({ on }) => on),
  outcome: derive(['outcome'], ({ outcome }) => outcome),
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
  maternalRecord: derive(['maternalRecordId'], ({ maternalRecordId }, _args, { load }: Context, info) =>
    maternalRecordId === null ? null : load.maternalRecord.load(maternalRecordId, info),
  ),
  nextDue: derive(['residentId', 'visits'], async ({ residentId, visits }, _args, { load }: Context, info) => {
    const birthDate = await load.birthDateOf.load(residentId, info);
    return birthDate === null ? null : nextChildVisit(birthDate, visits);
  }),
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
  nextDue: derive(['riskLevel', 'visits', 'registeredOn'], ({ riskLevel, visits, registeredOn }) =>
    nextMentalVisit(riskLevel, visits.at(-1)?.at ?? registeredOn),
  ),
  referralAdvised: derive(['riskLevel'], ({ riskLevel }) => isUnstable(riskLevel)),
};

export const TbRecord: TbRecordResolvers = {
  __resolveReference: byReference({ id: (load) => load.tbRecord }),
  ...columns(tbRecords),
  id: ownedId('tb'),
  resident: reference('residentId', (load) => load.resident),
  diagnosis: coded('ICD-10', 'diagnosis'),
  institution: stub('Institution', 'institutionId'),
  nextDue: derive(
    ['outcome', 'treatmentFrom', 'visits', 'notifiedOn'],
    ({ outcome, treatmentFrom, visits, notifiedOn }) =>
      outcome === null || outcome === 'ON_TREATMENT'
        ? nextTbVisit(treatmentFrom, visits.at(-1)?.at ?? notifiedOn)
        : null,
  ),
  history: ownedList('tb', (load) => load.history('TbRecord')),
};

export const Immunisation: ImmunisationResolvers = {
  __resolveReference: byReference({ id: (load) => load.immunisation }),
  ...columns(immunisations),
  id: ownedId('im'),
  resident: reference('residentId', (load) => load.resident),
  institution: stub('Institution', 'institutionId'),
  status: derive(['givenAt', 'contraindication'], immunisationStatus),
  history: ownedList('im', (load) => load.history('Immunisation')),
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
