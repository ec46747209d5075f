import { share, toCents, toYuan } from './money.ts';

/** What holders of a price package pay, as a share of the approved price (domain.md 3.1.7). */
export const PACKAGE_PRICE_SHARE = { HEALTH_EXAM: '0.40', CHILD_CARE: '0.60' } as const;

/** The package kinds that lower a price. */
export type PricePackage = keyof typeof PACKAGE_PRICE_SHARE;

/** Price to pay for an item with the given packages: discounts never stack, the lowest price wins (domain.md 3.1.7). */
export function packagePrice(approvedPrice: string, packages: readonly PricePackage[]): string {
  const full = toCents(approvedPrice);
  const prices = packages.map((kind) => share(full, PACKAGE_PRICE_SHARE[kind]));
  return toYuan(Math.min(full, ...prices));
}

/** What the contract that holds a package pays for it, yuan: its price, less where its kind has a discount. */
export function feeOfPackage({ kind, price }: { readonly kind: string; readonly price: string }): string {
  return packagePrice(
    price,
    pricePackages.filter((discounted) => discounted === kind),
  );
}

const pricePackages: readonly PricePackage[] = ['HEALTH_EXAM', 'CHILD_CARE'];
