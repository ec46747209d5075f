import type { SupervisionAlertStatus } from '../schema-types.ts';

/** What can happen to a supervision alert (domain.md 3.20). */
export type AlertEvent = 'ACKNOWLEDGE' | 'EXPLAIN' | 'RECTIFY' | 'CLOSE';

/** The state machine of a supervision alert 监管预警 (domain.md 3.20); an explanation and a rectification say what they are. */
export const alertRules: Readonly<
  Record<
    AlertEvent,
    {
      readonly from: readonly SupervisionAlertStatus[];
      readonly to: SupervisionAlertStatus;
      readonly requiresNote: boolean;
    }
  >
> = {
  ACKNOWLEDGE: { from: ['OPEN'], to: 'ACKNOWLEDGED', requiresNote: false },
  EXPLAIN: { from: ['ACKNOWLEDGED'], to: 'EXPLAINED', requiresNote: true },
  RECTIFY: { from: ['ACKNOWLEDGED'], to: 'RECTIFIED', requiresNote: true },
  CLOSE: { from: ['EXPLAINED', 'RECTIFIED'], to: 'CLOSED', requiresNote: false },
};

/** The status of an alert after an event, or the error code of a step the status does not allow (domain.md 3.20). */
export function alertTransition(
  status: SupervisionAlertStatus,
  event: AlertEvent,
): SupervisionAlertStatus | 'INVALID_TRANSITION' {
  const rule = alertRules[event];
  return rule.from.includes(status) ? rule.to : 'INVALID_TRANSITION';
}
