import { sealed, type Db } from '@hutong/kit';
import { sampleKeys } from './sample-caller.ts';
import { households } from './tables/household.ts';
import { residents } from './tables/resident.ts';

const row = { version: 1, updatedAt: '2024-12-30T08:00:00+08:00' };
const seal = (text: string) => sealed(sampleKeys, text);

/** Residents of the sample: an elder, a mother, her child. */
export const sampleResidents = { wang: 'rs_0000000000WA', li: 'rs_0000000000K1', zhang: 'rs_0000000000ZH' } as const;
export const wangIdNumber = '99032219550312001X';

/** The household of the sample and who lives in it. */
export async function insertSampleResidents(db: Db): Promise<void> {
  await db.insert(households).values({
    id: 'hh_0000000000H1',
    headId: sampleResidents.wang,
    regionCode: '320322100200',
    addressDetail: seal('幸福路1号'),
    drinkingWater: 'TAP',
    toilet: 'SANITARY',
    fuel: 'GAS',
    ...row,
  });
  const common = {
    test: true,
    idType: 'RESIDENT_ID' as const,
    ethnicity: '01',
    residentType: '1',
    householdId: 'hh_0000000000H1',
    registeredRegionCode: '320322100200',
    registeredAddress: seal('幸福路1号'),
    regionCode: '320322100200',
    currentAddress: seal('幸福路1号'),
    servingInstitutionId: 'in_TOWN',
    allergies: [] as string[],
    histories: [],
    disabilities: [],
    vulnerability: [],
    inCareHome: false,
    ...row,
  };
  await db.insert(residents).values([
    {
      ...common,
      id: sampleResidents.wang,
      healthRecordNo: seal('32032210020000001'),
      healthRecordNoHash: sampleKeys.keyedHash('32032210020000001'),
      name: seal('王某'),
      idNumber: seal(wangIdNumber),
      idNumberHash: sampleKeys.keyedHash(wangIdNumber),
      sex: 'MALE',
      birthDate: '1955-03-12',
      marital: '20',
      education: '70',
      occupation: '27',
      phone: seal('19900001234'),
      contactName: seal('李某'),
      contactPhone: seal('19900005678'),
      relationToHead: '0',
      guardianId: sampleResidents.li,
      bloodType: '1',
      rh: '2',
      allergies: ['青霉素'],
      histories: [{ kind: 'DISEASE', code: 'I63', text: '脑梗死', year: 2023 }],
      disabilities: ['LIMB'],
      vulnerability: ['EMPTY_NEST'],
      focusGroups: ['ELDERLY', 'HYPERTENSION', 'STROKE'],
      status: 'ACTIVE',
      deathDate: '2025-06-01',
      deathCause: 'I63',
    },
    {
      ...common,
      id: sampleResidents.li,
      healthRecordNo: seal('32032210020000002'),
      healthRecordNoHash: sampleKeys.keyedHash('32032210020000002'),
      name: seal('李某'),
      idNumber: seal('990322198807060021'),
      idNumberHash: sampleKeys.keyedHash('990322198807060021'),
      sex: 'FEMALE',
      birthDate: '1988-07-06',
      relationToHead: '3',
      focusGroups: ['PREGNANT'],
      status: 'ACTIVE',
    },
    {
      ...common,
      id: sampleResidents.zhang,
      name: seal('张某'),
      sex: 'MALE',
      birthDate: '2023-01-15',
      relationToHead: '4',
      guardianId: sampleResidents.li,
      focusGroups: [],
      status: 'ACTIVE',
    },
  ]);
}
