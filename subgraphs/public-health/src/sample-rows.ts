import type { Db } from '@hutong/kit';
import { insertSampleEvaluations } from './sample-evaluations.ts';
import { insertSamplePlaces } from './sample-places.ts';
import { insertSampleRecords } from './sample-records.ts';
import { insertSampleResidents, sampleResidents } from './sample-residents.ts';
import {
  centralisedSessions,
  contractEvents,
  fulfilmentEvents,
  fulfilmentTasks,
  serviceContracts,
  servicePackages,
  teamIncentives,
} from './tables/contract.ts';

const row = { version: 1, updatedAt: '2024-12-30T08:00:00+08:00' };

/** Puts at least one row into every table, with a value in every column that can have one: what tests read. */
export async function insertSampleRows(db: Db): Promise<void> {
  await insertSampleResidents(db);
  await insertSamplePlaces(db);
  await insertContracts(db);
  await insertTasks(db);
  await insertSampleRecords(db);
  await insertSampleEvaluations(db);
}

async function insertContracts(db: Db): Promise<void> {
  const item = { itemClass: 'EXAM' as const, mode: 'CENTRALISED' as const, mandatory: true, homeCapable: true };
  await db.insert(servicePackages).values([
    {
      code: 'ELDERLY',
      kind: 'ELDERLY',
      nameZh: '老年保健包',
      nameEn: 'Elderly package',
      variant: 'STANDARD',
      targetGroups: ['ELDERLY'],
      items: [
        { code: 'EX', name: '健康体检', frequencyPerYear: 1, ...item },
        { code: 'BP', name: '血压测量', frequencyPerYear: 4, ...item, itemClass: 'BASIC_CARE' },
      ],
      validFrom: '2022-01-01',
      validTo: '2099-12-31',
      ...row,
    },
    {
      code: 'PUBLIC_HEALTH',
      kind: 'PUBLIC_HEALTH',
      nameZh: '公卫包',
      targetGroups: [],
      items: [{ code: 'HE', name: '健康教育', frequencyPerYear: 2, ...item, itemClass: 'BASIC_PUBLIC_HEALTH' }],
      ...row,
    },
  ]);
  const contract = {
    scope: 'HOUSEHOLD' as const,
    householdId: 'hh_0000000000H1',
    familyDoctorId: 'pr_DOCTOR',
    teamId: 'tm_ONE',
    baseInstitutionId: 'in_TOWN',
    guidanceGroupId: 'gg_ONE',
    villageClinicId: 'in_CLINIC',
    packageCodes: ['ELDERLY', 'PUBLIC_HEALTH'],
    channel: 'APP' as const,
    confirmedAt: '2024-02-20T10:00:00+08:00',
    structureComplete: true,
    ...row,
  };
  await db.insert(serviceContracts).values([
    {
      ...contract,
      residentId: sampleResidents.wang,
      no: 1,
      status: 'RENEWED',
      signedOn: '2023-03-01',
      validFrom: '2023-03-01',
      validTo: '2024-02-29',
      packageCodes: ['PUBLIC_HEALTH'],
    },
    {
      ...contract,
      residentId: sampleResidents.wang,
      no: 2,
      status: 'ACTIVE',
      signedOn: '2024-02-20',
      validFrom: '2024-03-01',
      validTo: '2025-02-28',
      renewedFromNo: 1,
      terminatedOn: '2025-02-28',
      terminationReason: 'CHANGE',
    },
    {
      ...contract,
      residentId: sampleResidents.li,
      no: 1,
      status: 'TERMINATED',
      signedOn: '2024-01-05',
      validFrom: '2024-01-05',
      validTo: '2025-01-04',
      terminatedOn: '2024-06-30',
      packageCodes: ['PUBLIC_HEALTH'],
    },
  ]);
  await db.insert(contractEvents).values([
    { residentId: sampleResidents.wang, no: 1, contractNo: 2, to: 'PENDING_CONFIRM', at: '2024-02-20T10:00:00+08:00' },
    {
      residentId: sampleResidents.wang,
      no: 2,
      contractNo: 2,
      from: 'PENDING_CONFIRM',
      to: 'ACTIVE',
      at: '2024-03-01T00:00:00+08:00',
      byId: 'pr_DOCTOR',
      reason: 'START',
    },
  ]);
}

async function insertTasks(db: Db): Promise<void> {
  await db.insert(centralisedSessions).values({
    id: 'cs_ONE',
    institutionId: 'in_TOWN',
    regionCode: '320322100200',
    residentType: '1',
    start: '2024-06-03T08:00:00+08:00',
    end: '2024-06-03T12:00:00+08:00',
    capacity: 60,
    items: ['EX'],
    assigned: 1,
    served: 0,
    closedAt: '2024-06-03T12:10:00+08:00',
  });
  const task = {
    residentId: sampleResidents.wang,
    contractNo: 2,
    packageCode: 'ELDERLY',
    counted: true,
    mandatory: true,
    teamId: 'tm_ONE',
    institutionId: 'in_TOWN',
    ...row,
  };
  const quarter = { ...task, itemCode: 'BP', mode: 'INDIVIDUAL' as const };
  await db.insert(fulfilmentTasks).values([
    {
      ...task,
      no: 1,
      itemCode: 'EX',
      seq: 1,
      dueFrom: '2024-03-01',
      dueTo: '2025-02-28',
      mode: 'CENTRALISED',
      status: 'MISSED',
      sessionId: 'cs_ONE',
      counted: false,
    },
    {
      ...task,
      no: 2,
      itemCode: 'EX',
      seq: 1,
      dueFrom: '2024-06-03',
      dueTo: '2024-07-03',
      mode: 'TEAM',
      status: 'DONE',
      sessionId: 'cs_ONE',
      makeUpOfNo: 1,
      waivedReason: '—',
    },
    { ...quarter, no: 3, seq: 1, dueFrom: '2024-03-01', dueTo: '2024-05-30', status: 'MISSED' },
    { ...quarter, no: 4, seq: 2, dueFrom: '2024-05-31', dueTo: '2024-08-29', status: 'WAIVED' },
    { ...quarter, no: 5, seq: 3, dueFrom: '2024-08-30', dueTo: '2024-11-28', status: 'DONE' },
    { ...quarter, no: 6, seq: 4, dueFrom: '2024-11-29', dueTo: '2025-02-28', status: 'PLANNED' },
  ]);
  await db.insert(fulfilmentEvents).values({
    residentId: sampleResidents.wang,
    no: 1,
    taskNo: 2,
    at: '2024-06-20T09:30:00+08:00',
    byId: 'pr_DOCTOR',
    place: 'HOME',
    mode: 'TEAM',
    evidence: [{ kind: 'SIGNATURE', value: 'sha256:00' }],
    residentConfirmed: true,
    verified: true,
    measurement: { kind: 'SBP', value: '138', unit: 'mmHg', at: '2024-06-20T09:30:00+08:00', source: 'CLINIC' },
    encounterNo: 3,
  });
  await db.insert(teamIncentives).values({
    teamId: 'tm_ONE',
    period: '2024-Q1',
    prenatalSignings: 14,
    elderlySignings: 120,
    unit: '15.00',
    amount: '2010.00',
    paidOn: '2024-04-20',
  });
}
