import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { SqlEvent } from '@hutong/kit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { showcaseNamed } from '../showcase.ts';
import { startWorld, type World } from '../world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld('colocated', { databases: inject('region'), dataKeys: inject('dataKeys') });
});
afterAll(() => world.close());

/** Runs a showcase query and gives how often each subgraph asked each table, in the order of names. */
async function tablesAsked(name: string): Promise<Record<string, number>> {
  const counts = new Map<string, number>();
  const count = (event: unknown): void => {
    const { subgraph, text } = event as SqlEvent;
    const [, table] = /\b(?:from|join) "(\w+)"/.exec(text) ?? [];
    const key = `${subgraph}.${table ?? /(?:from|join) "?(\w+)/.exec(text)?.[1] ?? text}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  subscribe('hutong:sql', count);
  try {
    const { query, variables } = showcaseNamed(name);
    const answer = await world.as('health-commission').graphql(query, variables);
    expect(answer.errors).toBeUndefined();
  } finally {
    unsubscribe('hutong:sql', count);
  }
  return Object.fromEntries([...counts].toSorted(([one], [other]) => one.localeCompare(other)));
}

test('X1, one resident at the desk: statements per table', async () => {
  expect(await tablesAsked('x1')).toMatchInlineSnapshot(`
    {
      "institutions.institutions": 1,
      "institutions.referrals": 1,
      "insurance.accumulators": 1,
      "insurance.coverages": 2,
      "personnel.family_doctor_teams": 1,
      "personnel.practitioners": 3,
      "personnel.team_memberships": 1,
      "public-health.follow_ups": 1,
      "public-health.resident_links": 1,
      "public-health.residents": 1,
      "public-health.unnest": 1,
    }
  `);
});

test('X4, a township hospital: statements per table', async () => {
  expect(await tablesAsked('x4')).toMatchInlineSnapshot(`
    {
      "institutions.institutions": 2,
      "institutions.regions": 1,
      "insurance.package_economics": 1,
      "insurance.package_prices": 1,
      "personnel.family_doctor_teams": 1,
      "personnel.practitioners": 2,
      "personnel.secondments": 1,
      "public-health.service_contracts": 1,
      "public-health.service_packages": 1,
      "public-health.team_incentives": 1,
      "public-health.unnest": 2,
    }
  `);
});

test("X6, a county's resources: statements per table", async () => {
  expect(await tablesAsked('x6')).toMatchInlineSnapshot(`
    {
      "institutions.indicator_snapshots": 1,
      "institutions.institutions": 1,
      "institutions.regions": 1,
      "institutions.resource_assessments": 1,
      "insurance.indicator_snapshots": 2,
      "personnel.indicator_snapshots": 1,
      "personnel.practitioners": 1,
      "personnel.region_densities": 1,
      "personnel.workforce_gaps": 1,
      "public-health.indicator_snapshots": 2,
      "public-health.unnest": 2,
    }
  `);
});

test('X8, village doctors ranked for training: statements per table', async () => {
  expect(await tablesAsked('x8')).toMatchInlineSnapshot(`
    {
      "institutions.institutions": 1,
      "personnel.practitioners": 4,
      "public-health.service_contracts": 1,
    }
  `);
});
