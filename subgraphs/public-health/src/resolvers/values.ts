import type { WriteFault } from '@hutong/kit';

/** Address as resolvers pass it: the division's code and the sealed part opened. */
export interface AddressValue {
  readonly regionCode: string;
  readonly detail: string | null;
}

/** A fulfilment plan is the tasks of one contract: there is no row of its own. */
export interface FulfilmentPlanValue {
  readonly contractId: string;
  readonly year: number;
}

/** Tasks of one item of a package: how many were due, how many are missing, of how many residents. */
export interface FulfilmentGapValue {
  readonly packageCode: string;
  readonly itemCode: string;
  readonly due: number;
  readonly missing: number;
  readonly residents: number;
}

/** What became of one row of a signing of many. */
export interface SigningResultValue {
  readonly residentId: string;
  readonly contractId: string | null;
  readonly faults: readonly WriteFault[];
}
