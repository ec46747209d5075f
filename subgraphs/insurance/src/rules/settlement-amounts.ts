import { Decimal } from 'decimal.js';
import { type Cents, toCents, toYuan } from './money.ts';
import type { ClaimLine, SettlementStep } from './settlement-types.ts';

export interface ClaimAmounts {
  readonly total: Cents;
  readonly outOfScope: Cents;
  readonly ahead: Cents;
  readonly eligible: Cents;
  readonly steps: readonly SettlementStep[];
}

/** Total, out of scope, paid ahead and eligible amount of lines: steps 1 to 4 of domain.md 3.1.3. */
export function claimAmounts(lines: readonly ClaimLine[]): ClaimAmounts {
  let total = new Decimal(0);
  let outOfScope = new Decimal(0);
  let ahead: Cents = 0;
  for (const line of lines) {
    const overCap = line.chargeClass === 'C' ? new Decimal(line.amount) : overCapPart(line);
    total = total.plus(line.amount);
    outOfScope = outOfScope.plus(overCap);
    if (line.chargeClass === 'B') ahead += toCents(new Decimal(line.amount).minus(overCap).times(line.selfPayRatio));
  }
  const totalCents = toCents(total);
  const outCents = toCents(outOfScope);
  const eligible = totalCents - outCents - ahead;
  return {
    total: totalCents,
    outOfScope: outCents,
    ahead,
    eligible,
    steps: [
      { name: 'A', formula: 'Σ line.amount', value: toYuan(totalCents) },
      { name: 'out', formula: 'Σ class 丙 + Σ max(0, unitPrice − priceCap)·qty', value: toYuan(outCents) },
      { name: 'ahead', formula: 'Σ class 乙 round2((amount − over cap)·selfPayRatio)', value: toYuan(ahead) },
      { name: 'E', formula: 'A − out − ahead', value: toYuan(eligible) },
    ],
  };
}

function overCapPart(line: ClaimLine): Decimal {
  if (line.priceCap === null) return new Decimal(0);
  return Decimal.max(0, new Decimal(line.unitPrice).minus(line.priceCap)).times(line.quantity);
}
