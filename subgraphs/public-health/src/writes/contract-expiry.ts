import { type Write, type Written, createFaults, expectBetween, refuse } from '@hutong/kit';
import { and, eq, inArray, isNotNull, lt, lte, ne, or, type SQL } from 'drizzle-orm';
import { openStatuses } from '../rules/contract-transition.ts';
import type { ExpireContractsInput } from '../schema-types.ts';
import { serviceContracts, type ServiceContractRow } from '../tables/contract.ts';
import { residents } from '../tables/resident.ts';
import { lockPeople, type Person } from './contract-people.ts';
import { takeSteps } from './contract-record.ts';
import { end, start } from './contract-steps.ts';
import { texts } from './texts.ts';

/**
 * One round of what time does to contracts (domain.md 3.8.1, 3.23): death or moving ends them, renewals begin on their day, and those
 * whose period is over expire. The notes count each.
 */
export async function expireContracts({ most }: ExpireContractsInput, write: Write): Promise<Written> {
  if (write.caller.role !== 'SYSTEM') refuse('FORBIDDEN', 'most', texts.system);
  const faults = createFaults();
  expectBetween(faults, most, [1, 1000], 'most');
  faults.throwIfAny();
  const terminated = (await endOfPeopleGone(write, most)) + (await endUnconfirmed(write, most));
  const renewed = await startRenewals(write, most);
  const expired = await expire(write, most);
  return { id: write.clock.day, notes: { expired, renewed, terminated } };
}

async function endOfPeopleGone(write: Write, most: number): Promise<number> {
  const isGone = and(inArray(status, [...openStatuses, 'DRAFT']), ne(residents.status, 'ACTIVE'));
  const { contracts, people } = await hold(write, isGone, most);
  for (const reason of ['DECEASED', 'MOVED'] as const) {
    const gone = contracts.filter(({ residentId }) => people.get(residentId)?.status === reason);
    await end(write, gone, { reason, dayOf: ({ residentId }) => lastDay(people.get(residentId), write.clock.day) });
  }
  return contracts.length;
}

/** The day of death as far as it is known, else today. */
function lastDay(person: Person | undefined, today: string): string {
  const died = person?.status === 'DECEASED' ? person.deathDate : null;
  return died !== null && died !== undefined && died <= today ? died : today;
}

/** Contracts that nobody confirmed while their period lasted. */
async function endUnconfirmed(write: Write, most: number): Promise<number> {
  const { contracts } = await hold(
    write,
    and(inArray(status, ['DRAFT', 'PENDING_CONFIRM']), lt(serviceContracts.validTo, write.clock.day)),
    most,
  );
  await end(write, contracts, { reason: 'NOT_CONFIRMED', dayOf: () => write.clock.day });
  return contracts.length;
}

async function startRenewals(write: Write, most: number): Promise<number> {
  const { confirmedAt, validFrom } = serviceContracts;
  const isDue = and(eq(status, 'PENDING_CONFIRM'), isNotNull(confirmedAt), lte(validFrom, write.clock.day));
  const { contracts, people } = await hold(write, isDue, most);
  await start(
    write,
    contracts.map((contract) => ({ contract, step: 'START' as const })),
    people,
  );
  return contracts.length;
}

async function expire(write: Write, most: number): Promise<number> {
  const isOver = and(inArray(status, ['ACTIVE', 'SUSPENDED']), lt(serviceContracts.validTo, write.clock.day));
  const { contracts } = await hold(write, isOver, most);
  await takeSteps(
    write,
    contracts.map((contract) => ({ contract, step: 'EXPIRE' as const })),
  );
  return contracts.length;
}

const { status } = serviceContracts;

interface Held {
  readonly contracts: readonly ServiceContractRow[];
  readonly people: ReadonlyMap<string, Person>;
}

/** Contracts of which something holds, read anew once their residents are locked. */
async function hold(write: Write, condition: SQL | undefined, most: number): Promise<Held> {
  const found = await select(write, condition).limit(most);
  if (found.length === 0) return { contracts: [], people: new Map() };
  const ids = found.map(({ contract }) => contract.residentId);
  const people = await lockPeople(write, ids);
  const keys = or(...found.map(({ contract: { residentId, no } }) => keyIs(residentId, no)));
  const rows = await select(write, and(condition, keys));
  return { contracts: rows.map(({ contract }) => contract), people };
}

function keyIs(residentId: string, no: number): SQL | undefined {
  return and(eq(serviceContracts.residentId, residentId), eq(serviceContracts.no, no));
}

function select({ tx }: Write, condition: SQL | undefined) {
  return tx
    .select({ contract: serviceContracts })
    .from(serviceContracts)
    .innerJoin(residents, eq(residents.id, serviceContracts.residentId))
    .where(condition)
    .orderBy(serviceContracts.residentId, serviceContracts.no);
}
