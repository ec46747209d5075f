import { DRUGS } from '../catalogues/drugs.ts';
import { priceItem } from '../catalogues/price-items.ts';
import type { CostLineFact } from '../facts/care.ts';
import type { DrugFact } from '../facts/catalogue.ts';
import type { CareLevel } from '../facts/places.ts';

const BY_ATC = new Map(
  DRUGS.map((drug) => [drug.nhsaDrugCode.slice(drug.nhsaDrugCode.startsWith('X') ? 1 : 0).slice(0, 7), drug]),
);

/** The drug of an ATC code of the catalogue. */
export function drugOf(atc: string): DrugFact {
  const drug = BY_ATC.get(atc);
  if (drug === undefined) throw new RangeError(`No drug ${atc}`);
  return drug;
}

/** A line of a drug; the unit price is the catalogue's unless the amount is given for a quantity. */
export function drugLine(atc: string, quantity: string, amount?: string): CostLineFact {
  const drug = drugOf(atc);
  const unitPrice = amount === undefined ? drug.price : cents(centsOf(amount) / Number(quantity));
  return {
    itemCode: drug.nhsaDrugCode,
    name: drug.genericName,
    kind: 'DRUG',
    chargeClass: drug.chargeClass,
    quantity,
    unitPrice,
    amount: amount ?? cents(centsOf(unitPrice) * Number(quantity)),
    selfPayRatio: drug.selfPayRatio,
    priceCap: amount === undefined ? drug.priceCap : null,
    twoDisease: drug.twoDisease,
  };
}

/** A line of a service or consumable once, at the given price. */
export function plainLine(key: string, level: CareLevel, amount?: string): CostLineFact {
  return repeatedLine(key, level, 1, amount);
}

/** A line of a service or consumable several times; the unit price is that of the level unless given. */
export function repeatedLine(key: string, level: CareLevel, quantity: number, unitPrice?: string): CostLineFact {
  const item = priceItem(key);
  const price = unitPrice ?? item.approvedPrice[level];
  return {
    itemCode: item.code,
    name: item.name,
    kind: item.kind,
    chargeClass: item.chargeClass,
    quantity: String(quantity),
    unitPrice: price,
    amount: cents(centsOf(price) * quantity),
    selfPayRatio: item.selfPayRatio,
    priceCap: null,
    twoDisease: false,
  };
}

/** Whole cents of a yuan text with two places. */
export function centsOf(yuan: string): number {
  return Math.round(Number(yuan) * 100);
}

/** Yuan text of whole cents. */
export function cents(amount: number): string {
  return (Math.round(amount) / 100).toFixed(2);
}

/** Total of lines, yuan text. */
export function totalOf(lines: readonly CostLineFact[]): string {
  return cents(lines.reduce((sum, line) => sum + centsOf(line.amount), 0));
}
