import type { Write } from '@hutong/kit';
import { and, eq, inArray } from 'drizzle-orm';
import { type ContractState, stateCovering } from '../rules/contract-cover.ts';
import { packageBenefits } from '../tables/policy.ts';
import { contractProjections, type ContractProjectionRow } from '../tables/projection.ts';

/** The contracts 签约协议 of a resident, as far as they are known, and which of their packages share what is left to pay. */
export interface KnownContracts {
  readonly contracts: readonly ContractProjectionRow[];
  /** Codes of packages with a further reimbursement 再补偿 (domain.md 3.1.6). */
  readonly sharing: ReadonlySet<string>;
}

/** What a contract means for a claim (domain.md 3.1.4a, 3.1.6). */
export interface ContractFacts {
  readonly contractNo: number | null;
  readonly contractActive: boolean;
  readonly strokeRehabPackage: boolean;
}

/** Reads the contracts of a resident. */
export async function knownContracts({ tx }: Write, residentId: string): Promise<KnownContracts> {
  const contracts = await tx
    .select()
    .from(contractProjections)
    .where(eq(contractProjections.residentId, residentId))
    .orderBy(contractProjections.no);
  const codes = [...new Set(contracts.flatMap(({ states }) => states.flatMap(({ packageCodes }) => packageCodes)))];
  const isSharing = and(inArray(packageBenefits.packageCode, codes), eq(packageBenefits.kind, 'EXTRA_REIMBURSE'));
  const rows =
    codes.length === 0
      ? []
      : await tx.select({ code: packageBenefits.packageCode }).from(packageBenefits).where(isSharing);
  return { contracts, sharing: new Set(rows.map(({ code }) => code)) };
}

/** What the contract that covers a day means for a claim of a provider; of two, the later one counts. */
export function contractFacts(
  { contracts, sharing }: KnownContracts,
  day: string,
  institutionId: string,
): ContractFacts {
  const covering = contracts.map((contract) => ({ contract, state: stateCovering(contract, day) }));
  const found = covering.findLast((one): one is { contract: ContractProjectionRow; state: ContractState } => {
    return one.state !== undefined;
  });
  if (found === undefined) return { contractNo: null, contractActive: false, strokeRehabPackage: false };
  const { contract, state } = found;
  const shares = contract.institutionId === institutionId && state.packageCodes.some((code) => sharing.has(code));
  return { contractNo: contract.no, contractActive: true, strokeRehabPackage: shares };
}
