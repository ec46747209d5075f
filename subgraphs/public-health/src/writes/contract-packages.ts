import type { Faults, Write } from '@hutong/kit';
import { eq, inArray, or } from 'drizzle-orm';
import { suits, type PackageTaker } from '../rules/package-fit.ts';
import { servicePackages, type ServicePackageRow } from '../tables/contract.ts';
import { texts } from './texts.ts';

/** Packages by code: those asked for, and the public-health ones, of which every contract has one. */
export type Packages = ReadonlyMap<string, ServicePackageRow>;

/** The packages of these codes, and those of public health. */
export async function packagesOf({ tx }: Write, codes: readonly string[]): Promise<Packages> {
  const wanted = [...new Set(codes)];
  const { code, kind } = servicePackages;
  const rows = await tx
    .select()
    .from(servicePackages)
    .where(or(eq(kind, 'PUBLIC_HEALTH'), inArray(code, wanted)))
    .orderBy(code);
  return new Map(rows.map((row) => [row.code, row]));
}

/** For whom packages are chosen, from which day on. */
export interface Choice {
  readonly codes: readonly string[];
  readonly taker: PackageTaker;
  readonly day: string;
  readonly elderlyAge: number;
}

/** The packages of a contract: those chosen, each once, for its target group, and public health in any case (domain.md 3.8.4). */
export function choosePackages(packages: Packages, choice: Choice, faults: Faults, path: string): string[] {
  const { codes, taker, day, elderlyAge } = choice;
  codes.forEach((code, index) => {
    const chosen = packages.get(code);
    const place = `${path}.${index}`;
    faults.expect(chosen !== undefined, 'NOT_FOUND', place);
    faults.expect(codes.indexOf(code) === index, 'VALIDATION_FAILED', place, texts.twice);
    if (chosen === undefined) return;
    faults.expect(isOffered(chosen, day), 'VALIDATION_FAILED', place, own.notOffered);
    faults.expect(suits(chosen, taker, day, elderlyAge), 'VALIDATION_FAILED', place, own.notMeant);
  });
  const hasPublic = codes.some((code) => packages.get(code)?.kind === 'PUBLIC_HEALTH');
  const always = [...packages.values()].find((one) => one.kind === 'PUBLIC_HEALTH' && isOffered(one, day));
  faults.expect(hasPublic || always !== undefined, 'VALIDATION_FAILED', path, own.noPublic);
  return hasPublic || always === undefined ? [...codes] : [always.code, ...codes];
}

function isOffered({ validFrom, validTo }: ServicePackageRow, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || validTo >= day);
}

const own = {
  notOffered: { en: 'The package is not offered on that day.', zh: '该服务包在该日期未开放。' },
  notMeant: {
    en: 'The package is not meant for this resident; leave it out.',
    zh: '居民不属于该服务包的目标人群，请取消该包。',
  },
  noPublic: {
    en: 'No public-health package is offered; ask the health commission to make one.',
    zh: '没有可用的公卫包，请联系卫生健康行政部门维护。',
  },
};
