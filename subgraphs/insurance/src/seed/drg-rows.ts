import { encodeOwnedId } from '@hutong/kit';
import type { Catalogues, DrgGroupFact } from '@hutong/synthetic';
import { drgPayment, keptHighOutliers, type OutlierCase } from '../rules/drg.ts';
import { toCents, toYuan } from '../rules/money.ts';
import type { drgCases } from '../tables/payment.ts';
import type { SettledClaim } from './settle-history.ts';

type DrgCaseInsert = typeof drgCases.$inferInsert;

/** Cases of all stays, and the hospital months whose high outliers have still to be limited. */
export interface DrgLedger {
  /** The case of a stay, as if its high outlier were kept. */
  add(residentId: string, claim: SettledClaim): DrgCaseInsert;
  /** Cases whose high outlier is beyond the monthly limit: they are paid as normal (domain.md 3.3). */
  demoted(): readonly { readonly residentId: string; readonly no: number }[];
}

interface HospitalMonth {
  cases: number;
  readonly high: (OutlierCase & { readonly residentId: string; readonly no: number })[];
}

/** Pays the stays of a whole region by DRG; only the few high outliers are kept in memory. */
export function createDrgLedger(catalogues: Catalogues): DrgLedger {
  const groups = new Map(catalogues.drgGroups.map((group) => [group.code, group]));
  const months = new Map<string, HospitalMonth>();
  return {
    add: (residentId, claim) => {
      const row = caseRow(residentId, claim, groups, catalogues);
      remember(months, row);
      return row;
    },
    demoted: () => [...months.values()].flatMap((month) => demotedOf(month, catalogues.drgPolicy.highShare)),
  };
}

function caseRow(
  residentId: string,
  { fact, settlement }: SettledClaim,
  groups: ReadonlyMap<string, DrgGroupFact>,
  catalogues: Catalogues,
): DrgCaseInsert {
  const group = fact.drgCode === null ? undefined : groups.get(fact.drgCode);
  const rw = group === undefined ? null : fact.careLevel === 'T' ? (group.townshipRw ?? group.rw) : group.rw;
  const paid = drgPayment(
    {
      level: fact.careLevel,
      group: group === undefined || rw === null ? null : { rw, basic: group.basic },
      cost: settlement.totalAmount,
      patientPaid: toYuan(toCents(settlement.totalAmount) - toCents(settlement.fundBasic)),
      days: fact.lengthOfStay ?? 0,
      surgery: fact.surgery,
    },
    catalogues.drgPolicy,
  );
  return {
    residentId,
    no: fact.no,
    encounterNo: fact.encounterNo,
    groupCode: group?.code ?? null,
    groupVersion: group?.version ?? null,
    providerCode: fact.providerCode,
    month: fact.serviceDate.slice(0, 7),
    rw,
    cost: settlement.totalAmount,
    ...paid,
  };
}

function remember(months: Map<string, HospitalMonth>, row: DrgCaseInsert): void {
  if (row.outlier === 'EXCLUDED' || row.outlier === 'UNGROUPED') return;
  const key = `${row.providerCode}/${row.month}`;
  const month = months.get(key) ?? { cases: 0, high: [] };
  months.set(key, month);
  month.cases += 1;
  if (row.outlier !== 'HIGH') return;
  const { residentId, no } = row;
  const excess = toYuan(toCents(row.payable) - toCents(row.standard ?? '0'));
  month.high.push({ id: encodeOwnedId('dc', residentId, no), outlier: 'HIGH', excess, residentId, no });
}

function demotedOf(month: HospitalMonth, highShare: string): readonly { residentId: string; no: number }[] {
  const others = Array.from({ length: month.cases - month.high.length }, (_, index): OutlierCase => {
    return { id: `normal-${index}`, outlier: 'NORMAL', excess: '0' };
  });
  const kept = keptHighOutliers([...month.high, ...others], highShare);
  return month.high.filter(({ id }) => !kept.has(id)).map(({ residentId, no }) => ({ residentId, no }));
}
