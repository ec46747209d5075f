import { expect, test } from 'vitest';
import { inQueueOrder } from './queue-order.ts';

test('a queue is ordered by priority, then by request as instants, then by id', () => {
  const entries = [
    { id: 'e', priority: 2, requestedAt: '2024-05-06T08:00:00+08:00' },
    { id: 'd', priority: 1, requestedAt: '2024-05-06T09:00:00+08:00' },
    { id: 'c', priority: 1, requestedAt: '2024-05-06T00:30:00Z' },
    { id: 'b', priority: 1, requestedAt: '2024-05-06T09:00:00+08:00' },
    { id: 'a', priority: 3, requestedAt: '2024-05-01T08:00:00+08:00' },
  ];
  expect(inQueueOrder(entries).map(({ id }) => id)).toEqual(['c', 'b', 'd', 'e', 'a']);
});
