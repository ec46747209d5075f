import { encodeOwnedId, stableFraction, stableId } from '@hutong/kit';
import type { InstitutionFact } from '@hutong/synthetic';
import { toCents } from '../rules/money.ts';
import type { FundAlertStatus } from '../schema-types.ts';
import type { fundAlerts } from '../tables/fund.ts';
import type { SettledHistory } from './settle-history.ts';

/** A claim above this much is looked at 高额费用, yuan [pd]. */
const highCost = toCents('30000');
/** Another admission within this many days is looked at 分解住院 [pd]. */
const readmissionDays = 10;

/** Leads that a resident's claims give the supervisors. */
export function alertRows(
  residentId: string,
  history: SettledHistory,
  asOf: string,
): (typeof fundAlerts.$inferInsert)[] {
  const stays = history.claims.filter(({ fact }) => fact.kind === 'INPATIENT');
  return stays.flatMap(({ fact, settlement }, index) => {
    const lead = (rule: string, detail: string) => ({
      id: stableId('fl', encodeOwnedId('cl', residentId, fact.no), rule),
      residentId,
      claimNo: fact.no,
      providerCode: fact.providerCode,
      rule,
      detail,
      raisedOn: fact.serviceDate,
      status: statusOf(residentId, fact.no),
      updatedAt: asOf,
    });
    const before = stays[index - 1];
    const gap = before === undefined ? Infinity : daysBetween(before.fact.serviceDate, fact.serviceDate);
    const rows =
      toCents(settlement.totalAmount) > highCost ? [lead('HIGH_COST', `住院费用 ${settlement.totalAmount} 元`)] : [];
    const again = gap <= readmissionDays && before?.fact.providerCode === fact.providerCode;
    return again ? [...rows, lead('SPLIT_ADMISSION', `${gap} 日内再次入院`)] : rows;
  });
}

/** A lead about a provider as a whole: one of forty charged items without documents this year 串换项目. */
export function providerAlertRows(fact: InstitutionFact, asOf: string): (typeof fundAlerts.$inferInsert)[] {
  const year = Number(asOf.slice(0, 4));
  if (stableFraction('provider-alert', fact.id) > 0.025) return [];
  const rule = 'ITEM_SUBSTITUTION';
  return [
    {
      id: stableId('fl', fact.id, rule, year),
      providerCode: fact.providerCode,
      rule,
      detail: '收费项目与病历记录不符',
      raisedOn: `${year}-09-10`,
      status: statusOf(fact.id, year),
      updatedAt: asOf,
    },
  ];
}

function statusOf(...parts: readonly (string | number)[]): FundAlertStatus {
  const chance = stableFraction('alert', ...parts);
  if (chance < 0.4) return 'OPEN';
  return chance < 0.6 ? 'CONFIRMED' : 'DISMISSED';
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
