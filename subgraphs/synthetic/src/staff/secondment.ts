import { dateOf, dayOf, plusMonths } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { Scenario } from '../facts/places.ts';
import type { SecondmentFact, TitleLevel } from '../facts/staff.ts';
import { type PlaceWorld, practitionerId } from '../place-world.ts';
import { isHospital } from '../places/geography.ts';
import type { Site } from '../places/site.ts';
import { titleAt } from './practitioner.ts';

type Kind = SecondmentFact['kind'];

interface Order {
  readonly kind: Kind;
  readonly count: number;
  readonly from: readonly Site[];
  readonly to: readonly Site[];
}

/** Compliant secondments by place and scenario: LEAD_TO_MEMBER, CITY_TO_LEAD, CITY_TO_COUNTY (domain.md 8.2). */
const COUNTS: Readonly<Record<Scenario, Readonly<Record<string, readonly [number, number, number]>>>> = {
  CURRENT: { pei: [24, 0, 0], ningbo: [312, 156, 104], qujing: [12, 0, 0] },
  SEED_BASELINE: { pei: [24, 0, 0], ningbo: [210, 96, 60], qujing: [12, 0, 0] },
};

const PURPOSES = ['MANAGEMENT', 'DISCIPLINE', 'TALENT', 'TECHNICAL', 'TRAINING', 'ONSITE_GUIDANCE', 'PUBLIC_HEALTH'];
const TECHNIQUES = ['脑卒中早期识别', '糖尿病足筛查', '心电图判读', '康复评定', '中医针刺', '超声引导穿刺'];

/** The demo's secondment TV-76: 2023-03-01 to 2024-08-31, exactly 18 months. */
const DEMO = { startOn: '2023-03-01', endOn: '2024-08-31' };

/** Secondments of a place; all long-term ones are compliant by rule 3.12, some short ones to villages are not. */
export function secondmentsOf(world: PlaceWorld, scenario: Scenario): SecondmentFact[] {
  const [leadToMember, cityToLead, cityToCounty] = COUNTS[scenario][world.model.key] ?? [0, 0, 0];
  const sites = world.geography.sites;
  const townships = sites.filter((site) => site.kind === 'TOWNSHIP');
  const hospitals = sites.filter(isHospital);
  const orders: readonly Order[] = [
    { kind: 'LEAD_TO_MEMBER', count: leadToMember, from: [], to: townships },
    { kind: 'CITY_TO_LEAD', count: cityToLead, from: world.geography.tertiary, to: leadsOf(world) },
    { kind: 'CITY_TO_COUNTY', count: cityToCounty, from: world.geography.tertiary, to: hospitals },
  ];
  const away = new Map<string, number>();
  return orders.flatMap((order) =>
    Array.from({ length: order.count }, (_, number) => secondmentFact(world, order, number, away)),
  );
}

/** Who is seconded as the demo's TV-76: the first of Pei. */
export function demoSecondee(world: PlaceWorld): string {
  const [first] = secondmentsOf(world, 'CURRENT');
  if (first === undefined) throw new RangeError('The place has no secondment');
  return first.practitionerId;
}

function leadsOf(world: PlaceWorld): Site[] {
  return [...new Set(world.network.alliances.map((alliance) => alliance.lead))].filter(isHospital);
}

/** The secondment of a number; `away` counts by hospital how many it has sent before, so that nobody is sent twice. */
function secondmentFact(world: PlaceWorld, order: Order, number: number, away: Map<string, number>): SecondmentFact {
  const path = `${world.model.key}/secondment/${order.kind}/${number}`;
  const draws = new Draws(world.seed, `${path}/fact`);
  const to = order.to[number % order.to.length];
  if (to === undefined) throw new RangeError('Nowhere to be seconded to');
  const from = order.from[number % Math.max(1, order.from.length)] ?? world.network.leadOf.get(to.id) ?? to;
  const demo = world.model.key === 'pei' && order.kind === 'LEAD_TO_MEMBER' && number === 0;
  const start = demo ? dayOf(DEMO.startOn) : dayOf('2023-01-01') + draws.integer(0, 640);
  const months = draws.integer(18, 30);
  const end = demo ? dayOf(DEMO.endOn) : plusMonths(start, months) - 1;
  const ended = demo || end <= dayOf('2024-12-31');
  const fullTime = draws.chance(0.8);
  const sent = away.get(from.id) ?? 0;
  away.set(from.id, sent + 1);
  const person = secondee(world, from, sent);
  return {
    id: publicId('sm', new Draws(world.seed, path)),
    place: world.model.key,
    practitionerId: practitionerId(from, person.position),
    kind: order.kind,
    fromInstitutionId: from.id,
    toInstitutionId: to.id,
    startOn: dateOf(start),
    plannedEndOn: dateOf(end),
    actualEndOn: ended ? dateOf(end) : null,
    fullTime,
    daysPerWeek: fullTime ? '5.0' : draws.pick(['3.0', '4.0']),
    purpose: draws.pick(PURPOSES),
    objectives: ['带教门诊', '开展新技术 1 项'].slice(0, draws.integer(1, 2)),
    outcomes: draws.chance(0.6) ? [{ technique: draws.pick(TECHNIQUES), peopleTrained: draws.integer(3, 40) }] : [],
    titleLevelAtStart: demo ? '3' : person.title,
    compliant: true,
  };
}

/** The next doctor of a hospital with a mid-level title or above; the first has exactly that, as TV-76's has. */
function secondee(world: PlaceWorld, from: Site, sent: number): { position: number; title: TitleLevel } {
  const doctors = (world.staff.get(from.id) ?? []).filter((segment) => segment.category === '11');
  const senior = doctors.flatMap((segment) =>
    Array.from({ length: segment.count }, (_, index) => segment.from + index)
      .map((position) => ({ position, title: titleAt(from, segment, position) }))
      .filter((one) => Number(one.title) <= 3),
  );
  const first = senior.find((one) => one.title === '3');
  const chosen = sent === 0 ? first : senior.filter((one) => one !== first)[sent - 1];
  if (chosen === undefined) throw new RangeError(`${from.name} has nobody of mid-level title left to second`);
  return chosen;
}
