import { BadInput, byReference, children, coded, columns, derive, list, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { ageAt } from '../rules/contract-term.ts';
import type {
  AddressResolvers,
  HouseholdMemberResolvers,
  HouseholdResolvers,
  ResidentResolvers,
  ResidentSearch,
} from '../schema-types.ts';
import type { QueryResolvers } from '../schema-types.ts';
import { households } from '../tables/household.ts';
import { residents, type ResidentRow } from '../tables/resident.ts';
import type { AddressValue } from './values.ts';
import type { GraphQLResolveInfo } from 'graphql';

type ContractState = Awaited<ReturnType<Context['load']['contractState']['load']>>;

interface DayArgs {
  readonly at?: string | null | undefined;
}

/** The health record number is sealed: it is found by its keyed hash. */
const residentByReference = byReference({
  id: (load: Context['load']) => load.resident,
  healthRecordNoHash: (load) => load.residentByHealthRecordNoHash,
});

export const Resident: ResidentResolvers = {
  __resolveReference: (representation, context, info) =>
    residentByReference(
      typeof representation.healthRecordNo === 'string'
        ? { ...representation, healthRecordNoHash: context.keyedHash(representation.healthRecordNo) }
        : representation,
      context,
      info,
    ),
  ...columns(residents),
  age: derive(['birthDate'], ({ birthDate }, { at }: DayArgs, { clock }: Context) => ageAt(birthDate, at ?? clock.day)),
  ethnicity: coded('VS-51', 'ethnicity'),
  marital: coded('VS-52', 'marital'),
  education: coded('VS-60', 'education'),
  occupation: coded('VS-61', 'occupation'),
  addressRegistered: derive(['registeredRegionCode', 'registeredAddress'], (row): AddressValue => ({
    regionCode: row.registeredRegionCode,
    detail: row.registeredAddress,
  })),
  addressCurrent: derive(['regionCode', 'currentAddress'], (row): AddressValue => ({
    regionCode: row.regionCode,
    detail: row.currentAddress,
  })),
  region: stub('Region', 'regionCode', 'code'),
  residentType: coded('RESIDENT-TYPE', 'residentType'),
  household: reference('householdId', (load) => load.household),
  guardian: reference('guardianId', (load) => load.resident),
  servingInstitution: stub('Institution', 'servingInstitutionId'),
  bloodType: coded('VS-62', 'bloodType'),
  rh: coded('VS-62b', 'rh'),
  history: list('id', (load: Context['load']) => load.history('Resident')),
  healthRecord: list('id', (load) => load.recordOfResident),
  contractStatus: contractState((state) => state?.status ?? 'NONE'),
  activePackageKinds: contractState((state) => [...(state?.packageKinds ?? [])]),
  familyDoctorTeamId: contractState((state) => state?.contract?.teamId ?? null),
  contract: contractState((state) => state?.contract ?? null),
  contracts: children('id', (load) => load.contractsOfResident),
  chronic: list('id', (load) => load.enrollmentsOfResident),
  dischargeFollowUps: list('id', (load) => load.dischargeFollowUpsOfResident),
  followUps: children('id', (load) => load.followUpsOfResident),
  deviceMeasurements: children('id', (load) => load.deviceMeasurementsOfResident),
  exams: children('id', (load) => load.examsOfResident),
  maternal: list('id', (load) => load.maternalOfResident),
  child: list('id', (load) => load.childRecordsOfResident),
  elderly: list('id', (load) => load.elderlyOfResident),
  immunisations: list('id', (load) => load.immunisationsOfResident),
  mentalHealth: list('id', (load) => load.mentalHealthOfResident),
  tb: list('id', (load) => load.tbOfResident),
  infectious: list('id', (load) => load.infectiousOfResident),
  questions: children('id', (load) => load.questionsOfResident),
  notices: children('id', (load) => load.noticesOfResident),
  deathCause: coded('ICD-10', 'deathCause'),
  consents: list('id', (load) => load.consentsOfResident),
  accessLog: children('id', (load) => load.accessLogOfResident),
  mergers: list('id', (load) => load.mergersOfResident),
  mergedRecords: list('id', (load) => load.mergedIntoResident),
};

export const Address: AddressResolvers = {
  region: stub('Region', 'regionCode', 'code'),
  detail: derive(['detail'], ({ detail }) => detail),
};

export const Household: HouseholdResolvers = {
  __resolveReference: byReference({ id: (load) => load.household }),
  ...columns(households),
  head: reference('headId', (load) => load.resident),
  members: list('id', (load) => load.membersOfHousehold),
  address: derive(['regionCode', 'addressDetail'], ({ regionCode, addressDetail }): AddressValue => ({
    regionCode,
    detail: addressDetail,
  })),
};

/** A member is a resident's row, read for the household's sake. */
export const HouseholdMember: HouseholdMemberResolvers = {
  resident: reference('id', (load) => load.resident),
  relation: coded('VS-59', 'relationToHead'),
};

export const residentQueries: Pick<QueryResolvers, 'resident' | 'searchResident' | 'residents'> = {
  resident: (_, { id }, { load }, info) => survivorOf(id, load, info),
  searchResident: async (_, { input }, context, info) => {
    const id = await idOfShown(input, context, info);
    return id === null ? null : survivorOf(id, context.load, info);
  },
  residents: (_, page, { load }, info) => load.residents.load(page, info),
};

/** The id of who showed a health record number or a document at the desk. */
function idOfShown(
  { healthRecordNo, idNumber }: ResidentSearch,
  { load, keyedHash }: Context,
  info: GraphQLResolveInfo,
): Promise<string | null> {
  if (typeof healthRecordNo === 'string' && typeof idNumber !== 'string')
    return load.residentIdByHealthRecordNoHash.load(keyedHash(healthRecordNo), info);
  if (typeof idNumber === 'string' && typeof healthRecordNo !== 'string')
    return load.residentIdByIdNumberHash.load(keyedHash(idNumber.toUpperCase()), info);
  throw new BadInput('Give exactly one of healthRecordNo and idNumber', '健康档案编号与证件号码须且只须提供一项');
}

/** The resident of an id; of a record that was merged, the surviving one (architecture.md §3). */
async function survivorOf(id: string, load: Context['load'], info: GraphQLResolveInfo): Promise<ResidentRow | null> {
  const [own, survivingId] = await Promise.all([load.resident.load(id, info), load.survivingIdOf.load(id, info)]);
  return survivingId === null ? own : load.resident.load(survivingId, info);
}

/** A field that follows from the contract as of a day: all such fields of a batch are one statement. */
function contractState<R>(
  pick: (state: ContractState) => R,
): (row: ResidentRow, args: DayArgs, context: Context, info: GraphQLResolveInfo) => Promise<R> {
  return derive(['id'], async ({ id }, { at }: DayArgs, { load, clock }: Context, info) =>
    pick(await load.contractState.load({ residentId: id, day: at ?? clock.day }, info)),
  );
}
