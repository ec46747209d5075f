import { sql } from 'drizzle-orm';
import { decodeOwnedId, type Query, type Read, type RequestClock } from '@hutong/kit';
import { memberOn } from '../tables/alliance.ts';
import type { CareDuty, CatalogueLevel, Tier } from '../schema-types.ts';

/** An institution that a resident may be referred to, as it is stored; the rules rank it. */
export interface TargetFacts {
  readonly id: string;
  readonly tier: Tier;
  readonly isOwnLead: boolean;
  readonly isCountyHospital: boolean;
  readonly isPairedCityHospital: boolean;
  readonly nextSlotAt: string | null;
  readonly place: { readonly longitude: number; readonly latitude: number } | null;
  readonly from: { readonly longitude: number; readonly latitude: number } | null;
  readonly catalogue: readonly {
    readonly level: CatalogueLevel;
    readonly icd10From: string;
    readonly icd10To: string;
  }[];
  readonly capabilities: readonly { readonly itemCode: string; readonly area: CareDuty; readonly available: boolean }[];
}

/** A target in its place among the others. */
export interface ReferralTargetValue extends Pick<
  TargetFacts,
  'isOwnLead' | 'isCountyHospital' | 'isPairedCityHospital' | 'nextSlotAt'
> {
  readonly institutionId: string;
  readonly canTreat: boolean;
  readonly distanceKm: string | null;
}

export const referralTargetLoaders = (read: Read, clock: RequestClock) => ({
  targetsFrom: (fromId: string, icd10: string) => loadTargets(read.query, { fromId, icd10, clock }),
  referredBy: (referralId: string) => loadReferred(read.query, referralId),
});

interface TargetAsk {
  readonly fromId: string;
  readonly icd10: string;
  readonly clock: RequestClock;
}

/**
 * The open county and city hospitals of the city that the referring institution lies in, and city hospitals paired with the lead of
 * one of its alliances (domain.md 3.4.3), each with the rows of catalogue and capabilities that tell whether it can treat.
 */
async function loadTargets(query: Query, { fromId, icd10, clock }: TargetAsk): Promise<readonly TargetFacts[]> {
  const rows = await query(sql`
    with origin as (select id, county_code, city_code, longitude, latitude from institutions where id = ${fromId}),
    leads as (
      select a.lead_id from alliance_memberships m join alliances a on a.id = m.alliance_id
      where m.institution_id = ${fromId} and ${memberOn(clock.day, 'm')}
        and coalesce(a.dissolved_on, 'infinity') > ${clock.day}),
    paired as (
      select p.city_hospital_id from pairing_agreements p
      where p.lead_hospital_id in (select lead_id from leads) and coalesce(p."to", 'infinity') >= ${clock.day})
    select i.id, i.tier, i.id in (select lead_id from leads), i.tier = 'COUNTY' and i.county_code = origin.county_code,
      i.id in (select city_hospital_id from paired),
      (select min(s.start) from appointment_slots s where s.institution_id = i.id and s.start > ${clock.instant}::timestamptz
        and s.status = 'OPEN' and s.booked_count < s.capacity),
      i.longitude, i.latitude, origin.longitude, origin.latitude,
      coalesce((select jsonb_agg(distinct jsonb_build_object('level', d.level, 'icd10From', d.icd10_from, 'icd10To', d.icd10_to))
        from disease_catalogue_items d join alliance_memberships m on m.alliance_id = d.alliance_id
        where m.institution_id = i.id and ${memberOn(clock.day, 'm')}
          and left(d.icd10_from, 3) <= left(${icd10}, 3) and left(d.icd10_to, 3) >= left(${icd10}, 3)), '[]'),
      coalesce((select jsonb_agg(jsonb_build_object('itemCode', c.item_code, 'area', c.area, 'available', c.available))
        from capability_items c where c.institution_id = i.id), '[]')
    from institutions i cross join origin
    where i.tier in ('COUNTY', 'CITY') and i.status = 'ACTIVE' and i.id <> origin.id and left(i.class, 1) = 'A'
      and (i.city_code = origin.city_code or i.id in (select city_hospital_id from paired))
    order by i.id`);
  return rows.map(toFacts);
}

function toFacts(row: readonly unknown[]): TargetFacts {
  const [id, tier, isOwnLead, isCountyHospital, isPairedCityHospital, nextSlotAt, ...rest] = row;
  const [longitude, latitude, fromLongitude, fromLatitude, catalogue, capabilities] = rest;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the types of the statement above.
  return {
    id,
    tier,
    isOwnLead,
    isCountyHospital,
    isPairedCityHospital,
    nextSlotAt,
    place: placeOf(longitude, latitude),
    from: placeOf(fromLongitude, fromLatitude),
    catalogue,
    capabilities,
  } as TargetFacts;
}

function placeOf(longitude: unknown, latitude: unknown): TargetFacts['place'] {
  return longitude === null || latitude === null ? null : { longitude: Number(longitude), latitude: Number(latitude) };
}

/** From where to where a referral goes, and for what. */
export interface Referred {
  readonly fromId: string;
  readonly toId: string;
  readonly icd10: string;
}

async function loadReferred(query: Query, referralId: string): Promise<Referred | undefined> {
  const key = decodeOwnedId('rf', referralId);
  const rows = await query(sql`
    select from_id, to_id, diagnosis->>'icd10' from referrals
    where resident_id = ${key?.residentId ?? ''} and no = ${key?.no ?? 0}`);
  return rows.map(([fromId, toId, icd10]) => ({ fromId: String(fromId), toId: String(toId), icd10: String(icd10) }))[0];
}
