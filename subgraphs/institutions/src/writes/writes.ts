import type { Mutation } from '@hutong/kit';
import { appointmentWrites } from './appointment.ts';
import { equipmentWrites } from './equipment.ts';
import { allianceWrites } from './alliance.ts';
import { capabilityWrites } from './capability.ts';
import { consultationWrites } from './consultation.ts';
import { drugWrites } from './drug.ts';
import { encounterWrites } from './encounter.ts';
import { institutionLifecycleWrites } from './institution-lifecycle.ts';
import { layoutPlanWrites } from './layout-plan.ts';
import { planningWrites } from './planning.ts';
import { prescriptionWrites } from './prescription.ts';
import { referralWrites } from './referral.ts';
import { reportWrites } from './report.ts';
import { supervisionWrites } from './supervision.ts';
import { waitingWrites } from './waiting.ts';

/** The mutations of one request, by area. */
export const institutionsWrites = (mutation: Mutation) => ({
  referral: referralWrites(mutation),
  appointment: appointmentWrites(mutation),
  equipment: equipmentWrites(mutation),
  waiting: waitingWrites(mutation),
  capability: capabilityWrites(mutation),
  alliance: allianceWrites(mutation),
  planning: planningWrites(mutation),
  layoutPlan: layoutPlanWrites(mutation),
  institutionLifecycle: institutionLifecycleWrites(mutation),
  supervision: supervisionWrites(mutation),
  encounter: encounterWrites(mutation),
  report: reportWrites(mutation),
  consultation: consultationWrites(mutation),
  prescription: prescriptionWrites(mutation),
  drug: drugWrites(mutation),
});

export type InstitutionsWrites = ReturnType<typeof institutionsWrites>;
