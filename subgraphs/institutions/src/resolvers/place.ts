import { byReference, children, coded, columns, derive, list, reference } from '@hutong/kit';
import { codeOf } from '@hutong/schema';
import type { Context } from '../context.ts';
import type {
  BedStatResolvers,
  DepartmentResolvers,
  InstitutionResolvers,
  QueryResolvers,
  RegionResolvers,
} from '../schema-types.ts';
import { bedStats, departments, institutions, regions } from '../tables/place.ts';
import { comparison, narrowed } from './narrowed.ts';

type Load = Context['load'];

export const Query: Pick<
  QueryResolvers,
  'region' | 'regions' | 'institution' | 'institutionByUscc' | 'institutions' | 'bedAvailability'
> = {
  region: (_, { code }, { load }, info) => load.place.region.load(code, info),
  regions: (_, { level, parentCode, ...page }, { load }, info) =>
    load.place.regions.load(
      narrowed(page, { level: comparison('eq', level), parentCode: comparison('eq', parentCode) }),
      info,
    ),
  institution: (_, { id }, { load }, info) => load.place.institution.load(id, info),
  institutionByUscc: (_, { uscc }, { load }, info) => load.place.institutionByUscc.load(uscc, info),
  institutions: (_, page, { load }, info) => load.place.institutions.load(page, info),
  bedAvailability: (_, page, { load }, info) => load.place.bedStats.load(page, info),
};

/** A place on the map, of rows that have both degrees. */
function pointOf({ longitude, latitude }: { readonly longitude: string | null; readonly latitude: string | null }) {
  return longitude === null || latitude === null ? null : { longitude: Number(longitude), latitude: Number(latitude) };
}

export const Region: RegionResolvers = {
  __resolveReference: byReference({ code: (load: Load) => load.place.region }),
  ...columns(regions),
  parent: reference('parentCode', (load: Load) => load.place.region, 'code'),
  children: list('code', (load: Load) => load.place.regionsOfParent),
  urbanRural: coded('URBAN-RURAL', 'urbanRural'),
  location: derive(['longitude', 'latitude'], pointOf),
  institutions: children('code', (load: Load) => load.place.institutionsInRegion),
  alliances: children('code', (load: Load) => load.alliance.alliancesInRegion),
  outreachPoints: list('code', (load: Load) => load.planning.outreachPointsInRegion),
};

export const Institution: InstitutionResolvers = {
  __resolveReference: byReference({
    id: (load: Load) => load.place.institution,
    uscc: (load: Load) => load.place.institutionByUscc,
    providerCode: (load: Load) => load.place.institutionByProviderCode,
  }),
  ...columns(institutions),
  shortName: derive(['shortName', 'name'], ({ shortName, name }) => shortName ?? name),
  class: coded('VS-04', 'class'),
  region: reference('regionCode', (load: Load) => load.place.region, 'code'),
  location: derive(['longitude', 'latitude'], pointOf),
  licence: derive(
    ['licenceNumber', 'licenceSubjects', 'licenceValidFrom', 'licenceValidTo', 'licenceStatus'],
    ({ licenceNumber, licenceSubjects, licenceValidFrom, licenceValidTo, licenceStatus }) =>
      licenceNumber === null || licenceStatus === null
        ? null
        : {
            number: licenceNumber,
            subjects: (licenceSubjects ?? []).map((subject) => codeOf('TREATMENT-SUBJECT', subject)),
            validFrom: licenceValidFrom,
            validTo: licenceValidTo,
            status: licenceStatus,
          },
  ),
  capabilityGrade: coded('CAPABILITY-GRADE', 'capabilityGrade'),
  parentInstitution: reference('parentInstitutionId', (load: Load) => load.place.institution),
  subsidiaries: children('id', (load: Load) => load.place.institutionsOfParent),
  departments: list('id', (load: Load) => load.place.departmentsOfInstitution),
  beds: list('id', (load: Load) => load.place.bedsOfInstitution),
  memberships: list('id', (load: Load) => load.alliance.membershipsOfInstitution),
  equipment: children('id', (load: Load) => load.equipment.equipmentOfInstitution),
  slots: children('id', (load: Load) => load.appointment.slotsOfInstitution),
  slotReleasePolicies: list('id', (load: Load) => load.appointment.policiesOfInstitution),
  capabilityItems: children('id', (load: Load) => load.capability.capabilityItemsOfInstitution),
  capabilityAssessments: list('id', (load: Load) => load.capability.assessmentsOfInstitution),
  centres: children('id', (load: Load) => load.capability.centresOfInstitution),
  sharedCentres: list('id', (load: Load) => load.capability.sharedCentresOfHost),
  systems: children('id', (load: Load) => load.planning.systemsOfInstitution),
  drugStocks: children('id', (load: Load) => load.drug.stocksOfInstitution),
  lifecycleEvents: list('id', (load: Load) => load.planning.lifecycleEventsOfInstitution),
  history: list('id', (load: Load) => load.history('Institution')),
};

export const Department: DepartmentResolvers = {
  __resolveReference: byReference({ id: (load: Load) => load.place.department }),
  ...columns(departments),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  subject: coded('TREATMENT-SUBJECT', 'subject'),
  specialty: coded('VS-16', 'specialty'),
};

export const BedStat: BedStatResolvers = {
  ...columns(bedStats),
  institution: reference('institutionId', (load: Load) => load.place.institution),
  free: derive(['open', 'occupied'], ({ open, occupied }) => Math.max(0, open - occupied)),
};
