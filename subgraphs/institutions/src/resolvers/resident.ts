import type { GraphQLResolveInfo } from 'graphql';
import { BadInput, children, derive, list, type PageArguments, selfReference } from '@hutong/kit';
import type { Context } from '../context.ts';
import { dayStart, nextDay, periodBounds } from '../rules/period.ts';
import type { PractitionerParent, PractitionerResolvers, ResidentParent, ResidentResolvers } from '../schema-types.ts';
import { renamed } from './narrowed.ts';
import { formNumber } from './referral.ts';

type Load = Context['load'];

export const Resident: ResidentResolvers = {
  __resolveReference: selfReference<ResidentParent>(),
  encounters: children('id', (load: Load) => load.encounter.encountersOfResident),
  referrals: derive(['id'], ({ id }, page: PageArguments, { load }: Context, info) =>
    load.referral.referralsOfResident.load(id, renamed(page, formNumber), info),
  ),
  referralEpisodes: list('id', (load: Load) => load.referral.episodesOfResident),
  appointments: children('id', (load: Load) => load.appointment.appointmentsOfResident),
  waitingList: children('id', (load: Load) => load.waiting.waitingOfResident),
  reports: children('id', (load: Load) => load.report.reportsOfResident),
  prescriptions: children('id', (load: Load) => load.drug.prescriptionsOfResident),
  medicationAdvice: children('id', (load: Load) => load.drug.medicationAdviceOfResident),
  documents: children('id', (load: Load) => load.report.documentsOfResident),
  remoteConsultations: children('id', (load: Load) => load.report.remoteConsultationsOfResident),
  recognitionDecisions: children('id', (load: Load) => load.report.decisionsOfResident),
};

export const Practitioner: PractitionerResolvers = {
  __resolveReference: selfReference<PractitionerParent>(),
  schedule: derive(
    ['id'],
    (
      { id }: PractitionerParent,
      { from, to }: { from: string; to: string },
      { load }: Context,
      info: GraphQLResolveInfo,
    ) => load.appointment.schedule(dayStart(from), dayStart(nextDay(to))).load(id, info),
  ),
  encounterCount: derive(
    ['id'],
    ({ id }: PractitionerParent, { period }: { period: string }, { load }: Context, info: GraphQLResolveInfo) => {
      const bounds = periodBounds(period);
      if (bounds === undefined) throw wrongPeriod(period);
      return load.encounter.encounterCount(bounds.from, bounds.until).load(id, info);
    },
  ),
  encounters: children('id', (load: Load) => load.encounter.encountersOfPractitioner),
};

/** The error for a period that is written wrongly. */
export function wrongPeriod(period: string): BadInput {
  return new BadInput(
    `"${period}" is no period; write 2024-03, 2024-Q1 or 2024`,
    `"${period}" 不是有效的周期，应写作 2024-03、2024-Q1 或 2024`,
  );
}
