import type { Read } from '@hutong/kit';
import { allianceMemberships, alliances } from '../tables/alliance.ts';
import { pagesWithinDivision } from './within-division.ts';

export const allianceLoaders = (read: Read) => ({
  alliance: read.byKey(alliances, 'id'),
  alliances: read.page(alliances, 'id'),
  alliancesInRegion: pagesWithinDivision(read.pageBy(alliances, 'regionCode', 'id'), (column) =>
    read.pageBy(alliances, column, 'id'),
  ),
  allianceMembership: read.byKey(allianceMemberships, 'id'),
  membershipsOfAlliance: read.listBy(allianceMemberships, 'allianceId', {
    orderBy: ['role', 'joinedOn', 'institutionId'],
  }),
  membershipsOfInstitution: read.listBy(allianceMemberships, 'institutionId', { orderBy: ['joinedOn', 'allianceId'] }),
});
