import { byReference, children, columns, derive, reference, stub } from '@hutong/kit';
import type { AllianceResolvers, InstitutionResolvers, QueryResolvers, SecondmentResolvers } from '../schema-types.ts';
import { secondments } from '../tables/secondment.ts';

export const Query = {
  secondments: (_parent, args, { load }, info) => load.secondments.load(args, info),
  secondmentCompliance: (_parent, { kind, regionCode, period }, { load }) =>
    load.complianceOfRegion(kind, regionCode, period),
} satisfies Partial<QueryResolvers>;

export const Secondment: SecondmentResolvers = {
  __resolveReference: byReference({ id: (load) => load.secondment }),
  ...columns(secondments),
  practitioner: reference('practitionerId', (load) => load.practitioner),
  from: stub('Institution', 'fromId'),
  to: stub('Institution', 'toId'),
  region: stub('Region', 'regionCode', 'code'),
  alliance: stub('Alliance', 'allianceId'),
  outcomes: derive(['outcomes'], ({ outcomes }) => [...outcomes]),
};

/** What secondments add to an institution. */
export const institutionSecondments = {
  secondmentsIn: children('id', (load) => load.secondmentsTo),
  secondmentsOut: children('id', (load) => load.secondmentsFrom),
} satisfies Partial<InstitutionResolvers>;

/** What secondments add to an alliance. */
export const allianceCompliance = {
  secondmentCompliance: derive(['id'], ({ id }, { period }, { load, clock }, info) =>
    load.complianceOfAlliance(period ?? clock.day.slice(0, 4)).load(id, info),
  ),
} satisfies Partial<AllianceResolvers>;
