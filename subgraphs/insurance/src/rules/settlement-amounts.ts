import { Decimal } from 'decimal.js';
import { type Cents, toCents, toYuan } from './money.ts';
import { step, sumText } from './settlement-steps.ts';
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
  const outFigures: string[] = [];
  const aheadFigures: string[] = [];
  for (const line of lines) {
    const overCap = line.chargeClass === 'C' ? new Decimal(line.amount) : overCapPart(line);
    total = total.plus(line.amount);
    outOfScope = outOfScope.plus(overCap);
    if (!overCap.isZero()) outFigures.push(overCap.toFixed(2));
    if (line.chargeClass !== 'B') continue;
    const basis = new Decimal(line.amount).minus(overCap);
    ahead += toCents(basis.times(line.selfPayRatio));
    aheadFigures.push(`${basis.toFixed(2)} × ${new Decimal(line.selfPayRatio).toFixed(2)}`);
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
      step('A', sumText(lines.map(({ amount }) => new Decimal(amount).toFixed(2))), totalCents),
      step('out', sumText(outFigures), outCents),
      step('ahead', sumText(aheadFigures), ahead),
      step('E', `${toYuan(totalCents)} − ${toYuan(outCents)} − ${toYuan(ahead)}`, eligible),
    ],
  };
}

function overCapPart(line: ClaimLine): Decimal {
  if (line.priceCap === null) return new Decimal(0);
  return Decimal.max(0, new Decimal(line.unitPrice).minus(line.priceCap)).times(line.quantity);
}
