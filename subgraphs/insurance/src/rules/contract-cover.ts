/** What became of a contract on a day 签约状态变更. */
export interface ContractState {
  /** First day of the state. */
  readonly from: string;
  /** VS-40. */
  readonly status: string;
  readonly packageCodes: readonly string[];
}

/** A contract as settlement sees it; its states are in the order of what was told. */
export interface CoveringContract {
  readonly validFrom: string;
  readonly validTo: string;
  readonly terminatedOn: string | null;
  readonly states: readonly ContractState[];
}

/** How a contract ends; its days tell when. */
const ends: ReadonlySet<string> = new Set(['EXPIRED', 'RENEWED', 'TERMINATED']);

/**
 * The state in which a contract covers a day, undefined when it does not: it was ACTIVE by its events on that day, between validFrom and
 * validTo, up to and including terminatedOn, whatever became of it later (domain.md 3.1.4a, 3.23).
 */
export function stateCovering(contract: CoveringContract, day: string): ContractState | undefined {
  const { validFrom, validTo, terminatedOn, states } = contract;
  if (day < validFrom || day > validTo || (terminatedOn !== null && day > terminatedOn)) return undefined;
  const state = states.findLast(({ from, status }) => from <= day && !ends.has(status));
  return state?.status === 'ACTIVE' ? state : undefined;
}
