import { type Faults, type Write, type Written, createFaults, expectText, refuse } from '@hutong/kit';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { fullAt } from '../rules/contract-capacity.ts';
import { addDays, contractValidTo } from '../rules/contract-term.ts';
import { openStatuses } from '../rules/contract-transition.ts';
import type {
  ConfirmContractInput,
  ResumeContractInput,
  SuspendContractInput,
  TerminateContractInput,
} from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { expectStanding } from './contract-people.ts';
import { checkPlace, checkStructure, lockSigningPlace, worksFor, type SigningPlace } from './contract-place.ts';
import { planContracts, waiveOwed } from './contract-plan.ts';
import { lockContract, lockStandingContract, takeSteps, type HeldContract, type Stepping } from './contract-record.ts';
import { contractOf, decides, expectParty } from './contract-renewal.ts';
import { fullTexts, loadOf } from './contract-signing.ts';
import { teamOf } from './team-of.ts';

/** Confirms a contract, or brings a draft forward (domain.md 3.8.1): in force when the resident has agreed and its day has come. */
export async function confirmContract(input: ConfirmContractInput, write: Write): Promise<Written> {
  const place = await lockSigningPlace(write, await contractOf(write, input.id), 'id');
  const held = await lockStandingContract(write, input);
  const { contract, person } = held;
  expectParty(write, place, person, 'id');
  const isTeam = worksFor(write, place.team);
  const onPaper = isTeam && contract.channel !== 'APP';
  const faults = createFaults();
  checkPlace(place, faults);
  checkStructure(place, faults);
  if (contract.status === 'DRAFT' && isTeam) {
    await checkRoom(write, place, contract, faults);
    faults.throwIfAny();
    const change = { structureComplete: place.missing.length === 0 };
    const offered = await takeSteps(write, [{ contract, step: 'OFFER', change }]);
    const [pending = contract] = offered;
    if (onPaper) await agree(write, { contract: pending, person });
    return { id: input.id };
  }
  if (contract.status !== 'PENDING_CONFIRM' || contract.confirmedAt !== null) refuse('INVALID_TRANSITION', 'id');
  faults.expect(onPaper || decides(write, person), 'FORBIDDEN', 'id', own.resident);
  faults.throwIfAny();
  await agree(write, held);
  return { id: input.id };
}

/** A draft takes a place only now, and only where the resident has no other contract. */
async function checkRoom(write: Write, place: SigningPlace, draft: ServiceContractRow, faults: Faults): Promise<void> {
  const { residentId, no, status } = serviceContracts;
  const others = await write.tx
    .select({ no })
    .from(serviceContracts)
    .where(and(eq(residentId, draft.residentId), ne(no, draft.no), inArray(status, [...openStatuses])));
  faults.expect(others.length === 0, 'ALREADY_CONTRACTED', 'id');
  const full = fullAt(await loadOf(write, place, [draft.residentId]), 1);
  faults.expect(full === null, 'CAPACITY_EXCEEDED', 'id', full === null ? undefined : fullTexts[full]);
}

/** The resident agrees: a contract whose day has come is in force from today on at the earliest, another waits for its day. */
async function agree(write: Write, { contract, person }: HeldContract): Promise<void> {
  const { day, instant } = write.clock;
  const confirmedAt = instant;
  if (contract.validFrom > day) {
    await takeSteps(write, [{ contract, step: null, change: { confirmedAt } }]);
    return;
  }
  const change = { confirmedAt, validFrom: day, validTo: contractValidTo(day) };
  await start(write, [{ contract, step: 'START', change }], new Map([[person.id, person]]));
}

/** Puts contracts in force: what they renew is closed first, and their plans are made; the residents are locked. */
export async function start(
  write: Write,
  starting: readonly Stepping[],
  people: HeldPeople,
): Promise<readonly ServiceContractRow[]> {
  const old = await renewedBy(write, starting);
  const renewed = old.map((contract) => ({ contract, step: 'RENEW' as const }));
  const after = await takeSteps(write, [...renewed, ...starting]);
  const active = after.slice(renewed.length);
  await planContracts(write, active, people);
  return active;
}

type HeldPeople = Parameters<typeof planContracts>[2];

/** The contracts that others renew, as far as they still stand or have run out. */
async function renewedBy({ tx }: Write, starting: readonly Stepping[]): Promise<readonly ServiceContractRow[]> {
  const { residentId, status } = serviceContracts;
  const renewing = starting.filter(({ contract }) => contract.renewedFromNo !== null);
  if (renewing.length === 0) return [];
  const rows = await tx
    .select()
    .from(serviceContracts)
    .where(
      and(
        inArray(
          residentId,
          renewing.map(({ contract }) => contract.residentId),
        ),
        inArray(status, ['ACTIVE', 'EXPIRED']),
      ),
    );
  return rows.filter((row) =>
    renewing.some(({ contract }) => contract.residentId === row.residentId && contract.renewedFromNo === row.no),
  );
}

/** Ends a contract early, and a renewal of it that waits (domain.md 3.8.1). */
export async function terminateContract(input: TerminateContractInput, write: Write): Promise<Written> {
  const held = await holdAsParty(write, input);
  expectReason(input.reason);
  await end(write, [held.contract], { reason: input.reason.trim(), dayOf: () => write.clock.day });
  return { id: input.id };
}

interface Ending {
  readonly reason: string;
  readonly dayOf: (contract: ServiceContractRow) => string;
}

/** Ends contracts with their waiting renewals, and waives what they owed; a contract that never was in force covers no day. */
export async function end(
  write: Write,
  contracts: readonly ServiceContractRow[],
  { reason, dayOf }: Ending,
): Promise<readonly ServiceContractRow[]> {
  const waiting = await renewalsOf(write, contracts);
  const ended = await takeSteps(
    write,
    [...contracts, ...waiting].map((contract) => {
      const wasInForce = contract.status !== 'PENDING_CONFIRM' && contract.status !== 'DRAFT';
      const terminatedOn = wasInForce ? dayOf(contract) : addDays(contract.validFrom, -1);
      return { contract, step: 'TERMINATE', change: { terminatedOn, terminationReason: reason }, reason };
    }),
  );
  await waiveOwed(write, ended);
  return ended;
}

async function renewalsOf(
  { tx }: Write,
  contracts: readonly ServiceContractRow[],
): Promise<readonly ServiceContractRow[]> {
  const { residentId, status } = serviceContracts;
  const rows = await tx
    .select()
    .from(serviceContracts)
    .where(
      and(
        inArray(
          residentId,
          contracts.map((one) => one.residentId),
        ),
        eq(status, 'PENDING_CONFIRM'),
      ),
    );
  return rows.filter(
    (row) =>
      contracts.some((one) => one.residentId === row.residentId && one.no === row.renewedFromNo) &&
      !contracts.some((one) => one.residentId === row.residentId && one.no === row.no),
  );
}

/** Suspends a contract: it covers nothing until it is resumed, and runs on. */
export async function suspendContract(input: SuspendContractInput, write: Write): Promise<Written> {
  const { contract, person } = await holdAsParty(write, input);
  expectStanding(person, 'id');
  expectReason(input.reason);
  await takeSteps(write, [{ contract, step: 'SUSPEND', reason: input.reason.trim() }]);
  return { id: input.id };
}

/** Resumes a suspended contract while its period lasts (domain.md 3.23). */
export async function resumeContract(input: ResumeContractInput, write: Write): Promise<Written> {
  const { contract, person } = await holdAsParty(write, input);
  expectStanding(person, 'id');
  if (typeof input.reason === 'string') expectReason(input.reason);
  if (contract.validTo < write.clock.day) refuse('INVALID_TRANSITION', 'id', own.over);
  await takeSteps(write, [{ contract, step: 'RESUME', reason: input.reason?.trim() ?? null }]);
  return { id: input.id };
}

/** The contract, for a caller who is of its team or decides for its resident. */
async function holdAsParty(
  write: Write,
  input: { readonly id: string; readonly version?: number | null },
): Promise<HeldContract> {
  const held = await lockContract(write, input);
  expectParty(write, { team: await teamOf(write, held.contract) }, held.person, 'id');
  return held;
}

function expectReason(reason: string): void {
  const faults = createFaults();
  expectText(faults, reason, 'reason');
  faults.throwIfAny();
}

const own = {
  resident: {
    en: 'The resident or the guardian confirms this contract in the app.',
    zh: '该协议须由居民本人或监护人在应用中确认。',
  },
  over: { en: 'The period of the contract is over; sign a new one.', zh: '协议已到期，请重新签约。' },
};
