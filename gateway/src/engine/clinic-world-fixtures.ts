import type { Fields } from './fixtures.ts';
import type { World } from './world-fixtures.ts';

const call = (value: unknown): unknown => (typeof value === 'function' ? value() : value);

/** The region's data: objects that know everything; a subgraph shows what its schema has. */
export function createWorld(): World {
  const doctors: Fields[] = [];
  const residents: Fields[] = [];
  const institutions: Fields[] = [];
  const encounters: Fields[] = [];
  const claims: Fields[] = [];
  const packages = ['basic', 'child', 'elder'].map((code) => ({
    __typename: 'Package',
    code,
    title: `Package ${code}`,
    benefit: code === 'child' ? null : `half off ${code}`,
  }));
  for (let no = 1; no <= 4; no += 1) {
    doctors.push({
      __typename: 'Doctor',
      id: `pr_${no}`,
      licence: { __typename: 'Licence', country: no % 2 ? 'CN' : 'HK', no },
      name: `Dr ${no}`,
      workload: no === 3 ? null : no * 7,
      signed: no * 100,
      load(this: Fields) {
        return Number(this['signed']) / 8;
      },
      works: () => institutions.filter((_, index) => index % no === 0),
      patients: () => residents.filter((_, index) => index % 4 === no - 1),
    });
  }
  for (let no = 1; no <= 5; no += 1) {
    residents.push({
      __typename: 'Resident',
      id: `rs_${no}`,
      name: `Resident ${no}`,
      status: no === 2 ? null : no % 2 ? 'SIGNED' : 'ENDED',
      packages: no === 4 ? null : packages.slice(0, no % 4).flatMap((one) => (no === 3 ? [one, null] : [one])),
      teamNo: no === 5 ? null : no,
      psnNo: `psn${no}`,
      card(this: Fields) {
        return `card of ${String(this['psnNo'])}`;
      },
      team(this: Fields) {
        return this['teamNo'] === null ? null : doctors[Number(this['teamNo']) - 1];
      },
      cap(this: Fields, { year }: Fields) {
        const list = this['packages'];
        const held = Array.isArray(list) ? list.filter((one) => one !== null).map((one: Fields) => one['code']) : [];
        return Number(year) + (this['status'] === 'SIGNED' ? 300 : 0) + held.join('').length;
      },
      mother: () => residents[no] ?? null,
      friends: () => [[residents[0], null], [], residents.slice(0, no % 3)],
    });
  }
  for (let no = 1; no <= 4; no += 1) {
    institutions.push({
      __typename: 'Institution',
      id: `in_${no}`,
      code: `H${no}`,
      kind: no % 2 ? 'HOSPITAL' : 'CLINIC',
      name: `Institution ${no}`,
      secret: 'secret',
      address: no === 2 ? null : { __typename: 'Address', street: `Street ${no}`, city: `City ${no % 2}` },
      sign(this: Fields) {
        return `*${String(this['name'])}*`;
      },
      parent: () => (no === 1 ? null : institutions[0]),
      doctors: () => [doctors[no - 1], null, doctors[0]],
      rota: () => [[doctors[0], doctors[1]], [], [doctors[no - 1]]],
      head: () => (no === 4 ? null : doctors[no]),
      staff: () => doctors.slice(0, no),
      encounters: ({ kind }: Fields) =>
        encounters.filter(
          (one) => call(one['place']) === institutions[no - 1] && (!kind || one['__typename'] === kind),
        ),
      designated: no !== 3,
      claims: () => claims.filter((_, index) => index % 4 === no - 1),
    });
  }
  for (let no = 1; no <= 6; no += 1) {
    encounters.push({
      __typename: no % 2 ? 'Stay' : 'Visit',
      id: `en_${no}`,
      place: () => institutions[no % 4],
      resident: () => (no === 3 ? null : residents[no % 5]),
      cost: ({ currency }: Fields) => (no === 5 ? null : currency === 'USD' ? no : no * 7),
      paid(this: Fields) {
        const { cost } = this;
        const dollars: unknown = typeof cost === 'function' ? cost.call(this, { currency: 'USD' }) : cost;
        return dollars === null ? null : Number(dollars) / 2;
      },
      bed: no,
      room: no === 2 ? null : `R${no}`,
      claim: () => claims[no - 1] ?? null,
      followUps: ({ first }: Fields) => ['a', 'b', 'c'].slice(0, typeof first === 'number' ? first : no % 3),
    });
  }
  for (let no = 1; no <= 5; no += 1) {
    claims.push({
      __typename: 'Claim',
      id: `cl_${no}`,
      encounter: () => (no === 4 ? null : encounters[no]),
      resident: () => residents[no - 1],
      payer: () => (no % 2 ? residents[no - 1] : { __typename: 'Fund', title: `Fund ${no}` }),
      amount: no * 11.5,
    });
  }
  const byId = (list: readonly Fields[]) => (args: Fields) => list.find(({ id }) => id === args['id']) ?? null;
  const note = { __typename: 'Note', text: 'A note', mark: 'GOOD' };
  const log: unknown[] = [];
  return {
    objects: new Map([
      ['Doctor', doctors],
      ['Resident', residents],
      ['Institution', institutions],
      ['Encounter', encounters],
      ['Stay', encounters],
      ['Visit', encounters],
      ['Claim', claims],
      ['Package', packages],
    ]),
    query: {
      institution: byId(institutions),
      institutions: ({ first, kinds }: Fields) =>
        institutions.filter(({ kind }) => !Array.isArray(kinds) || kinds.includes(kind)).slice(0, Number(first)),
      encounters: () => [...encounters.slice(0, 3), null, ...encounters.slice(3)],
      encounter: byId(encounters),
      search: ({ text }: Fields) => [institutions[0], encounters[0], note, institutions[Number(text)] ?? note],
      doctor: ({ no }: Fields) => doctors[Number(no) - 1] ?? null,
      claims: () => claims,
      resident: byId(residents),
      residents: () => [residents[0], null, ...residents.slice(1)],
      survey: { __typename: 'Survey', mark: 'UNKNOWN' },
      now: 'now',
    },
    mutation: {
      sign: byIdArgument(residents, 'resident'),
      note: ({ text }: Fields) => log.push(text),
    },
  };
}

const byIdArgument = (list: readonly Fields[], argument: string) => (args: Fields) =>
  list.find(({ id }) => id === args[argument]) ?? null;
