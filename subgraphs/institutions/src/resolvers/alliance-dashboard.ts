import { derive, type Loading, reference, type RequestClock } from '@hutong/kit';
import type { Context } from '../context.ts';
import { judgedAt, openMinutesOf } from '../rules/alliance-dashboard.ts';
import { percent } from '../rules/percent.ts';
import { periodBounds } from '../rules/period.ts';
import { structureWarnings } from '../rules/structure-warnings.ts';
import type { AllianceDashboardResolvers, QueryResolvers } from '../schema-types.ts';
import { wrongPeriod } from './resident.ts';

type Load = Context['load'];

export const Query: Pick<QueryResolvers, 'allianceDashboard'> = {
  allianceDashboard: async (_, { allianceId, period }, { load }) => {
    const bounds = periodBounds(period);
    if (bounds === undefined) throw wrongPeriod(period);
    const stock = await load.allianceDashboard.stock(allianceId);
    return stock === null ? null : { ...stock, ...bounds, allianceId, period };
  },
};

type Loads = Load['allianceDashboard'];
type Ask = Parameters<Loads['care']>[0];

/** A figure of the period: what is counted together costs one statement, when one of its fields is asked for. */
function figure<F, V>(
  counted: (loads: Loads) => (ask: Ask) => Promise<F>,
  pick: (figures: F, clock: RequestClock) => V,
) {
  return derive(
    ['allianceId', 'from', 'until'],
    async (ask: Ask, _args: unknown, { load, clock }: Loading<Load> & Pick<Context, 'clock'>): Promise<V> =>
      pick(await counted(load.allianceDashboard)(ask), clock),
  );
}

type Figures<G extends 'care' | 'referrals' | 'recognition' | 'equipment' | 'slots'> = Awaited<ReturnType<Loads[G]>>;

const care = <V>(pick: (figures: Figures<'care'>) => V) => figure((loads) => loads.care, pick);
const recognition = <V>(pick: (figures: Figures<'recognition'>) => V) => figure((loads) => loads.recognition, pick);
const slots = <V>(pick: (figures: Figures<'slots'>) => V) => figure((loads) => loads.slots, pick);

const referrals = <V>(pick: (figures: { readonly due: number; readonly timely: number }) => V) =>
  figure(
    (loads) => loads.referrals,
    ({ judged, open }, { instant }) => pick(judgedAt(judged, open, instant)),
  );

const equipment = <V>(pick: (figures: { readonly used: number; readonly open: number }) => V) =>
  figure(
    (loads) => loads.equipment,
    ({ usedMinutes, units }) => pick({ used: usedMinutes, open: openMinutesOf(units) }),
  );

export const AllianceDashboard: AllianceDashboardResolvers = {
  alliance: reference('allianceId', (load: Load) => load.alliance.alliance),
  period: derive(['period'], ({ period }) => period),
  members: derive(['members'], ({ members }) => members),
  openBeds: derive(['openBeds'], ({ openBeds }) => openBeds),
  occupiedBeds: derive(['occupiedBeds'], ({ occupiedBeds }) => occupiedBeds),
  openAlerts: derive(['openAlerts'], ({ openAlerts }) => openAlerts),
  visits: care(({ visits }) => visits),
  outpatientVisits: care(({ outpatientVisits }) => outpatientVisits),
  primaryVisits: care(({ primaryVisits }) => primaryVisits),
  primaryVisitShare: care(({ primaryVisits, visits }) => percent(primaryVisits, visits)),
  admissions: care(({ admissions }) => admissions),
  referralsUp: figure(
    (loads) => loads.referrals,
    ({ referralsUp }) => referralsUp,
  ),
  referralsDown: figure(
    (loads) => loads.referrals,
    ({ referralsDown }) => referralsDown,
  ),
  referralsDue: referrals(({ due }) => due),
  timelyReferrals: referrals(({ timely }) => timely),
  referralTimeliness: referrals(({ timely, due }) => percent(timely, due)),
  recognitionDecisions: recognition(({ recognitionDecisions }) => recognitionDecisions),
  recognisedReports: recognition(({ recognisedReports }) => recognisedReports),
  duplicateExams: recognition(({ duplicateExams }) => duplicateExams),
  recognitionRate: recognition(({ recognisedReports, recognitionDecisions }) =>
    percent(recognisedReports, recognitionDecisions),
  ),
  avoidedCost: recognition(({ avoidedCost }) => avoidedCost),
  sharedExams: figure(
    (loads) => loads.equipment,
    ({ sharedExams }) => sharedExams,
  ),
  sharedEquipmentUsedMinutes: equipment(({ used }) => used),
  sharedEquipmentOpenMinutes: equipment(({ open }) => open),
  sharedEquipmentUtilisation: equipment(({ used, open }) => percent(used, open)),
  slotsTotal: slots(({ slotsTotal }) => slotsTotal),
  slotsReleased: slots(({ slotsReleased }) => slotsReleased),
  slotsReleasedUsed: slots(({ slotsReleasedUsed }) => slotsReleasedUsed),
  slotReleaseShare: slots(({ slotsReleased, slotsTotal }) => percent(slotsReleased, slotsTotal)),
  slotReleaseUse: slots(({ slotsReleasedUsed, slotsReleased }) => percent(slotsReleasedUsed, slotsReleased)),
  structureWarnings: derive(['allianceId'], async ({ allianceId }, _, { load }) => [
    ...structureWarnings(await load.structure.structureOfAlliance(allianceId)),
  ]),
};
