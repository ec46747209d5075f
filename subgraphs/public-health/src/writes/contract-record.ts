import {
  encodeOwnedId,
  expectVersion,
  insertMany,
  lastNos,
  lockByOwnedId,
  decodeOwnedId,
  refuse,
  updateMany,
  type Change,
  type Write,
} from '@hutong/kit';
import { contractAfter, type ContractStep } from '../rules/contract-transition.ts';
import type { ContractStatus } from '../schema-types.ts';
import { contractEvents, serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { expectStanding, lockPeople, type Person } from './contract-people.ts';

/** A contract with its resident, both locked. */
export interface HeldContract {
  readonly contract: ServiceContractRow;
  readonly person: Person;
}

/** The contract of an id with its resident, locked until the write ends: the resident first, as everywhere. */
export async function lockContract(
  write: Write,
  { id, version }: { readonly id: string; readonly version?: number | null },
  path = 'id',
): Promise<HeldContract> {
  const owner = decodeOwnedId('ct', id)?.residentId ?? '';
  const person = (await lockPeople(write, [owner])).get(owner);
  if (person === undefined) return refuse('NOT_FOUND', path);
  const contract = await lockByOwnedId(write, { table: serviceContracts, prefix: 'ct' }, id, path);
  expectVersion(contract, version);
  return { contract, person };
}

/** The same of a record that stands for itself: nothing but the end of a contract is written in one that was merged. */
export async function lockStandingContract(
  write: Write,
  input: { readonly id: string; readonly version?: number | null },
  path = 'id',
): Promise<HeldContract> {
  const held = await lockContract(write, input, path);
  expectStanding(held.person, path);
  return held;
}

/** Stores new contracts with the statuses they go through, and tells of them; their residents are locked. */
export async function storeContracts(
  write: Write,
  drafts: readonly Omit<ServiceContractRow, 'no' | 'version' | 'updatedAt'>[],
  reason: string | null = null,
): Promise<readonly ServiceContractRow[]> {
  const residentIds = drafts.map(({ residentId }) => residentId);
  const last = await lastNos(write, serviceContracts, residentIds);
  const contracts = drafts.map((draft) => ({
    ...draft,
    no: (last.get(draft.residentId) ?? 0) + 1,
    version: 1,
    updatedAt: write.clock.instant,
  }));
  await insertMany(write, serviceContracts, contracts);
  const steps = contracts.flatMap((contract) =>
    pathTo(contract.status).map(([from, to]) => ({ contract, from, to, reason })),
  );
  await storeEvents(write, steps);
  for (const contract of contracts) write.change(contractChange('CREATED', contract));
  return contracts;
}

/** The steps by which a new contract came to its status. */
function pathTo(status: ContractStatus): readonly (readonly [ContractStatus | null, ContractStatus])[] {
  if (status !== 'ACTIVE') return [[null, status]];
  return [
    [null, 'PENDING_CONFIRM'],
    ['PENDING_CONFIRM', 'ACTIVE'],
  ];
}

/** What changes in a contract with a step. */
type Changed = Partial<Pick<ServiceContractRow, (typeof changing)[number]>>;

const changing = [
  'status',
  'validFrom',
  'validTo',
  'confirmedAt',
  'structureComplete',
  'terminatedOn',
  'terminationReason',
  'version',
  'updatedAt',
] as const;

/** A step of a contract. */
export interface Stepping {
  readonly contract: ServiceContractRow;
  /** Null leaves the status as it is. */
  readonly step: ContractStep | null;
  readonly change?: Changed;
  readonly reason?: string | null;
}

/** Takes contracts through steps and tells of it; refuses with INVALID_TRANSITION at `id` when a status does not allow its step. */
export async function takeSteps(write: Write, steppings: readonly Stepping[]): Promise<readonly ServiceContractRow[]> {
  const after = steppings.map(({ contract, step, change }) => {
    const status = step === null ? contract.status : contractAfter(contract.status, step);
    if (status === 'INVALID_TRANSITION') return refuse('INVALID_TRANSITION', 'id');
    const { version } = contract;
    return { ...contract, ...change, status, version: version + 1, updatedAt: write.clock.instant };
  });
  // A resident has one ACTIVE contract: the old one leaves that status before the new one takes it.
  await updateMany(
    write,
    serviceContracts,
    changing,
    after.filter(({ status }) => status !== 'ACTIVE'),
  );
  await updateMany(
    write,
    serviceContracts,
    changing,
    after.filter(({ status }) => status === 'ACTIVE'),
  );
  const steps = after.flatMap((contract, index) => {
    const { contract: before, reason = null } = steppings[index] ?? { contract };
    return before.status === contract.status ? [] : [{ contract, from: before.status, to: contract.status, reason }];
  });
  await storeEvents(write, steps);
  for (const contract of after) write.change(contractChange('UPDATED', contract));
  return after;
}

interface StatusEvent {
  readonly contract: ServiceContractRow;
  readonly from: ContractStatus | null;
  readonly to: ContractStatus;
  readonly reason: string | null;
}

async function storeEvents(write: Write, steps: readonly StatusEvent[]): Promise<void> {
  const residentIds = [...new Set(steps.map(({ contract }) => contract.residentId))];
  const last = new Map(await lastNos(write, contractEvents, residentIds));
  const rows = steps.map(({ contract: { residentId, no: contractNo }, from, to, reason }) => {
    const no = (last.get(residentId) ?? 0) + 1;
    last.set(residentId, no);
    const who = { at: write.clock.instant, byId: write.caller.practitionerId ?? null };
    return { residentId, no, contractNo, from, to, reason, ...who };
  });
  await insertMany(write, contractEvents, rows);
}

/** What the change log tells of a contract 签约协议: all that other subgraphs keep of it, whatever has changed (domain.md 2.6). */
function contractChange(kind: 'CREATED' | 'UPDATED', contract: ServiceContractRow): Change {
  const { residentId, no, baseInstitutionId, teamId, familyDoctorId, status } = contract;
  const { validFrom, validTo, terminatedOn, packageCodes, version } = contract;
  const told = { institutionId: baseInstitutionId, teamId, familyDoctorId, status, validFrom, validTo };
  const payload = { ...told, terminatedOn, packageCodes, version };
  return { type: 'ServiceContract', id: encodeOwnedId('ct', residentId, no), residentId, kind, payload };
}
