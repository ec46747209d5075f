import { share, toCents, toYuan } from './money.ts';

/** A package with what it costs and the shares of the price that discounts leave (domain.md 3.1.7). */
export interface PricedPackage {
  readonly code: string;
  /** Approved price, yuan. */
  readonly price: string;
  readonly discounts: readonly string[];
}

/** What a contract costs its resident once, at signing (domain.md 3.8.4), and what discounts save; yuan. */
export interface PackageFee {
  readonly fee: string;
  readonly discount: string;
  readonly parts: readonly { readonly code: string; readonly fee: string }[];
}

/** Fee = Σ price − benefits; discounts of a package never stack, the lowest price wins (domain.md 3.1.7, 3.8.4). */
export function packageFee(packages: readonly PricedPackage[]): PackageFee {
  const parts = packages.map(({ code, price, discounts }) => {
    const full = toCents(price);
    return { code, full, fee: Math.min(full, ...discounts.map((ratio) => share(full, ratio))) };
  });
  const fee = parts.reduce((sum, part) => sum + part.fee, 0);
  const full = parts.reduce((sum, part) => sum + part.full, 0);
  return {
    fee: toYuan(fee),
    discount: toYuan(full - fee),
    parts: parts.map((part) => ({ code: part.code, fee: toYuan(part.fee) })),
  };
}
