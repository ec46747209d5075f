import { expect, test } from 'vitest';
import type { ReportStatus } from '../schema-types.ts';
import { mayBecome } from './report-transition.ts';

const states: readonly ReportStatus[] = ['REGISTERED', 'PRELIMINARY', 'FINAL', 'AMENDED', 'CANCELLED'];

test('a report goes forward to final, then is amended or cancelled, and cancelled it stays', () => {
  const allowed = states.map((from) => [from, states.filter((to) => mayBecome(from, to)).join(' ')]);
  expect(Object.fromEntries(allowed)).toEqual({
    REGISTERED: 'REGISTERED PRELIMINARY FINAL CANCELLED',
    PRELIMINARY: 'PRELIMINARY FINAL CANCELLED',
    FINAL: 'AMENDED CANCELLED',
    AMENDED: 'AMENDED CANCELLED',
    CANCELLED: '',
  });
});
