import { byReference, children, coded, columns, derive, list, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { awardPoints } from '../rules/allowance.ts';
import { titleReviewScore } from '../rules/title-review.ts';
import { trainingPriority } from '../rules/training.ts';
import type {
  InstitutionResolvers,
  MutationResolvers,
  PostResolvers,
  PracticeRegistrationResolvers,
  PractitionerResolvers,
  QueryResolvers,
} from '../schema-types.ts';
import { posts, practiceRegistrations, practitioners } from '../tables/practitioner.ts';
import { creditSummary, missingHours } from './credits.ts';
import { requireDays } from './period.ts';

type Load = Context['load'];

export const Query = {
  practitioner: (_parent, { id }, { load }, info) => load.practitioner.load(id, info),
  practitioners: (_parent, args, { load }, info) => load.practitioners.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  registerPractitioner: (_parent, { input }, { write }) => write.practitioner.registerPractitioner(input),
  registerPractice: (_parent, { input }, { write }) => write.practitioner.registerPractice(input),
  endPractice: (_parent, { input }, { write }) => write.practitioner.endPractice(input),
} satisfies Partial<MutationResolvers>;

export const PractitionerPayload = payload('practitioner', (load: Load) => load.practitioner);
export const PracticeRegistrationPayload = payload('practiceRegistration', (load: Load) => load.practiceRegistration);

export const Practitioner: PractitionerResolvers = {
  __resolveReference: byReference({
    id: (load) => load.practitioner,
    physicianCode: (load) => load.practitionerByPhysicianCode,
  }),
  ...columns(practitioners),
  licence: derive(
    ['licenceNo', 'licenceKind', 'licenceScope', 'licenceFirstRegisteredOn', 'licenceStatus', 'licenceAssessedUntil'],
    (row) =>
      row.licenceNo === null
        ? null
        : {
            no: row.licenceNo,
            kind: licenceKind(row),
            scope: licenceScope(row),
            firstRegisteredOn: row.licenceFirstRegisteredOn,
            status: row.licenceStatus,
            assessedUntil: row.licenceAssessedUntil,
          },
  ),
  awardPoints: derive(['primaryCareYears'], ({ primaryCareYears }) => awardPoints(primaryCareYears)),
  specialty: coded('VS-16', 'specialty'),
  title: coded('TITLE', 'title'),
  education: coded('VS-60', 'education'),
  primaryInstitution: stub('Institution', 'primaryInstitutionId'),
  region: stub('Region', 'regionCode', 'code'),
  practiceRegistrations: list('id', (load) => load.registrationsOfPractitioner),
  posts: list('id', (load) => load.postsOfPractitioner),
  employment: derive(
    ['employmentKind', 'employmentHiredById', 'employmentUsedAtId', 'employmentFrom', 'employmentTo'],
    (row) => ({
      kind: row.employmentKind,
      hiredBy: { __typename: 'Institution', id: row.employmentHiredById },
      usedAt: { __typename: 'Institution', id: row.employmentUsedAtId },
      from: row.employmentFrom,
      to: row.employmentTo,
    }),
  ),
  secondments: list('id', (load) => load.secondmentsOfPractitioner),
  trainingRecords: list('id', (load) => load.recordsOfPractitioner),
  mentorships: derive(['id'], async ({ id }, _args, { load }, info) =>
    (await Promise.all([load.mentorshipsOfMentor.load(id, info), load.mentorshipsOfApprentice.load(id, info)])).flat(),
  ),
  furtherStudies: list('id', (load) => load.studiesOfPractitioner),
  talentPoolEntry: list('id', (load) => load.talentPoolEntry),
  creditSummary: derive(['id'], async ({ id }, { year }, context, info) =>
    found(await creditSummary(id, year, context, info)),
  ),
  trainingPriority: derive(['id', 'category', 'signedResidentCount'], async (row, _args, context, info) =>
    row.category === 'VILLAGE_DOCTOR'
      ? trainingPriority(row.signedResidentCount ?? 0, await missingHours(row.id, context, info))
      : null,
  ),
  titleReviewScore: derive(['id', 'contractSatisfaction'], async (row, _args, { load }, info) => {
    const { serviceVolume, standardVolume, skill } = await load.latestReviewOfPractitioner.load(row.id, info);
    const satisfaction = row.contractSatisfaction ?? null;
    if (serviceVolume === null || standardVolume === null || skill === null || satisfaction === null) return null;
    return titleReviewScore({ serviceVolume, standardVolume, satisfaction, skill });
  }),
  titleReviews: list('id', (load) => load.reviewsOfPractitioner),
  awards: list('id', (load) => load.awardsOfPractitioner),
  allowances: list('id', (load) => load.allowancesOfPractitioner),
  performanceRecords: list('id', (load) => load.recordsOfPerformance),
  incomeItems: derive(['id'], ({ id }, { period }, { load }, info) =>
    (period ? load.incomeItemsBetween(requireDays(period)) : load.incomeItemsOfPractitioner).load(id, info),
  ),
  history: list('id', (load) => load.history('Practitioner')),
};

export const PracticeRegistration: PracticeRegistrationResolvers = {
  __resolveReference: byReference({ id: (load) => load.practiceRegistration }),
  ...columns(practiceRegistrations),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  institution: stub('Institution', 'institutionId'),
  hours: derive(['hours'], ({ hours }) => [...hours]),
  history: list('id', (load) => load.history('PracticeRegistration')),
};

export const Post: PostResolvers = {
  __resolveReference: byReference({ id: (load) => load.post }),
  ...columns(posts),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  institution: stub('Institution', 'institutionId'),
  department: stub('Department', 'departmentId'),
};

/** What practitioners add to an institution. */
export const institutionStaff = {
  staff: children('id', (load) => load.staffOfInstitution),
  staffCount: list('id', (load) => load.staffCount),
} satisfies Partial<InstitutionResolvers>;

const licenceKind = coded<'licenceKind', { readonly licenceKind: string | null }>('VS-15b', 'licenceKind');
const licenceScope = coded<'licenceScope', { readonly licenceScope: string | null }>('VS-16', 'licenceScope');

function found<Row>(row: Row | null): Row {
  if (row === null) throw new TypeError('a practitioner that was just read has no credits');
  return row;
}
