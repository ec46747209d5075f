import { expect, test } from 'vitest';
import {
  type AllocationPlace,
  type AllocationRequest,
  type PresentPosts,
  decideAllocation,
  releaseAllocation,
} from './headcount-allocation.ts';

const lead: AllocationPlace = { tier: 'COUNTY', inAlliance: true, leadsAlliance: true };
const township: AllocationPlace = { tier: 'TOWNSHIP', inAlliance: true, leadsAlliance: false };
const village: AllocationPlace = { tier: 'VILLAGE', inAlliance: true, leadsAlliance: false };
const outside = (place: AllocationPlace): AllocationPlace => ({ ...place, inAlliance: false });

const contracted: PresentPosts = {
  employment: { kind: 'CONTRACT', from: '2020-01-01', to: null },
  activeAllocations: [],
};
const decide = (change: Partial<AllocationRequest>, person = contracted, active = 118, leastYears?: number) =>
  decideAllocation(
    { approved: 120, active },
    person,
    {
      mode: 'COUNTY_HIRED_TOWNSHIP_USED',
      hiredBy: lead,
      usedAt: township,
      from: '2024-03-01',
      to: '2026-02-28',
      ...change,
    },
    leastYears,
  );
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('TV-74 the third of two free posts is refused', () => {
  expect([118, 119, 120].map((active) => decide({}, contracted, active))).toEqual([
    allowed,
    allowed,
    refused('POOL_EXHAUSTED'),
  ]);
});

test('TV-75 a post of the county used at the county hospital is another mode', () => {
  expect(decide({ usedAt: lead })).toEqual(refused('MODE_MISMATCH', 'usedAtId'));
});

test('a mode names who hires and where the post is used', () => {
  const mode = 'TOWNSHIP_HIRED_VILLAGE_USED';
  expect([
    decide({ mode, hiredBy: township, usedAt: village }),
    decide({ mode, hiredBy: lead, usedAt: village }),
    decide({ mode, hiredBy: township, usedAt: township }),
    decide({ usedAt: village }),
    decide({ hiredBy: { ...lead, leadsAlliance: false } }),
    decide({ hiredBy: { ...lead, tier: 'CITY' } }),
  ]).toEqual([
    allowed,
    refused('MODE_MISMATCH', 'hiredById'),
    refused('MODE_MISMATCH', 'usedAtId'),
    refused('MODE_MISMATCH', 'usedAtId'),
    refused('MODE_MISMATCH', 'hiredById'),
    refused('MODE_MISMATCH', 'hiredById'),
  ]);
});

test('both institutions belong to the alliance of the pool', () => {
  const mode = 'TOWNSHIP_HIRED_VILLAGE_USED';
  expect([
    decide({ mode, hiredBy: outside(township), usedAt: village }),
    decide({ mode, hiredBy: township, usedAt: outside(village) }),
  ]).toEqual([refused('VALIDATION_FAILED', 'hiredById'), refused('VALIDATION_FAILED', 'usedAtId')]);
});

test('an allocation lasts two years to the day, or is open', () => {
  expect([
    decide({ to: '2026-02-27' }),
    decide({ to: null }),
    decide({ to: '2024-02-29' }),
    decide({ from: '2024-02-29', to: '2026-02-27' }),
    decide({ to: '2025-02-28' }, contracted, 118, 1),
    decide({ to: '2023-03-01' }, contracted, 118, 0),
  ]).toEqual([
    refused('VALIDATION_FAILED', 'to'),
    allowed,
    refused('VALIDATION_FAILED', 'to'),
    allowed,
    allowed,
    refused('VALIDATION_FAILED', 'to'),
  ]);
});

test('who is on an established post gets none of the pool before that ends', () => {
  const established = (to: string | null): PresentPosts => ({
    employment: { kind: 'ESTABLISHED', from: '2015-07-01', to },
    activeAllocations: [],
  });
  expect(
    [established(null), established('2024-03-01'), established('2024-02-29')].map((one) => decide({}, one)),
  ).toEqual([refused('VALIDATION_FAILED', 'practitionerId'), refused('VALIDATION_FAILED', 'practitionerId'), allowed]);
});

test('nobody holds two posts of a pool on one day', () => {
  const { employment } = contracted;
  expect([
    decide({}, { employment, activeAllocations: [{ from: '2022-01-01', to: '2024-03-01' }] }),
    decide({}, { employment, activeAllocations: [{ from: '2022-01-01', to: '2024-02-29' }] }),
    decide({}, { employment: { kind: 'POOL', from: '2022-01-01', to: null }, activeAllocations: [] }),
  ]).toEqual([refused('SCHEDULE_CONFLICT', 'practitionerId'), allowed, refused('SCHEDULE_CONFLICT', 'practitionerId')]);
});

test('a release ends the allocation on its last day, or keeps an end already agreed', () => {
  const running = { status: 'ACTIVE', from: '2022-01-01', to: null } as const;
  expect([
    releaseAllocation(running, '2024-06-30', '2024-06-30'),
    releaseAllocation({ ...running, to: '2023-12-31' }, '2024-06-30', '2024-06-30'),
    releaseAllocation({ ...running, to: '2026-12-31' }, '2024-06-30', '2024-06-30'),
  ]).toEqual([
    { kind: 'ALLOWED', status: 'RELEASED', to: '2024-06-30' },
    { kind: 'ALLOWED', status: 'RELEASED', to: '2023-12-31' },
    { kind: 'ALLOWED', status: 'RELEASED', to: '2024-06-30' },
  ]);
});

test('a post is given back once, and not in the future', () => {
  const allocation = { status: 'ACTIVE', from: '2022-01-01', to: null } as const;
  expect([
    releaseAllocation({ ...allocation, status: 'RELEASED' }, '2024-06-30', '2024-06-30'),
    releaseAllocation(allocation, '2024-07-01', '2024-06-30'),
    releaseAllocation(allocation, '2021-12-31', '2024-06-30'),
  ]).toEqual([
    refused('INVALID_TRANSITION'),
    refused('VALIDATION_FAILED', 'releasedOn'),
    refused('VALIDATION_FAILED', 'releasedOn'),
  ]);
});
