import type { Resolvers } from '../schema-types.ts';
import * as alliance from './alliance.ts';
import * as appointment from './appointment.ts';
import * as capability from './capability.ts';
import * as drug from './drug.ts';
import * as encounter from './encounter.ts';
import * as equipment from './equipment.ts';
import * as indicator from './indicator.ts';
import * as place from './place.ts';
import * as planning from './planning.ts';
import * as referral from './referral.ts';
import * as report from './report.ts';
import * as resident from './resident.ts';

/** Every resolver of this subgraph, by type and field. */
export const resolvers: Resolvers = {
  ...place,
  ...alliance,
  ...encounter,
  ...referral,
  ...appointment,
  ...equipment,
  ...report,
  ...capability,
  ...drug,
  ...planning,
  ...indicator,
  ...resident,
  Query: {
    ...place.Query,
    ...alliance.Query,
    ...encounter.Query,
    ...referral.Query,
    ...appointment.Query,
    ...equipment.Query,
    ...report.Query,
    ...capability.Query,
    ...drug.Query,
    ...planning.Query,
    ...indicator.Query,
  },
};
