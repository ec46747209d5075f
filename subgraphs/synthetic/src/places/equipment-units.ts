import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { EquipmentFact } from '../facts/places.ts';
import { type Geography, isHospital } from './geography.ts';
import { PLACE_MODELS } from './place-model.ts';
import type { Site } from './site.ts';

type EquipmentClass = EquipmentFact['class'];

/** Id of the number-th unit of an institution. */
export function equipmentIdOf(seed: string, site: Site, number: number): string {
  return publicId('eq', new Draws(seed, `${site.path}/equipment/${number}`));
}

/** Shared large units of a place: CT and MRI of county and township level. */
export function sharedLargeUnits(
  seed: string,
  geography: Geography,
): { readonly site: Site; readonly kind: 'CT' | 'MRI'; readonly id: string }[] {
  return geography.sites.flatMap((site) => {
    if (site.careLevel !== 'C' && site.careLevel !== 'T') return [];
    return unitClassesOf(seed, geography, site).flatMap((kind, number) =>
      kind === 'CT' || kind === 'MRI' ? [{ site, kind, id: equipmentIdOf(seed, site, number) }] : [],
    );
  });
}

/** Classes of the units of an institution by its kind (domain.md 8.6). */
export function unitClassesOf(seed: string, geography: Geography, site: Site): EquipmentClass[] {
  if (isHospital(site)) {
    return ['CT', 'CT', 'MRI', 'DR', 'US', 'US', 'ECG', 'ENDOSCOPE', 'BIOCHEM', 'DIALYSIS', 'VENTILATOR'];
  }
  switch (site.kind) {
    case 'TERTIARY':
      return ['CT', 'CT', 'CT', 'MRI', 'MRI', 'DR', 'US', 'ECG', 'ENDOSCOPE', 'BIOCHEM', 'DIALYSIS', 'VENTILATOR'];
    case 'MATERNAL':
      return ['US', 'DR', 'ECG', 'BIOCHEM'];
    case 'TOWNSHIP':
      return [...(isCentral(geography, site) ? (['CT'] as const) : []), 'DR', 'US', 'ECG', 'BIOCHEM'];
    case 'CLINIC':
    case 'STATION':
      return hasEcg(seed, site) ? ['ECG'] : [];
    case 'CDC':
    case 'OUTSIDE':
    case 'FARM_CLINIC':
    case 'COUNTY_GENERAL':
    case 'COUNTY_TCM':
    case 'COUNTY_THIRD':
      return [];
  }
}

function hasEcg(seed: string, site: Site): boolean {
  return new Draws(seed, `${site.path}/ecg`).chance(PLACE_MODELS[site.place].clinicEcgShare);
}

function isCentral(geography: Geography, site: Site): boolean {
  const town = geography.townships.find((one) => one.code === site.regionCode);
  return town?.specialTypes.includes('CENTRAL_TOWN') ?? false;
}
