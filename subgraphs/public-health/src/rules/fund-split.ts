import { Decimal } from 'decimal.js';

/** Splits a pool by weights, exact to the cent: floor all, then the left-over cents by largest fraction, ties in input order (domain.md 3.0.2). */
export function splitPool(pool: string, weights: readonly (string | number)[]): readonly string[] {
  const total = weights.reduce<Decimal>((sum, weight) => sum.plus(weight), new Decimal(0));
  if (total.lte(0)) throw new RangeError('VALIDATION_FAILED: no positive weight');
  const cents = new Decimal(pool).mul(100);
  const exact = weights.map((weight) => cents.mul(weight).div(total));
  const floors = exact.map((share) => share.floor());
  const left = cents.minus(floors.reduce((sum, share) => sum.plus(share), new Decimal(0))).toNumber();
  const receivers = new Set(
    exact
      .map((share, index) => ({ index, fraction: share.minus(share.floor()) }))
      .toSorted((a, b) => b.fraction.comparedTo(a.fraction) || a.index - b.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return floors.map((share, index) =>
    share
      .plus(receivers.has(index) ? 1 : 0)
      .div(100)
      .toFixed(2),
  );
}

/** Team incentive: so many yuan for each signing of a pregnancy or elderly package (domain.md 3.9.1). */
export function incentiveAmount(unit: string, prenatalSignings: number, elderlySignings: number): string {
  return new Decimal(unit).mul(prenatalSignings + elderlySignings).toFixed(2);
}

/** The new subsidy of basic public health: so many yuan a head of the service population (domain.md 3.9.2). */
export function incrementPool(yuanPerHead: string, population: number): string {
  return new Decimal(yuanPerHead).mul(population).toFixed(2);
}

/** Weight of a township hospital in the new subsidy: signed × fulfilment rate × satisfaction, both as shares (domain.md 3.9.2). */
export function incrementWeight(signed: number, fulfilmentRate: string, satisfaction: string): string {
  return new Decimal(signed).mul(fulfilmentRate).mul(satisfaction).toFixed(4, Decimal.ROUND_HALF_UP);
}

/** The figures of a hospital that its weight in the new subsidy is made of. */
export interface HospitalFigures {
  readonly contracts: number | null;
  readonly fulfilmentDue: number | null;
  readonly fulfilled: number | null;
  readonly satisfactionScore: string | null;
}

/** The weight of a hospital from its figures; nothing due or nobody asked is no weight. */
export function hospitalWeight({ contracts, fulfilmentDue, fulfilled, satisfactionScore }: HospitalFigures): string {
  if (contracts === null || fulfilled === null || !fulfilmentDue || satisfactionScore === null) return '0';
  const rate = new Decimal(fulfilled).div(fulfilmentDue).toFixed(4, Decimal.ROUND_HALF_UP);
  return incrementWeight(contracts, rate, new Decimal(satisfactionScore).div(100).toFixed(4, Decimal.ROUND_HALF_UP));
}

/** Weight by performance: the service population times the factor of the grade (domain.md 3.16). */
export function performanceWeight(population: number, factor: string): string {
  return new Decimal(population).mul(factor).toFixed(4, Decimal.ROUND_HALF_UP);
}
