import { type Faults, type Write, expectNumber, expectSize, expectText } from '@hutong/kit';
import { Decimal } from 'decimal.js';
import { inArray } from 'drizzle-orm';
import { HALF_UP } from '../rules/money.ts';
import type { BenefitLevel, ClaimLineInput } from '../schema-types.ts';
import type { ClaimLineValue } from '../tables/claim.ts';
import { drugPayments, type DrugPaymentRow, priceItems, type PriceItemRow } from '../tables/policy.ts';
import { moneyRange } from './checks.ts';
import { texts } from './texts.ts';

/** The most lines of one claim: a long stay has hundreds. */
const mostLines = 1000;
const quantityRange = { least: 0.0001, most: 99_999, places: 4 };
const priceRange = { least: 0, most: 9_999_999, places: 4 };

/** Notes what is wrong with the lines of a claim 费用明细, whatever the catalogue says. */
export function checkLines(faults: Faults, lines: readonly ClaimLineInput[]): void {
  expectSize(lines, mostLines, 'lines');
  faults.expect(lines.length > 0, 'VALIDATION_FAILED', 'lines', texts.needed);
  for (const [index, line] of lines.entries()) {
    const path = `lines.${index}`;
    expectText(faults, line.itemCode, `${path}.itemCode`, 50);
    expectText(faults, line.name, `${path}.name`);
    expectNumber(faults, line.quantity, `${path}.quantity`, quantityRange);
    expectNumber(faults, line.unitPrice, `${path}.unitPrice`, priceRange);
    expectNumber(faults, line.amount, `${path}.amount`, moneyRange);
    const amount = new Decimal(line.quantity).times(line.unitPrice).toDecimalPlaces(2, HALF_UP);
    faults.expect(amount.equals(line.amount), 'VALIDATION_FAILED', `${path}.amount`, {
      en: `Quantity times unit price is ${amount.toFixed(2)}.`,
      zh: `数量乘单价应为 ${amount.toFixed(2)} 元。`,
    });
  }
}

/** The lines as the catalogue pays them on a day at a level: class, self-paid share, price cap, two-disease drugs. */
export async function pricedLines(
  { tx }: Write,
  lines: readonly ClaimLineInput[],
  { level, day }: { readonly level: BenefitLevel; readonly day: string },
): Promise<readonly ClaimLineValue[]> {
  const codes = [...new Set(lines.map(({ itemCode }) => itemCode))];
  const drugs = await tx.select().from(drugPayments).where(inArray(drugPayments.nhsaDrugCode, codes));
  const items = await tx.select().from(priceItems).where(inArray(priceItems.code, codes));
  const drugByCode = new Map(drugs.map((drug) => [drug.nhsaDrugCode, drug]));
  const itemByCode = new Map(items.map((item) => [item.code, item]));
  return lines.map(({ kind, itemCode, name, quantity, unitPrice, amount }) => ({
    kind,
    itemCode,
    name,
    quantity,
    unitPrice,
    amount: new Decimal(amount).toFixed(2),
    ...(kind === 'DRUG' ? drugTerms(drugByCode.get(itemCode)) : itemTerms(itemByCode.get(itemCode), level, day)),
  }));
}

type LineTerms = Pick<ClaimLineValue, 'chargeClass' | 'selfPayRatio' | 'priceCap' | 'twoDisease'>;

/** What no catalogue has, the person pays 目录外自费. */
const outside: LineTerms = { chargeClass: 'C', selfPayRatio: '0', priceCap: null, twoDisease: false };

function drugTerms(drug: DrugPaymentRow | undefined): LineTerms {
  if (drug === undefined) return outside;
  const { class: chargeClass, selfPayRatio, priceCap, twoDisease } = drug;
  return { chargeClass, selfPayRatio, priceCap, twoDisease };
}

/** An approved price 批准价格 in force is the most that the fund recognises. */
function itemTerms(item: PriceItemRow | undefined, level: BenefitLevel, day: string): LineTerms {
  if (item === undefined) return outside;
  const { chargeClass, selfPayRatio, approvedPrice, validFrom } = item;
  const approved = approvedPrice.find((one) => one.level === level)?.price ?? null;
  const priceCap = validFrom === null || validFrom <= day ? approved : null;
  return { chargeClass, selfPayRatio, priceCap, twoDisease: false };
}
