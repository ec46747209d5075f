import { perArgument, type Read } from '@hutong/kit';
import { sql } from 'drizzle-orm';
import {
  benefitPlans,
  benefitRules,
  drugPayments,
  packageBenefits,
  packageEconomics,
  packagePrices,
  priceItems,
} from '../tables/policy.ts';

/** Reads of plans, prices and packages. */
export const policyLoaders = (read: Read) => ({
  plan: read.byKey(benefitPlans, 'key'),
  planOfYear: read.byKeys(benefitPlans, ['code', 'year']),
  rule: read.byKey(benefitRules, 'id'),
  rulesOfPlan: read.listBy(benefitRules, 'planKey', { orderBy: ['medicalCategory', 'level'] }),
  priceItem: read.byKey(priceItems, 'code'),
  priceItems: read.page(priceItems, 'code'),
  priceOfPackage: read.aggregateBy(packagePrices, 'code', { price: sql<string>`max(${packagePrices.price})` }),
  benefitsOfPackage: read.listBy(packageBenefits, 'packageCode', { orderBy: ['no'] }),
  economicsOfInstitution: perArgument((year: number) =>
    read.listBy(packageEconomics, 'institutionId', {
      where: sql`${packageEconomics.year} = ${year}::integer`,
      orderBy: ['packageCode'],
    }),
  ),
  economicsOfProvider: perArgument((year: number) =>
    read.listBy(packageEconomics, 'providerCode', {
      where: sql`${packageEconomics.year} = ${year}::integer`,
      orderBy: ['packageCode'],
    }),
  ),
  drugPayment: read.byKey(drugPayments, 'nhsaDrugCode'),
});
