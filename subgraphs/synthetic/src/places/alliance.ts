import { dateOf, dayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type {
  AllianceFact,
  AllianceMembershipFact,
  PairingAgreementFact,
  Scenario,
  SharedCentreFact,
  SlotReleasePolicyFact,
} from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import { isHospital } from './geography.ts';
import type { AllianceDraft } from './network.ts';
import type { Site, SiteKind } from './site.ts';

const CENTRE_KINDS: readonly SharedCentreFact['kind'][] = [
  'LAB',
  'IMAGING',
  'ECG',
  'STERILISATION',
  'LOGISTICS',
  'PATHOLOGY',
];

/** Qujing's two centres are those for which a township needs only a line (domain.md 8.6). */
const FIRST_TWO: readonly SharedCentreFact['kind'][] = ['IMAGING', 'ECG'];

/** Every fact about an alliance (domain.md 2.2). */
export function allianceFact(world: PlaceWorld, draft: AllianceDraft, scenario: Scenario): AllianceFact {
  const draws = new Draws(world.seed, `${draft.path}/fact`);
  const tight = draft.kind === 'COUNTY_COMMUNITY';
  const done = scenario === 'CURRENT' ? (tight ? 0.9 : 0.35) : tight ? 0.6 : 0.1;
  const established = tight ? '2019-03-01' : '2017-06-01';
  return {
    id: draft.id,
    place: world.model.key,
    name: draft.name,
    kind: draft.kind,
    tightness: tight ? 'TIGHT' : scenario === 'CURRENT' && draws.chance(0.4) ? 'SEMI' : 'LOOSE',
    regionCode: draft.regionCode,
    leadInstitutionId: draft.lead.id,
    internetPlus: draft.internetPlus,
    governance: {
      charter: draws.chance(done + 0.1),
      memberInDecision: draws.chance(done),
      unifiedHr: draws.chance(done),
      unifiedFinance: draws.chance(done - 0.1),
      unifiedBusiness: draws.chance(done),
      unifiedDrug: draws.chance(done),
      unifiedIt: draws.chance(done),
    },
    establishedOn: established,
    dissolvedOn: null,
    memberships: membershipsOf(draft, established, draws),
    sharedCentres: sharedCentresOf(world, draft),
    specialtyPlans: tight ? specialtyPlansOf(world, draft) : [],
  };
}

/** Every lead hospital of a community, and every county hospital of Qujing, has a city hospital to pair with (W-11). */
export function pairingAgreements(world: PlaceWorld): PairingAgreementFact[] {
  const leads =
    world.model.key === 'qujing'
      ? world.geography.sites.filter(isHospital)
      : world.network.alliances.map((alliance) => alliance.lead);
  return leads.map((lead, index) => {
    const draws = new Draws(world.seed, `${lead.path}/pairing`);
    const city = world.geography.tertiary[index % world.geography.tertiary.length] ?? lead;
    const mode = draws.weighted([
      ['FULL_TRUSTEESHIP', 2] as const,
      ['SPECIALTY_TRUSTEESHIP', 3] as const,
      ['SPECIALTY_COOPERATION', 5] as const,
    ]);
    return {
      id: publicId('pa', draws),
      cityHospitalId: city.id,
      leadHospitalId: lead.id,
      mode,
      specialties: mode === 'FULL_TRUSTEESHIP' ? [] : ['INTERNAL', 'SURGERY'].slice(0, draws.integer(1, 2)),
      from: dateOf(dayOf('2019-04-01') + draws.integer(0, 300)),
      to: '2026-12-31',
    };
  });
}

/** Besides the county hospitals: all that hold booked sessions. */
const RELEASING: readonly SiteKind[] = ['TERTIARY', 'MATERNAL'];

/** Slot-release policies of county and city hospitals with the place's ratio (domain.md 8.5). */
export function slotPolicies(world: PlaceWorld, years: readonly number[]): SlotReleasePolicyFact[] {
  const hospitals = world.geography.sites.filter((site) => isHospital(site) || RELEASING.includes(site.kind));
  return hospitals.flatMap((site) =>
    years.map((year) => ({
      id: publicId('sr', new Draws(world.seed, `${site.path}/slots/${year}`)),
      institutionId: site.id,
      effectiveFrom: `${year}-01-01`,
      ratio: world.model.slots.ratio.toFixed(2),
      leadShare: '0.60',
      leadWindowDays: 4,
      allianceWindowDays: 8,
      yearlyStep: '0.05',
      maxRatio: '0.50',
    })),
  );
}

function membershipsOf(draft: AllianceDraft, established: string, draws: Draws): AllianceMembershipFact[] {
  return [draft.lead, ...draft.members].map((site) => ({
    allianceId: draft.id,
    institutionId: site.id,
    tier: site.tier,
    role: site === draft.lead ? 'LEAD' : site.kind === 'CDC' || site.kind === 'MATERNAL' ? 'PUBLIC_HEALTH' : 'MEMBER',
    joinedOn: established,
    leftOn: null,
    integratedFinance: draft.kind === 'COUNTY_COMMUNITY' && draws.chance(0.8),
  }));
}

function sharedCentresOf(world: PlaceWorld, draft: AllianceDraft): SharedCentreFact[] {
  if (draft.kind === 'COUNTY_TOWNSHIP') return [];
  const kinds = draft.kind === 'CITY_COUNTY' ? FIRST_TWO : CENTRE_KINDS.slice(0, world.model.sixCentres);
  return kinds.map((kind) => {
    const draws = new Draws(world.seed, `${draft.path}/centre/${kind}`);
    return {
      id: publicId('sc', draws),
      kind,
      allianceId: draft.id,
      hostInstitutionId: draft.lead.id,
      servesInstitutionIds: draft.members.filter((site) => servedBy(site, kind)).map((site) => site.id),
      openedOn: dateOf(dayOf('2019-06-01') + draws.integer(0, 900)),
      monthlyCapacity: draws.integer(8, 60) * 100,
      status: 'IN_OPERATION',
    };
  });
}

function servedBy(site: Site, kind: SharedCentreFact['kind']): boolean {
  if (site.kind === 'CDC') return false;
  return site.careLevel !== 'V' || kind === 'ECG';
}

function specialtyPlansOf(world: PlaceWorld, draft: AllianceDraft): AllianceFact['specialtyPlans'] {
  const planned = [
    ['SURGERY', '近三年外转率第 1 位'],
    ['INTERNAL', '近三年外转率第 2 位'],
  ] as const;
  return planned.map(([specialty, basis]) => ({
    id: publicId('pp', new Draws(world.seed, `${draft.path}/plan/${specialty}`)),
    allianceId: draft.id,
    specialty,
    horizon: '2024—2026',
    goals: '降低外转率，提升三、四级手术占比',
    leadInstitutionId: draft.lead.id,
    basis,
  }));
}
