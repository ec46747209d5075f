import { lastingId } from '../chance/identifiers.ts';
import { isCommunity } from '../divisions.ts';
import type { Division, PlaceKey } from '../facts/places.ts';
import type { PlaceModel } from './place-model.ts';
import { SITE_KINDS, STAFF_WEIGHT, type Site, type SiteKind } from './site.ts';

/** Villages and institutions of a place, and who serves whom. */
export interface Geography {
  readonly place: PlaceKey;
  readonly counties: readonly Division[];
  readonly townships: readonly Division[];
  readonly villages: readonly Division[];
  readonly sites: readonly Site[];
  readonly siteById: ReadonlyMap<string, Site>;
  /** By village code. */
  readonly clinicOf: ReadonlyMap<string, Site>;
  /** By township code, also for townships without a hospital of their own. */
  readonly townshipHospitalOf: ReadonlyMap<string, Site>;
  /** By county code: the general hospital first. */
  readonly countyHospitalsOf: ReadonlyMap<string, readonly Site[]>;
  readonly maternalOf: ReadonlyMap<string, Site>;
  readonly tertiary: readonly Site[];
  readonly outside: readonly Site[];
}

interface Draft {
  readonly kind: SiteKind;
  readonly name: string;
  readonly regionCode: string;
  readonly countyCode: string | null;
  readonly parentOf?: string;
  readonly serves: readonly string[];
  readonly class?: string;
}

/** How many sub-districts of each county of Qujing have a hospital, those with most villages first: 31 (domain.md 8.2). */
const QUJING_SUBDISTRICTS: Readonly<Record<string, number>> = {
  '530302': 13,
  '530303': 4,
  '530304': 1,
  '530322': 0,
  '530323': 3,
  '530324': 3,
  '530325': 0,
  '530326': 4,
  '530381': 3,
};

/** Lays out the institutions of a place from its divisions (domain.md 8.2). */
export function layOut(model: PlaceModel, divisions: readonly Division[]): Geography {
  const inPlace = divisions.filter((one) => one.code.startsWith(model.regionCode));
  const counties = inPlace.filter((one) => one.level === 'COUNTY');
  const townships = inPlace.filter((one) => one.level === 'TOWNSHIP');
  const villages = inPlace.filter((one) => one.level === 'VILLAGE');
  const drafts = [
    ...cityDrafts(model),
    ...counties.flatMap((county) => countyDrafts(model, county)),
    ...townshipDrafts(model, townships, villages),
  ];
  const upper = drafts.map((draft, serial) => siteOf(model, draft, serial, drafts));
  const townshipHospitalOf = hospitalByTownship(townships, upper);
  const clinicDrafts = townships.flatMap((town) => clinicsOf(model, town, villages));
  const clinics = clinicDrafts.map((draft, index) => {
    const parent = townshipHospitalOf.get(draft.regionCode.slice(0, 9))?.id ?? null;
    return { ...siteOf(model, draft, upper.length + index, []), parentId: parent };
  });
  const sites = [...upper, ...clinics];
  return {
    place: model.key,
    counties,
    townships,
    villages,
    sites,
    siteById: new Map(sites.map((site) => [site.id, site])),
    clinicOf: clinicByVillage(clinics),
    townshipHospitalOf,
    countyHospitalsOf: new Map(
      counties.map((county) => [county.code, sites.filter((one) => one.countyCode === county.code && isHospital(one))]),
    ),
    maternalOf: new Map(sites.filter((one) => one.kind === 'MATERNAL').map((one) => [one.countyCode ?? '', one])),
    tertiary: sites.filter((one) => one.kind === 'TERTIARY'),
    outside: sites.filter((one) => one.kind === 'OUTSIDE'),
  };
}

/** A county public hospital: general, TCM or third. */
export function isHospital(site: Site): boolean {
  return site.kind === 'COUNTY_GENERAL' || site.kind === 'COUNTY_TCM' || site.kind === 'COUNTY_THIRD';
}

function siteOf(model: PlaceModel, draft: Draft, serial: number, all: readonly Draft[]): Site {
  const path = `${model.key}/institution/${serial}`;
  const { class: kindClass, ...description } = SITE_KINDS[draft.kind];
  return {
    id: lastingId('in', path),
    place: model.key,
    path,
    serial,
    kind: draft.kind,
    class: draft.class ?? kindClass,
    ...description,
    name: `${draft.name}（示例）`,
    regionCode: draft.regionCode,
    countyCode: draft.countyCode,
    parentId: null,
    serves: draft.serves,
    technicians: techniciansOf(model, draft.kind, all),
  };
}

/** Hospitals outside the place are named in its histories but are no staff of it: a few doctors each. */
const OUTSIDE_STAFF = 40;

function techniciansOf(model: PlaceModel, kind: SiteKind, all: readonly Draft[]): number {
  if (kind === 'OUTSIDE' || (kind === 'TERTIARY' && model.key === 'pei')) return OUTSIDE_STAFF;
  const total = Math.round((model.censusPopulation * model.staffPer1000) / 1000);
  const inPlace = all.filter((draft) => draft.kind !== 'TERTIARY' || model.key !== 'pei');
  const weights = inPlace.reduce((sum, draft) => sum + STAFF_WEIGHT[draft.kind], 0);
  return weights === 0 ? 0 : Math.round((total * STAFF_WEIGHT[kind]) / weights);
}

function draftAt(name: string, kind: SiteKind, regionCode: string): Draft {
  return { kind, name, regionCode, countyCode: null, serves: [] };
}

function cityDrafts(model: PlaceModel): Draft[] {
  switch (model.key) {
    case 'pei':
      return [
        draftAt('徐州市第一综合医院', 'TERTIARY', '320303'),
        draftAt('徐州市第二综合医院', 'TERTIARY', '320311'),
        draftAt('南京市省级综合医院', 'OUTSIDE', '3201'),
        draftAt('南京市省级专科医院', 'OUTSIDE', '3201'),
      ];
    case 'ningbo':
      return [
        draftAt('宁波市第一综合医院', 'TERTIARY', '330203'),
        draftAt('宁波市第二综合医院', 'TERTIARY', '330212'),
        draftAt('宁波市东部综合医院', 'TERTIARY', '330212'),
        draftAt('宁波市北部综合医院', 'TERTIARY', '330205'),
        draftAt('杭州市省级综合医院', 'OUTSIDE', '3301'),
        draftAt('杭州市省级专科医院', 'OUTSIDE', '3301'),
      ];
    case 'qujing':
      return [
        draftAt('曲靖市第一综合医院', 'TERTIARY', '530302'),
        draftAt('曲靖市第二综合医院', 'TERTIARY', '530302'),
        draftAt('曲靖市第三综合医院', 'TERTIARY', '530302'),
        draftAt('昆明市省级综合医院', 'OUTSIDE', '5301'),
        draftAt('昆明市省级专科医院', 'OUTSIDE', '5301'),
      ];
  }
}

function countyDrafts(model: PlaceModel, county: Division): Draft[] {
  const at = (kind: SiteKind, name: string): Draft => ({
    kind,
    name: `${county.name}${name}`,
    regionCode: county.code,
    countyCode: county.code,
    serves: [],
  });
  const third = model.key === 'qujing' && (county.code === '530326' || county.code === '530381');
  return [
    at('COUNTY_GENERAL', '人民医院'),
    at('COUNTY_TCM', '中医医院'),
    ...(third ? [at('COUNTY_THIRD', '第二人民医院')] : []),
    at('MATERNAL', '妇幼保健院'),
    at('CDC', '疾病预防控制中心'),
  ];
}

function townshipDrafts(model: PlaceModel, townships: readonly Division[], villages: readonly Division[]): Draft[] {
  const withHospital = townshipsWithHospital(model, townships, villages);
  return townships.flatMap((town): Draft[] => {
    const common = { regionCode: town.code, countyCode: town.code.slice(0, 6), serves: [town.code] };
    if (town.name.endsWith('农场')) return [{ ...common, kind: 'FARM_CLINIC', name: `${town.name}卫生所` }];
    if (!withHospital.has(town.code)) return [];
    if (town.name.endsWith('街道')) {
      return [{ ...common, kind: 'TOWNSHIP', class: 'B100', name: `${town.name.slice(0, -2)}社区卫生服务中心` }];
    }
    const central = town.specialTypes.includes('CENTRAL_TOWN');
    const name = `${town.name}${central ? '中心' : ''}卫生院`;
    return [{ ...common, kind: 'TOWNSHIP', class: central ? 'C210' : 'C220', name }];
  });
}

function townshipsWithHospital(
  model: PlaceModel,
  townships: readonly Division[],
  villages: readonly Division[],
): ReadonlySet<string> {
  const towns = townships.filter((town) => /(镇|乡)$/.test(town.name)).map((town) => town.code);
  const subDistricts = townships.filter((town) => town.name.endsWith('街道'));
  if (model.key !== 'qujing') return new Set([...towns, ...subDistricts.map((town) => town.code)]);
  const count = (code: string) => villages.filter((village) => village.parentCode === code).length;
  const largest = Object.entries(QUJING_SUBDISTRICTS).flatMap(([county, wanted]) =>
    subDistricts
      .filter((town) => town.code.startsWith(county))
      .map((town) => ({ code: town.code, count: count(town.code) }))
      .toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
      .slice(0, wanted),
  );
  return new Set([...towns, ...largest.map((town) => town.code)]);
}

/** Clinics of a township: one per village committee (one per two in Ningbo), stations in half of Pei's communities. */
function clinicsOf(model: PlaceModel, town: Division, villages: readonly Division[]): Draft[] {
  const own = villages.filter((village) => village.parentCode === town.code);
  const rural = own.filter((village) => !isCommunity(village.code));
  const clinic = (kind: SiteKind, suffix: string, group: readonly Division[]): Draft[] => {
    const [first] = group;
    if (first === undefined) return [];
    const name = `${town.name}${first.name.replace(/(村民委员会|村委会|社区居民委员会|社区居委会|居民委员会|居委会)$/, '')}${suffix}`;
    const serves = group.map((village) => village.code);
    return [{ kind, name, regionCode: first.code, countyCode: town.code.slice(0, 6), serves }];
  };
  const step = model.key === 'ningbo' ? 2 : 1;
  const clinics = Array.from({ length: Math.ceil(rural.length / step) }, (_, index) =>
    clinic('CLINIC', '卫生室', rural.slice(index * step, index * step + step)),
  ).flat();
  if (model.key !== 'pei') return clinics;
  const communities = villages.filter((village) => isCommunity(village.code));
  const stations = communities
    .filter((village, index) => index % 2 === 0 && village.parentCode === town.code)
    .flatMap((village) => clinic('STATION', '社区卫生服务站', [village]));
  return [...clinics, ...stations];
}

/** A township without a hospital is served by the next one of its county. */
function hospitalByTownship(townships: readonly Division[], sites: readonly Site[]): Map<string, Site> {
  const hospitals = sites.filter((site) => site.kind === 'TOWNSHIP');
  return new Map(
    townships.flatMap((town): [string, Site][] => {
      const own = hospitals.find((site) => site.regionCode === town.code);
      const inCounty = hospitals.filter((site) => site.countyCode === town.code.slice(0, 6));
      const hospital = own ?? inCounty.findLast((site) => site.regionCode < town.code) ?? inCounty[0];
      return hospital === undefined ? [] : [[town.code, hospital]];
    }),
  );
}

function clinicByVillage(clinics: readonly Site[]): Map<string, Site> {
  return new Map(clinics.flatMap((clinic) => clinic.serves.map((village): [string, Site] => [village, clinic])));
}
