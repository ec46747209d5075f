import { BadInput } from '@hutong/kit';

/** That a number which a query takes lies between 1 and a bound. */
export function expectWithin(name: string, value: number, most: number): void {
  if (value >= 1 && value <= most) return;
  throw new BadInput(`${name} must be 1 to ${most}`, `${name} 应为 1 至 ${most}`);
}
