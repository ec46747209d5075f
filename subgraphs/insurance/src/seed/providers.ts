import type { PlaceKey, Region } from '@hutong/synthetic';
import type { CareLevel } from '../rules/settlement-types.ts';
import type { Provider } from './resident-rows.ts';

/** The institutions of a place as insurance sees them. */
export interface PlaceProviders {
  readonly get: (institutionId: string) => Provider | undefined;
  readonly level: (institutionId: string) => CareLevel | undefined;
}

/** Reads the institutions of a place, those outside it that treat its residents too. */
export function readProviders(region: Region, place: PlaceKey): PlaceProviders {
  const providers = new Map<string, Provider & { readonly level: CareLevel }>();
  for (const { id, providerCode, countyCode, careLevel, class: kind } of region.institutions(place)) {
    providers.set(id, { code: providerCode, countyCode, primaryCare: /^[BCD]/.test(kind), level: careLevel });
  }
  return { get: (id) => providers.get(id), level: (id) => providers.get(id)?.level };
}
