import { actsFor, byReference, columns, derive, governs, list, payload, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { percent } from '../rules/fulfilment-plan.ts';
import type { ComplaintResolvers, InspectionResolvers, MutationResolvers, QueryResolvers } from '../schema-types.ts';
import { complaints, inspections, type ComplaintRow } from '../tables/oversight.ts';
import { loadSubject } from './evaluation.ts';

type Load = Context['load'];

type Mutations = Pick<
  MutationResolvers,
  'fileComplaint' | 'resolveComplaint' | 'recordInspection' | 'rectifyInspection' | 'followUpInspection'
>;

export const oversightMutations: Mutations = {
  fileComplaint: (_, { input }, { write }) => write.oversight.fileComplaint(input),
  resolveComplaint: (_, { input }, { write }) => write.oversight.resolveComplaint(input),
  recordInspection: (_, { input }, { write }) => write.oversight.recordInspection(input),
  rectifyInspection: (_, { input }, { write }) => write.oversight.rectifyInspection(input),
  followUpInspection: (_, { input }, { write }) => write.oversight.followUpInspection(input),
};

export const oversightQueries: Pick<QueryResolvers, 'complaints' | 'inspections'> = {
  complaints: (_, page, { load }, info) => load.complaints.load(page, info),
  inspections: (_, page, { load }, info) => load.inspections.load(page, info),
};

export const ComplaintPayload = payload('complaint', (load: Load) => load.complaint);

export const InspectionPayload = payload('inspection', (load: Load) => load.inspection);

/** What decides who sees the words of a complaint. */
const parties = ['filedById', 'institutionId', 'regionCode'] as const;

export const Complaint: ComplaintResolvers = {
  __resolveReference: byReference({ id: (load) => load.complaint }),
  ...columns(complaints),
  subject: derive(['subjectType', 'subjectId'], loadSubject),
  institution: stub('Institution', 'institutionId'),
  text: derive(['text', ...parties], (row, _args: unknown, { caller }: Context) =>
    isParty(row, caller) ? row.text : null,
  ),
  result: derive(['result', ...parties], (row, _args: unknown, { caller }: Context) =>
    isParty(row, caller) ? row.result : null,
  ),
  filedBy: derive([...parties], ({ filedById, ...row }, _args: unknown, { load, caller }: Context, info) =>
    filedById !== null && isParty({ filedById, ...row }, caller) ? load.resident.load(filedById, info) : null,
  ),
  history: list('id', (load: Load) => load.history('Complaint')),
};

/** Whether a caller filed a complaint or handles it: the institution's administrators and the health commission. */
function isParty(
  { filedById, institutionId, regionCode }: Pick<ComplaintRow, (typeof parties)[number]>,
  caller: Context['caller'],
): boolean {
  if (filedById !== null && caller.residentId === filedById) return true;
  const isHandler = caller.role === 'INST_ADMIN' && institutionId !== null && actsFor(caller, institutionId);
  return isHandler || governs(caller, regionCode);
}

export const Inspection: InspectionResolvers = {
  __resolveReference: byReference({ id: (load) => load.inspection }),
  ...columns(inspections),
  region: stub('Region', 'regionCode', 'code'),
  institution: stub('Institution', 'institutionId'),
  team: stub('FamilyDoctorTeam', 'teamId'),
  truthRate: derive(['samples', 'truthful'], ({ samples, truthful }) =>
    samples === null || samples === 0 || truthful === null ? null : percent(truthful, samples),
  ),
  history: list('id', (load: Load) => load.history('Inspection')),
};
