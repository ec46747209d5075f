import { institutionsPackage } from '@hutong/institutions';
import { insurancePackage } from '@hutong/insurance';
import type { SubgraphPackage } from '@hutong/kit';
import { personnelPackage } from '@hutong/personnel';
import { publicHealthPackage } from '@hutong/public-health';

/** The four subgraphs; the only place of the gateway that knows them by name. */
export const subgraphPackages: readonly SubgraphPackage[] = [
  institutionsPackage,
  personnelPackage,
  insurancePackage,
  publicHealthPackage,
];
