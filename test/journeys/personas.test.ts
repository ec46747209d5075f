import { personaId, personaIds, personas } from '@hutong/gateway';
import type { SubgraphCall } from '@hutong/kit';
import { createRegion } from '@hutong/synthetic';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { regionOptions } from '../region.ts';
import { startWorld, type World } from '../world.ts';

let world: World;
const calls: { subgraph: string; call: SubgraphCall }[] = [];

beforeAll(async () => {
  const region = { databases: inject('region'), dataKeys: inject('dataKeys') };
  world = await startWorld('distributed', region, { observe: (subgraph, call) => void calls.push({ subgraph, call }) });
});
afterAll(() => world.close());

test.each(['hutong', 'another'])('the ids of the personas are those of the fixtures, with the seed "%s"', (seed) => {
  const region = createRegion({ ...regionOptions, seed, years: regionOptions.years.length });
  const [alliance] = region.alliances('pei');
  const doctor = [...region.practitioners('pei')].find(({ id }) => id === region.fixtures.pr_demo_gp);
  const city = [...region.institutions('pei')].find(({ tier }) => tier === 'CITY');
  const { rs_demo_wang, pr_demo_gp, pr_demo_sec, al_pei_1 } = region.fixtures;
  expect(personaIds).toEqual({
    rs_demo_wang,
    pr_demo_gp,
    pr_demo_sec,
    al_pei_1,
    in_pei_1: alliance?.leadInstitutionId,
    in_pei_longgu: doctor?.institutionId,
    in_xuzhou_1: city?.id,
  });
});

test.each(personas)(
  'a subgraph gets the caller $id whole, with legal ids, in its signed token',
  async ({ id, caller }) => {
    calls.length = 0;
    expect((await world.as(id).graphql('{ servicePackages { code } }')).errors).toBeUndefined();
    const ids = ['residentId', 'practitionerId', 'institutionId', 'allianceId'] as const;
    const legal = ids.flatMap((name) => (caller[name] === undefined ? [] : [[name, personaId(caller[name])]]));
    expect(calls.map(({ subgraph, call }) => [subgraph, call.caller])).toEqual([
      ['public-health', { ...caller, ...Object.fromEntries(legal) }],
    ]);
  },
);

test('the ids of the personas name what their descriptions say', async () => {
  const query = `query ($resident: ID!, $hospital: ID!, $town: ID!, $city: ID!, $doctor: ID!, $secondee: ID!, $alliance: ID!) {
    resident(id: $resident) { name addressCurrent { region { code } } contract { familyDoctor { id } } }
    hospital: institution(id: $hospital) { name }
    town: institution(id: $town) { name }
    city: institution(id: $city) { name }
    doctor: practitioner(id: $doctor) { primaryInstitution { id } }
    secondee: practitioner(id: $secondee) { primaryInstitution { id } }
    alliance(id: $alliance) { lead { id } }
  }`;
  const answer = await world.as('health-commission').graphql(query, {
    resident: personaIds['rs_demo_wang'],
    hospital: personaIds['in_pei_1'],
    town: personaIds['in_pei_longgu'],
    city: personaIds['in_xuzhou_1'],
    doctor: personaIds['pr_demo_gp'],
    secondee: personaIds['pr_demo_sec'],
    alliance: personaIds['al_pei_1'],
  });
  expect(answer).toEqual({
    data: {
      resident: {
        name: '王某',
        addressCurrent: { region: { code: expect.stringMatching(/^320322/) } },
        contract: { familyDoctor: { id: personaIds['pr_demo_gp'] } },
      },
      hospital: { name: '沛县人民医院（示例）' },
      town: { name: '龙固镇中心卫生院（示例）' },
      city: { name: '徐州市第一综合医院（示例）' },
      doctor: { primaryInstitution: { id: personaIds['in_pei_longgu'] } },
      secondee: { primaryInstitution: { id: personaIds['in_pei_1'] } },
      alliance: { lead: { id: personaIds['in_pei_1'] } },
    },
  });
});
