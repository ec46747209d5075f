import { columns, ownedId, payload, reference } from '@hutong/kit';
import type { Context } from '../context.ts';
import type { MutationResolvers, RegisterResidentPayloadResolvers, ResidentLinkResolvers } from '../schema-types.ts';
import { residentLinks } from '../tables/resident-link.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  'registerResident' | 'updateHealthRecord' | 'moveResident' | 'recordDeath' | 'mergeResidents' | 'unmergeResidents'
>;

export const registrationMutations: Mutations = {
  registerResident: (_, { input }, { write }) => write.resident.registerResident(input),
  updateHealthRecord: (_, { input }, { write }) => write.resident.updateHealthRecord(input),
  moveResident: (_, { input }, { write }) => write.resident.moveResident(input),
  recordDeath: (_, { input }, { write }) => write.resident.recordDeath(input),
  mergeResidents: (_, { input }, { write }) => write.resident.mergeResidents(input),
  unmergeResidents: (_, { input }, { write }) => write.resident.unmergeResidents(input),
};

export const ResidentPayload = payload('resident', (load: Load) => load.resident);

export const RegisterResidentPayload: RegisterResidentPayloadResolvers = {
  ...ResidentPayload,
  candidates: ({ notes }, _, { load }, info) => {
    const { candidates } = notes;
    return Promise.all(Array.isArray(candidates) ? candidates.map((id) => load.resident.load(String(id), info)) : []);
  },
};

export const HealthRecordPayload = payload('healthRecord', (load: Load) => load.healthRecord);

export const ResidentLinkPayload = payload('residentLink', (load: Load) => load.residentLink);

export const ResidentLink: ResidentLinkResolvers = {
  ...columns(residentLinks),
  id: ownedId('rl'),
  resident: reference('residentId', (load) => load.resident),
  surviving: reference('survivingId', (load) => load.resident),
};
