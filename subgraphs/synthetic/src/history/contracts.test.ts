import { expect, test } from 'vitest';
import type { Scenario } from '../facts/places.ts';
import { createRegion } from '../region.ts';

function peopleOf(scenario: Scenario, residentsPerPlace: number) {
  const region = createRegion({ seed: 'hutong', residentsPerPlace, visitScale: 0.25, years: 2, scenario });
  return [...region.residents('pei')].map((resident) => ({ resident, history: region.history(resident) }));
}

const current = peopleOf('CURRENT', 3000);

test('contracts with the pregnancy package begin between registration and delivery', () => {
  const signed = current.flatMap(({ history: { contracts, maternal } }) =>
    contracts
      .filter((one) => one.packageCodes.includes('PK-PREGNANCY'))
      .map(({ validFrom }) => ({ validFrom, maternal: maternal[0] })),
  );
  const outside = signed.filter(
    ({ validFrom, maternal }) =>
      maternal === undefined ||
      validFrom < maternal.registeredOn ||
      validFrom > (maternal.delivery?.on ?? '2024-12-31'),
  );
  expect([outside, signed.length > 10]).toEqual([[], true]);
});

test('after stroke, infarction and birth most are followed within three days, after other stays within seven', () => {
  const days = (soon: boolean) =>
    current.flatMap(({ history: { followUps, encounters } }) =>
      followUps.flatMap(({ kind, encounterNo, at }) => {
        const stay = encounters.find(({ no }) => no === encounterNo);
        if (kind !== 'DISCHARGE' || stay?.stay === undefined || stay.stay === null) return [];
        const due = stay.diagnoses.some(({ icd10 }) => /^(I2[12]|I6[0-4]|O8)/.test(icd10));
        const after = (Date.parse(at.slice(0, 10)) - Date.parse(stay.stay.dischargedAt.slice(0, 10))) / 86_400_000;
        return due === soon ? [after] : [];
      }),
    );
  const share = (list: number[], limit: number) => list.filter((one) => one <= limit).length / list.length;
  expect([share(days(true), 3) > 0.85, share(days(false), 7) > 0.85, share(days(false), 3) < 0.7]).toEqual([
    true,
    true,
    true,
  ]);
});

test('who died or moved away had contracts at the rate of the scenario', () => {
  const gone = peopleOf('SEED_BASELINE', 6000).filter(({ resident }) => resident.status !== 'ACTIVE');
  const had = gone.filter(({ history }) => history.contracts.length > 0);
  expect([gone.length > 50, had.length / gone.length < 0.25]).toEqual([true, true]);
});
