import { byReference, coded, codedList, columns, list, NotFound, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import type {
  InstitutionResolvers,
  MutationResolvers,
  OrientedStudentResolvers,
  QueryResolvers,
  TalentDispatchResolvers,
  TalentPoolEntryResolvers,
} from '../schema-types.ts';
import { orientedStudents, talentDispatches, talentPoolEntries } from '../tables/talent.ts';

type Load = Context['load'];

export const Query = {
  talentPool: (_parent, args, { load }, info) => load.talentPool.load(args, info),
  talentPipeline: async (_parent, { regionCode }, { load }) => pipeline(await load.pipeline(regionCode)),
  orientedStudents: (_parent, args, { load }, info) => load.orientedStudents.load(args, info),
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  requestTalentDispatch: (_parent, { input }, { write }) => write.talent.requestTalentDispatch(input),
  assignTalent: (_parent, { input }, { write }) => write.talent.assignTalent(input),
  closeTalentDispatch: (_parent, { input }, { write }) => write.talent.closeTalentDispatch(input),
  signOrientedStudent: (_parent, { input }, { write }) => write.talent.signOrientedStudent(input),
  advanceOrientedStudent: (_parent, { input }, { write }) => write.talent.advanceOrientedStudent(input),
} satisfies Partial<MutationResolvers>;

export const TalentDispatchPayload = payload('talentDispatch', (load: Load) => load.talentDispatch);
export const OrientedStudentPayload = payload('orientedStudent', (load: Load) => load.orientedStudent);

export const TalentPoolEntry: TalentPoolEntryResolvers = {
  __resolveReference: async ({ practitioner }, { load }, info) => {
    const row = await load.talentPoolEntry.load(practitioner.id, info, 'TalentPoolEntry');
    if (row === null) throw new NotFound(`TalentPoolEntry ${practitioner.id}`);
    return row;
  },
  ...columns(talentPoolEntries),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  region: stub('Region', 'regionCode', 'code'),
  skills: codedList('VS-16', 'skills'),
};

export const TalentDispatch: TalentDispatchResolvers = {
  __resolveReference: byReference({ id: (load) => load.talentDispatch }),
  ...columns(talentDispatches),
  requester: stub('Institution', 'requesterId'),
  skill: coded('VS-16', 'skill'),
  assigned: reference('assignedId', (load) => load.practitioner),
  history: list('id', (load) => load.history('TalentDispatch')),
};

export const OrientedStudent: OrientedStudentResolvers = {
  __resolveReference: byReference({ id: (load) => load.orientedStudent }),
  ...columns(orientedStudents),
  servicePlace: stub('Region', 'servicePlaceCode', 'code'),
  history: list('id', (load) => load.history('OrientedStudent')),
};

/** What talent adds to an institution. */
export const institutionDispatches = {
  talentDispatches: list('id', (load) => load.dispatchesOfInstitution),
} satisfies Partial<InstitutionResolvers>;

function pipeline<Row extends { readonly regionCode: string }>({ regionCode, ...counts }: Row) {
  return { region: { __typename: 'Region' as const, code: regionCode }, ...counts };
}
