import { Decimal } from 'decimal.js';

/** What a pack 包装 holds: `28片` is 28 tablets. */
export interface DrugPack {
  readonly size: string;
  readonly unit: string;
}

/** Units of a strength or a volume, which stands before the number of units: `0.25g*24片`. */
const measures: ReadonlySet<string> = new Set([
  'g',
  'kg',
  'mg',
  'μg',
  'µg',
  'ug',
  'mcg',
  'ml',
  'l',
  'iu',
  'u',
  '万单位',
  '单位',
]);

/** What holds units inside a pack: `12片*2板`. */
const holders: ReadonlySet<string> = new Set(['板', '瓶', '袋', '包', '盒']);

/** The pack that a text such as `28片`, `30粒/盒` or `0.25g*12片*2板/盒` names; undefined when it names no number and unit. */
export function parsePack(text: string | null): DrugPack | undefined {
  const parts = (text ?? '').split(/[*×x]/i).map(partOf);
  if (parts.length > 1 && measures.has(parts[0]?.unit.toLowerCase() ?? '')) parts.shift();
  const [units, ...held] = parts;
  if (units === undefined) return undefined;
  let size = new Decimal(units.size);
  for (const part of held) {
    if (part === undefined || !holders.has(part.unit)) return undefined;
    size = size.times(part.size);
  }
  return size.lte(0) ? undefined : { size: size.toString(), unit: units.unit };
}

/** A number with its unit; what it is counted by, after a stroke, is left out. */
function partOf(text: string): DrugPack | undefined {
  const [, size, unit] = /^\s*(\d+(?:\.\d+)?)\s*([^\d\s/]+)(?:\/\S+)?\s*$/.exec(text) ?? [];
  return size === undefined || unit === undefined ? undefined : { size, unit };
}

/** How many units of the prescription one unit of a stock holds: a tablet one, a pack as many as are in it, 0 where nobody knows. */
export function unitsOfStock(
  stockUnit: string,
  prescribedUnit: string | undefined,
  pack: DrugPack | undefined,
): string {
  if (prescribedUnit === undefined || prescribedUnit === stockUnit) return '1';
  return pack?.unit === prescribedUnit ? pack.size : '0';
}

/** A lot of a drug that may be taken from. */
export interface StockLot {
  readonly id: string;
  readonly quantity: string;
  /** Units of the prescription that one unit of the lot holds. */
  readonly holds: string;
}

/** What is taken from the lots, in their order, and what is missing then, in units of the prescription; packs are not opened. */
export function takeFromLots(
  needed: string,
  lots: readonly StockLot[],
): { readonly taken: ReadonlyMap<string, string>; readonly missing: string } {
  const taken = new Map<string, string>();
  let rest = new Decimal(needed);
  for (const { id, quantity, holds } of lots) {
    if (rest.lte(0)) break;
    if (holds === '0') continue;
    const wanted = holds === '1' ? rest : rest.div(holds).ceil();
    const there = holds === '1' ? new Decimal(quantity) : new Decimal(quantity).floor();
    const part = Decimal.min(wanted, there);
    if (part.lte(0)) continue;
    taken.set(id, part.toString());
    rest = rest.minus(part.times(holds));
  }
  return { taken, missing: Decimal.max(rest, 0).toString() };
}
