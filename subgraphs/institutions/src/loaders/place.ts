import type { Read } from '@hutong/kit';
import { bedStats, departments, institutions, regions } from '../tables/place.ts';
import { pagesWithinDivision } from './within-division.ts';

export const placeLoaders = (read: Read) => ({
  region: read.byKey(regions, 'code'),
  regions: read.page(regions, 'code'),
  regionsOfParent: read.listBy(regions, 'parentCode', { orderBy: ['code'] }),
  institution: read.byKey(institutions, 'id'),
  institutionByUscc: read.byKey(institutions, 'uscc'),
  institutionByProviderCode: read.byKey(institutions, 'providerCode'),
  institutions: read.page(institutions, 'id'),
  institutionsInRegion: pagesWithinDivision(read.pageBy(institutions, 'regionCode', 'id'), (column) =>
    read.pageBy(institutions, column, 'id'),
  ),
  institutionsOfParent: read.pageBy(institutions, 'parentInstitutionId', 'id'),
  department: read.byKey(departments, 'id'),
  departmentsOfInstitution: read.listBy(departments, 'institutionId', { orderBy: ['subject'] }),
  bedStats: read.page(bedStats, ['institutionId', 'class']),
  bedsOfInstitution: read.listBy(bedStats, 'institutionId', { orderBy: ['class'] }),
});
