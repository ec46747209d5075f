import {
  byReference,
  children,
  coded,
  columns,
  derive,
  encodeOwnedId,
  list,
  NotFound,
  ownedId,
  ownedStub,
  reference,
  selfReference,
  payload,
  stub,
  ownedList,
} from '@hutong/kit';
import type { Context } from '../context.ts';
import { outpatientCapOf } from '../rules/outpatient-cap.ts';
import type {
  AccumulatorResolvers,
  ChronicOutpatientRegistrationResolvers,
  CoverageResolvers,
  OutOfAreaFilingResolvers,
  MutationResolvers,
  QueryResolvers,
  RegionResolvers,
  ResidentResolvers,
  TwoDiseaseRegistrationResolvers,
} from '../schema-types.ts';
import {
  accumulators,
  chronicOutpatientRegistrations,
  coverages,
  outOfAreaFilings,
  twoDiseaseRegistrations,
} from '../tables/coverage.ts';

type Load = Context['load'];

export const Query = {
  accumulator: (_parent, { residentId, year }, { load }, info) =>
    load.accumulator.load(encodeOwnedId('ac', residentId, year), info),
  twoDiseaseRegistrations: (_parent, args, { load }, info) => load.twoDiseaseRegistrations.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  registerTwoDisease: (_parent, { input }, { write }) => write.coverage.registerTwoDisease(input),
  endTwoDisease: (_parent, { input }, { write }) => write.coverage.endTwoDisease(input),
  fileOutOfArea: (_parent, { input }, { write }) => write.coverage.fileOutOfArea(input),
} satisfies Partial<MutationResolvers>;

export const TwoDiseaseRegistrationPayload = payload(
  'twoDiseaseRegistration',
  (load: Load) => load.twoDiseaseRegistration,
);

export const OutOfAreaFilingPayload = payload('outOfAreaFiling', (load: Load) => load.filing);

export const Coverage: CoverageResolvers = {
  __resolveReference: byReference({ id: (load) => load.coverage }),
  ...columns(coverages),
  id: ownedId('cv'),
  resident: stub('Resident', 'residentId'),
  personClass: coded('PERSON-CLASS', 'personClass'),
  pooledRegion: stub('Region', 'pooledRegionCode', 'code'),
  plan: reference('planKey', (load) => load.plan),
};

export const Accumulator: AccumulatorResolvers = {
  __resolveReference: async ({ resident, year }, { load }, info) => {
    const id = encodeOwnedId('ac', resident.id, year);
    const row = await load.accumulator.load(id, info, 'Accumulator');
    if (row === null) throw new NotFound(`Accumulator ${resident.id} ${year}`);
    return row;
  },
  ...columns(accumulators),
  resident: stub('Resident', 'residentId'),
  year: derive(['no'], ({ no }) => no),
  deductiblePaidByEpisode: derive(['deductiblePaidByEpisode'], ({ deductiblePaidByEpisode }) =>
    Object.entries(deductiblePaidByEpisode).map(([episodeId, paid]) => ({ episodeId, paid })),
  ),
};

export const TwoDiseaseRegistration: TwoDiseaseRegistrationResolvers = {
  __resolveReference: byReference({ id: (load) => load.twoDiseaseRegistration }),
  ...columns(twoDiseaseRegistrations),
  id: ownedId('tw'),
  resident: stub('Resident', 'residentId'),
  registeredAt: stub('Institution', 'registeredAtCode', 'providerCode'),
  history: ownedList('tw', (load: Load) => load.history('TwoDiseaseRegistration')),
};

export const ChronicOutpatientRegistration: ChronicOutpatientRegistrationResolvers = {
  __resolveReference: byReference({ id: (load) => load.chronicRegistration }),
  ...columns(chronicOutpatientRegistrations),
  id: ownedId('ch'),
  resident: stub('Resident', 'residentId'),
};

export const OutOfAreaFiling: OutOfAreaFilingResolvers = {
  __resolveReference: byReference({ id: (load) => load.filing }),
  ...columns(outOfAreaFilings),
  id: ownedId('oa'),
  resident: stub('Resident', 'residentId'),
  referral: ownedStub('Referral', 'rf', 'referralNo'),
  history: ownedList('oa', (load: Load) => load.history('OutOfAreaFiling')),
  toInstitution: stub('Institution', 'toProviderCode', 'providerCode'),
};

export const Resident: ResidentResolvers = {
  __resolveReference: selfReference(),
  psnNo: list('id', (load) => load.psnNo),
  coverage: derive(['id'], ({ id }, { at }, { load }, info) =>
    (at ? load.coverageOn(at) : load.coverageToday).load(id, info),
  ),
  accumulators: list('id', (load) => load.accumulatorsOfResident),
  accumulator: derive(['id'], ({ id }, { year }, { load }, info) =>
    load.accumulator.load(encodeOwnedId('ac', id, year), info),
  ),
  outpatientCap: derive(['id', 'contractStatus', 'activePackageKinds'], async (row, { year }, { load }, info) => {
    const terms = await load.capsOfYear(year).load(row.id, info);
    if (terms === null) return null;
    const { withContract, withoutContract } = outpatientCapOf(terms.caps, terms.retired);
    return row.contractStatus === 'ACTIVE' ? withContract : withoutContract;
  }),
  claims: children('id', (load) => load.claimsOfResident),
  twoDisease: list('id', (load) => load.twoDiseaseOfResident),
  chronicOutpatient: list('id', (load) => load.chronicOfResident),
  outOfAreaFilings: list('id', (load) => load.filingsOfResident),
};

/** Digits of a township: the finest division that a coverage knows. */
const townshipLength = 9;

/** What coverages add to a region. */
export const regionInsured = {
  insuredCount: derive(['code'], async ({ code }, { year, scheme }, { load, clock }, info) => {
    if (code.length > townshipLength) return null;
    const insured = await load.insuredOfYear(year ?? Number(clock.day.slice(0, 4))).load(code, info);
    return insured.all === null ? null : (insured[scheme ?? 'all'] ?? 0);
  }),
} satisfies Partial<RegionResolvers>;
