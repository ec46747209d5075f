import type { Read } from '@hutong/kit';
import {
  institutionLifecycleEvents,
  investmentProjects,
  layoutPlanItems,
  layoutPlans,
  outreachPoints,
  pairingAgreements,
  resourceAssessments,
  supervisionAlerts,
  systemConnections,
} from '../tables/planning.ts';
import { listsWithinDivision } from './within-division.ts';

export const planningLoaders = (read: Read) => ({
  resourceAssessment: read.byKey(resourceAssessments, 'id'),
  resourceAssessmentsOfRegion: read.pageBy(resourceAssessments, 'regionCode', 'id'),
  layoutPlan: read.byKey(layoutPlans, 'id'),
  layoutPlansOfRegion: read.pageBy(layoutPlans, 'regionCode', 'id'),
  layoutPlanItem: read.byKey(layoutPlanItems, 'id'),
  itemsOfLayoutPlan: read.listBy(layoutPlanItems, 'planId', { orderBy: ['regionCode', 'class', 'level'] }),
  institutionLifecycleEvent: read.byKey(institutionLifecycleEvents, 'id'),
  lifecycleEventsOfInstitution: read.listBy(institutionLifecycleEvents, 'institutionId', { orderBy: ['at', 'id'] }),
  outreachPoint: read.byKey(outreachPoints, 'id'),
  outreachPointsInRegion: listsWithinDivision(
    read.listBy(outreachPoints, 'villageCode', { orderBy: ['villageCode', 'id'] }),
    (column) => read.listBy(outreachPoints, column, { orderBy: ['villageCode', 'id'] }),
  ),
  investmentProject: read.byKey(investmentProjects, 'id'),
  investmentProjects: read.page(investmentProjects, 'id'),
  pairingAgreement: read.byKey(pairingAgreements, 'id'),
  pairingAgreements: read.page(pairingAgreements, 'id'),
  systemConnection: read.byKey(systemConnections, 'id'),
  systemConnections: read.page(systemConnections, 'id'),
  systemsOfInstitution: read.pageBy(systemConnections, 'institutionId', 'id'),
  supervisionAlert: read.byKey(supervisionAlerts, 'id'),
  supervisionAlerts: read.page(supervisionAlerts, 'id'),
});
