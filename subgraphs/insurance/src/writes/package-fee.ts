import type { Write } from '@hutong/kit';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { packageFee, type PackageFee } from '../rules/package-fee.ts';
import { packageBenefits, packagePrices } from '../tables/policy.ts';
import { contractProjections, type ContractProjectionRow } from '../tables/projection.ts';

/** What the packages of a contract cost (domain.md 3.8.4): approved prices less what their benefits take off; undefined without the contract. */
export async function feeOfContract(
  { tx }: Write,
  residentId: string,
  no: number,
): Promise<{ readonly contract: ContractProjectionRow; readonly fee: PackageFee } | undefined> {
  const [contract] = await tx
    .select()
    .from(contractProjections)
    .where(and(eq(contractProjections.residentId, residentId), eq(contractProjections.no, no)));
  if (contract === undefined) return undefined;
  const codes = [...(contract.states.at(-1)?.packageCodes ?? [])];
  if (codes.length === 0) return { contract, fee: packageFee([]) };
  const priced = await tx
    .select({ code: packagePrices.code, price: sql<string>`coalesce(${packagePrices.price}, 0)` })
    .from(packagePrices)
    .where(inArray(packagePrices.code, codes))
    .orderBy(asc(packagePrices.code));
  const discounts = await tx
    .select({ code: packageBenefits.packageCode, value: packageBenefits.value })
    .from(packageBenefits)
    .where(and(inArray(packageBenefits.packageCode, codes), eq(packageBenefits.kind, 'DISCOUNT')));
  const fee = packageFee(
    priced.map(({ code, price }) => {
      return { code, price, discounts: discounts.filter((one) => one.code === code).map(({ value }) => value) };
    }),
  );
  return { contract, fee };
}
