import { expect, test } from 'vitest';
import type { SupervisionAlertStatus } from '../schema-types.ts';
import { type AlertEvent, alertRules, alertTransition } from './alert-transition.ts';

const statuses: readonly SupervisionAlertStatus[] = ['OPEN', 'ACKNOWLEDGED', 'EXPLAINED', 'RECTIFIED', 'CLOSED'];
const events: readonly AlertEvent[] = ['ACKNOWLEDGE', 'EXPLAIN', 'RECTIFY', 'CLOSE'];

test('an alert is acknowledged, explained or rectified, then closed', () => {
  expect(statuses.map((status) => events.map((event) => alertTransition(status, event)))).toEqual([
    ['ACKNOWLEDGED', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION'],
    ['INVALID_TRANSITION', 'EXPLAINED', 'RECTIFIED', 'INVALID_TRANSITION'],
    ['INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'CLOSED'],
    ['INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'CLOSED'],
    ['INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION', 'INVALID_TRANSITION'],
  ]);
});

test('an explanation and a rectification need a note', () => {
  expect(events.filter((event) => alertRules[event].requiresNote)).toEqual(['EXPLAIN', 'RECTIFY']);
});
