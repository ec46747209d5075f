import { evenly } from '../chance/sampling.ts';
import type { PlaceModel } from '../places/place-model.ts';
import type { Site } from '../places/site.ts';

/** A run of staff of one institution with the same category (VS-15) and specialty (VS-16). */
export interface StaffSegment {
  readonly category: string;
  readonly specialty: string;
  readonly from: number;
  readonly count: number;
}

type Mix = readonly (readonly [string, string, number])[];

const HOSPITAL_MIX: Mix = [
  ['11', 'INTERNAL', 0.1],
  ['11', 'SURGERY', 0.07],
  ['11', 'OBGYN', 0.035],
  ['11', 'PAEDIATRICS', 0.025],
  ['11', 'EMERGENCY', 0.022],
  ['11', 'ANAESTHESIA', 0.018],
  ['11', 'ICU', 0.014],
  ['11', 'TCM', 0.022],
  ['11', 'REHAB', 0.014],
  ['11', 'IMAGING', 0.02],
  ['11', 'MENTAL', 0.008],
  ['11', 'PATHOLOGY', 0.007],
  ['11', 'LAB', 0.005],
  ['21', 'NURSING', 0.47],
  ['31', 'PHARMACY', 0.035],
  ['32', 'PHARMACY', 0.015],
  ['41', 'LAB', 0.04],
  ['42', 'IMAGING', 0.03],
  ['43', 'REHAB', 0.015],
  ['70', 'IT', 0.01],
  ['80', 'PUBLIC_HEALTH', 0.015],
];

const TOWNSHIP_MIX: Mix = [
  ['11', 'INTERNAL', 0.07],
  ['11', 'SURGERY', 0.02],
  ['11', 'OBGYN', 0.02],
  ['11', 'PAEDIATRICS', 0.01],
  ['11', 'TCM', 0.04],
  ['11', 'PUBLIC_HEALTH', 0.06],
  ['11', 'IMAGING', 0.02],
  ['11', 'REHAB', 0.01],
  ['12', 'INTERNAL', 0.06],
  ['21', 'NURSING', 0.32],
  ['31', 'PHARMACY', 0.05],
  ['41', 'LAB', 0.04],
  ['42', 'IMAGING', 0.03],
  ['70', 'IT', 0.012],
];

const MATERNAL_MIX: Mix = [
  ['11', 'OBGYN', 0.2],
  ['11', 'PAEDIATRICS', 0.12],
  ['11', 'PUBLIC_HEALTH', 0.06],
  ['11', 'IMAGING', 0.03],
  ['21', 'NURSING', 0.4],
  ['22', 'NURSING', 0.08],
  ['31', 'PHARMACY', 0.04],
  ['41', 'LAB', 0.05],
  ['70', 'IT', 0.02],
];

const CDC_MIX: Mix = [
  ['11', 'PUBLIC_HEALTH', 0.6],
  ['41', 'LAB', 0.28],
  ['70', 'IT', 0.04],
  ['80', 'PUBLIC_HEALTH', 0.08],
];

/** Village doctors per clinic (domain.md 8.6). */
const VILLAGE_DOCTORS = 0.6;

/** Other technical and managing staff (VS-15 70, 80): not health technicians, so they come on top of their number. */
const OTHERS: readonly string[] = ['70', '80'];

/** The staff of an institution as segments, as many health technicians as the site has; positions run from 0. */
export function staffPlan(site: Site, gps: number): StaffSegment[] {
  if (isVillage(site)) return [{ category: '60', specialty: 'GP', from: 0, count: villageDoctors(site) }];
  const mix = mixOf(site);
  const total = site.technicians;
  const counts = mix.map(([category, , share]) => Math.max(category === '70' ? 1 : 0, Math.round(total * share)));
  const used = counts.reduce((sum, count, index) => (OTHERS.includes(mix[index]?.[0] ?? '') ? sum : sum + count), gps);
  const nurses = mix.findIndex(([category]) => category === '21' || category === '41');
  counts[nurses] = Math.max(1, (counts[nurses] ?? 0) + total - used);
  let from = gps;
  const segments = mix.map(([category, specialty], index) => {
    const count = counts[index] ?? 0;
    from += count;
    return { category, specialty, from: from - count, count };
  });
  return gps === 0 ? segments : [{ category: '11', specialty: 'GP', from: 0, count: gps }, ...segments];
}

/** How many people an institution employs. */
export function staffSize(plan: readonly StaffSegment[]): number {
  return plan.reduce((sum, segment) => sum + segment.count, 0);
}

/** General practitioners of every township hospital, by institution id: the place's density spread evenly. */
export function gpCounts(model: PlaceModel, sites: readonly Site[]): ReadonlyMap<string, number> {
  const townships = sites.filter((site) => site.kind === 'TOWNSHIP');
  const total = Math.round((model.censusPopulation * model.gpPer10000) / 10_000);
  const base = Math.floor(total / townships.length);
  const rest = total - base * townships.length;
  return new Map(townships.map((site, index) => [site.id, base + (index < rest ? 1 : 0)]));
}

/** Title level (VS-53) of a position: the mix of domain.md 8.6 met evenly. */
export function titleLevelAt(site: Site, position: number): '1' | '2' | '3' | '4' | '5' {
  const township = site.careLevel === 'T' || site.careLevel === 'V';
  const bounds = township ? [0.01, 0.06, 0.3, 0.8] : [0.04, 0.16, 0.46, 0.88];
  const place = evenly((site.serial * 0.37) % 1, position);
  const level = bounds.findIndex((bound) => place < bound);
  return (['1', '2', '3', '4', '5'] as const)[level === -1 ? 4 : level] ?? '5';
}

function isVillage(site: Site): boolean {
  return site.kind === 'CLINIC' || site.kind === 'STATION';
}

function villageDoctors(site: Site): number {
  return 1 + Math.floor((site.serial + 1) * VILLAGE_DOCTORS) - Math.floor(site.serial * VILLAGE_DOCTORS);
}

function mixOf(site: Site): Mix {
  if (site.kind === 'MATERNAL') return MATERNAL_MIX;
  if (site.kind === 'CDC') return CDC_MIX;
  return site.careLevel === 'T' || site.careLevel === 'V' ? TOWNSHIP_MIX : HOSPITAL_MIX;
}
