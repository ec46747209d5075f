import {
  type FaultText,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectText,
  expectVersion,
  governs,
  lockById,
} from '@hutong/kit';
import { eq } from 'drizzle-orm';
import { type AlertEvent, alertRules, alertTransition } from '../rules/alert-transition.ts';
import { supervisionAlerts, type SupervisionAlertRow } from '../tables/planning.ts';
import { texts } from './checks.ts';
import { institutionsById } from './places.ts';
import { raiseSupervisionAlerts } from './supervision-raising.ts';

/** Mutations of supervision 数字化监管 (domain.md 3.20); the monthly raising is a job, no field of the graph. */
export const supervisionWrites = (mutation: Mutation) => ({
  acknowledgeSupervisionAlert: mutation('acknowledgeSupervisionAlert', step('ACKNOWLEDGE')),
  explainSupervisionAlert: mutation('explainSupervisionAlert', step('EXPLAIN')),
  rectifySupervisionAlert: mutation('rectifySupervisionAlert', step('RECTIFY')),
  closeSupervisionAlert: mutation('closeSupervisionAlert', step('CLOSE')),
  raiseSupervisionAlerts: mutation('raiseSupervisionAlerts', raiseSupervisionAlerts),
});

/** The input of every step. */
export interface AlertStepInput {
  readonly id: string;
  readonly note?: string | null;
  readonly version?: number | null;
}

/** One step of an alert: the institution answers for it, its health commission closes it. */
const step =
  (event: AlertEvent) =>
  async ({ id, note, version }: AlertStepInput, write: Write): Promise<Written> => {
    const alert = await lockById(write, supervisionAlerts, id, 'id');
    expectVersion(alert, version);
    const faults = createFaults();
    faults.expect(await mayStep(event, alert, write), 'FORBIDDEN', 'id', callers[event]);
    const status = alertTransition(alert.status, event);
    faults.expect(status !== 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'id');
    if (alertRules[event].requiresNote) expectText(faults, note ?? '', 'note', 2000);
    else expectText(faults, note, 'note', 2000);
    faults.throwIfAny();

    const to = alertRules[event].to;
    const next = advanced(alert, write);
    const by = event === 'ACKNOWLEDGE' ? { acknowledgedById: write.caller.practitionerId ?? null } : {};
    await write.tx
      .update(supervisionAlerts)
      .set({ status: to, note: note ?? alert.note, ...by, ...next })
      .where(eq(supervisionAlerts.id, id));
    const { institutionId, ruleId, period } = alert;
    const payload = { institutionId, ruleId, period, status: to, version: next.version };
    write.change({ type: 'SupervisionAlert', id, kind: 'UPDATED', payload });
    write.step({ type: 'SupervisionAlert', id, from: alert.status, to, reason: note });
    return { id };
  };

async function mayStep(event: AlertEvent, { institutionId }: SupervisionAlertRow, write: Write): Promise<boolean> {
  if (event !== 'CLOSE') return actsFor(write.caller, institutionId);
  const institution = (await institutionsById(write, [institutionId])).get(institutionId);
  return governs(write.caller, institution?.regionCode ?? '');
}

const callers: Readonly<Record<AlertEvent, FaultText>> = {
  ACKNOWLEDGE: texts.ownInstitution,
  EXPLAIN: texts.ownInstitution,
  RECTIFY: texts.ownInstitution,
  CLOSE: texts.commission,
};
