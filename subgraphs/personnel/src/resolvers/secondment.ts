import { byReference, children, columns, derive, list, payload, reference, stub } from '@hutong/kit';
import type { Context } from '../context.ts';
import { meetsTarget } from '../rules/secondment.ts';
import type {
  AllianceResolvers,
  InstitutionResolvers,
  MutationResolvers,
  QueryResolvers,
  SecondmentResolvers,
} from '../schema-types.ts';
import { secondments } from '../tables/secondment.ts';
import { requireDays } from './period.ts';

type Load = Context['load'];

export const Query = {
  secondments: (_parent, args, { load }, info) => load.secondments.load(args, info),
  secondmentCompliance: async (_parent, { kind, regionCode, period }, { load }) => {
    const days = requireDays(period);
    const [counts, institutionsUncovered, target] = await Promise.all([
      load.countsOfRegion(kind, regionCode, days),
      load.uncoveredOfRegion(kind, regionCode, days),
      load.targetOfRegion(kind, regionCode, Number(days.to.slice(0, 4))),
    ]);
    return {
      kind,
      period,
      ...counts,
      institutionsUncovered,
      target: target?.target ?? null,
      targetStrict: target?.strict ?? null,
      met: target === null ? null : meetsTarget(counts.compliant, target),
    };
  },
} satisfies Partial<QueryResolvers>;

export const Mutation = {
  createSecondment: (_parent, { input }, { write }) => write.secondment.createSecondment(input),
  endSecondment: (_parent, { input }, { write }) => write.secondment.endSecondment(input),
} satisfies Partial<MutationResolvers>;

export const SecondmentPayload = payload('secondment', (load: Load) => load.secondment);

export const Secondment: SecondmentResolvers = {
  __resolveReference: byReference({ id: (load) => load.secondment }),
  ...columns(secondments),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  from: stub('Institution', 'fromId'),
  to: stub('Institution', 'toId'),
  region: stub('Region', 'regionCode', 'code'),
  alliance: stub('Alliance', 'allianceId'),
  outcomes: derive(['outcomes'], ({ outcomes }) => [...outcomes]),
  history: list('id', (load) => load.history('Secondment')),
};

/** What secondments add to an institution. */
export const institutionSecondments = {
  secondmentsIn: children('id', (load) => load.secondmentsTo),
  secondmentsOut: children('id', (load) => load.secondmentsFrom),
} satisfies Partial<InstitutionResolvers>;

/** What secondments add to an alliance. */
export const allianceCompliance = {
  secondmentCompliance: derive(['id'], async ({ id }, args, { load, clock }, info) => {
    const period = args.period ?? clock.day.slice(0, 4);
    const counts = await load.countsOfAlliance(requireDays(period)).load(id, info);
    return { period, ...(counts ?? nobody) };
  }),
} satisfies Partial<AllianceResolvers>;

const nobody = { total: 0, compliant: 0, overSixMonths: 0, institutionsCovered: 0 };
