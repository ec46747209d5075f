import { expect, test } from 'vitest';
import { waitingPriority } from './waiting-priority.ts';

test('referral with green channel, referral, contract, others', () => {
  expect([
    waitingPriority({ referred: true, greenChannel: true, contracted: false }),
    waitingPriority({ referred: true, greenChannel: false, contracted: true }),
    waitingPriority({ referred: false, greenChannel: false, contracted: true }),
    waitingPriority({ referred: false, greenChannel: false, contracted: false }),
  ]).toEqual([1, 2, 3, 4]);
});
