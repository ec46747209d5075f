import {
  byReference,
  columns,
  derive,
  mutationError,
  ownedId,
  ownedReference,
  payload,
  reference,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  ReferralEpisodeResolvers,
  ReferralEventResolvers,
  ReferralResolvers,
  TransitionReferralPayloadResolvers,
} from '../schema-types.ts';
import { referralEpisodes, referralEvents, referrals } from '../tables/referral.ts';
import { renamed } from './narrowed.ts';
import { suggestTargets } from './referral-target.ts';

type Load = Context['load'];

/** `no` of a referral is the number of its form; the column `no` is its serial number with the resident. */
export const formNumber = { no: 'formNo' } as const;

export const Query: Pick<QueryResolvers, 'referral' | 'referrals' | 'referralEpisode'> = {
  referral: (_, { id }, { load }, info) => load.referral.referral.load(id, info),
  referrals: (_, page, { load }, info) => load.referral.referrals.load(renamed(page, formNumber), info),
  referralEpisode: (_, { id }, { load }, info) => load.referral.referralEpisode.load(id, info),
};

export const Mutation: Pick<
  MutationResolvers,
  'createReferral' | 'submitReferral' | 'approveOutOfCounty' | 'transitionReferral'
> = {
  createReferral: (_, { input }, { write }) => write.referral.createReferral(input),
  submitReferral: (_, { input }, { write }) => write.referral.submitReferral(input),
  approveOutOfCounty: (_, { input }, { write }) => write.referral.approveOutOfCounty(input),
  transitionReferral: (_, { input }, { write }) => write.referral.transitionReferral(input),
};

export const ReferralPayload = payload('referral', (load: Load) => load.referral.referral);

export const TransitionReferralPayload: TransitionReferralPayloadResolvers = {
  ...ReferralPayload,
  warnings: async ({ id, notes }, _, { load }) => {
    const targets = notes['event'] === 'ACCEPT' && id !== null ? await targetsOf(load, id) : [];
    return targets.some((target) => target.isChosen && !target.canTreat)
      ? [mutationError('MODE_MISMATCH', 'id', cannotTreat)]
      : [];
  },
  downReferral: ({ notes: { downReferralId } }, _, { load }, info) =>
    typeof downReferralId === 'string' ? load.referral.referral.load(downReferralId, info) : null,
  suggestions: async ({ id, notes }, _, { load }) =>
    notes['event'] === 'REJECT' && id !== null ? (await targetsOf(load, id)).filter(({ isChosen }) => !isChosen) : [],
};

/** The targets of a referral's diagnosis, and which of them is the receiving institution. */
async function targetsOf(load: Load, id: string) {
  const referred = await load.referralTarget.referredBy(id);
  if (referred === undefined) return [];
  const targets = await suggestTargets(load, referred.fromId, referred.icd10);
  return targets.map((target) => ({ ...target, isChosen: target.institutionId === referred.toId }));
}

const cannotTreat = {
  en: 'The disease catalogue and capabilities of the institution do not cover the diagnosis.',
  zh: '该机构的诊疗目录与服务能力未覆盖此诊断。',
};

export const Referral: ReferralResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.referral.referral }),
  ...columns(referrals),
  id: ownedId('rf'),
  no: derive(['formNo'], ({ formNo }) => formNo),
  episode: ownedReference('re', 'episodeNo', (load: Load) => load.referral.referralEpisode),
  resident: stub('Resident', 'residentId'),
  from: reference('fromId', (load: Load) => load.place.institution),
  to: reference('toId', (load: Load) => load.place.institution),
  toDepartment: reference('toDepartmentId', (load: Load) => load.place.department),
  referrer: derive(['referrerId', 'referrerName'], ({ referrerId, referrerName }) => ({
    __typename: 'Practitioner',
    id: referrerId,
    name: referrerName,
  })),
  receiver: stub('Practitioner', 'receiverId'),
  fromEncounter: ownedReference('en', 'fromEncounterNo', (load: Load) => load.encounter.encounter),
  appointment: ownedReference('ap', 'appointmentNo', (load: Load) => load.appointment.appointment),
  dischargeSummary: ownedReference('cd', 'dischargeSummaryNo', (load: Load) => load.report.careDocument),
  toEncounter: ownedReference('en', 'toEncounterNo', (load: Load) => load.encounter.encounter),
  attachments: ownedList('rf', (load: Load) => load.report.documentsOfReferral),
  events: ownedList('rf', (load: Load) => load.referral.eventsOfReferral),
};

export const ReferralEvent: ReferralEventResolvers = {
  ...columns(referralEvents),
  by: stub('Practitioner', 'byId'),
};

export const ReferralEpisode: ReferralEpisodeResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.referral.referralEpisode }),
  ...columns(referralEpisodes),
  id: ownedId('re'),
  resident: stub('Resident', 'residentId'),
  referrals: ownedList('re', (load: Load) => load.referral.referralsOfEpisode),
  rehabInstitution: reference('rehabInstitutionId', (load: Load) => load.place.institution),
};
