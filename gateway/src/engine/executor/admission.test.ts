import { expect, test } from 'vitest';
import { createAdmission } from './admission.ts';

const never = new AbortController().signal;

/** Operations that enter and stay until they are sent away. */
function createVisitors() {
  const admission = createAdmission();
  const leave: (() => void)[] = [];
  let inside = 0;
  return {
    inside: () => inside,
    async visit(signal: AbortSignal = never): Promise<void> {
      await admission.enter(signal);
      inside += 1;
      await new Promise<void>((resolve) => leave.push(resolve));
      inside -= 1;
      admission.leave();
    },
    sendAway: () => leave.splice(0).forEach((go) => go()),
  };
}

test('a few enter at once, and of those that wait one for each that leaves', async () => {
  const { visit, inside, sendAway } = createVisitors();
  const visits = Array.from({ length: 20 }, () => visit());
  await Promise.resolve();
  await Promise.resolve();
  expect(inside()).toBe(16);
  sendAway();
  await Promise.all(visits.slice(0, 16));
  expect(inside()).toBe(4);
  sendAway();
  await Promise.all(visits);
});

test('where those inside only wait, the processor is idle, and all enter', async () => {
  const { visit, inside, sendAway } = createVisitors();
  const visits = Array.from({ length: 500 }, () => visit());
  await expect.poll(inside, { interval: 1 }).toBe(500);
  sendAway();
  await Promise.all(visits);
  expect(inside()).toBe(0);
});

test('while the processor has no pause, nobody else enters', async () => {
  const { visit, inside, sendAway } = createVisitors();
  const visits = Array.from({ length: 100 }, () => visit());
  await Promise.resolve();
  let most = 0;
  for (let turn = 0; turn < 20; turn += 1) {
    const until = performance.now() + 3;
    while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, inside());
  }
  expect(most).toBeLessThan(100);
  await expect.poll(inside, { interval: 1 }).toBe(100);
  sendAway();
  await Promise.all(visits);
});

test('who has no time left does not wait for those inside', async () => {
  const { visit, inside, sendAway } = createVisitors();
  const ended = new AbortController();
  const visits = [...Array.from({ length: 16 }, () => visit()), visit(ended.signal)];
  ended.abort();
  await expect.poll(inside, { interval: 1 }).toBe(17);
  sendAway();
  await Promise.all(visits);
});

test('operations that hang do not keep others out for ever, however busy the processor is', async () => {
  const { visit, inside, sendAway } = createVisitors();
  const visits = Array.from({ length: 18 }, () => visit());
  while (inside() < 18) {
    const until = performance.now() + 10;
    while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(inside()).toBe(18);
  sendAway();
  await Promise.all(visits);
});
