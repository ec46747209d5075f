import type { ContractFact, ResidentFact, ResidentHistory, ServicePackageFact } from '@hutong/synthetic';
import { addDays } from '../rules/contract-term.ts';
import type { contractEvents, serviceContracts, servicePackages } from '../tables/contract.ts';
import { oneOf } from './constants.ts';

const focusGroups = [
  'ELDERLY',
  'PREGNANT',
  'CHILD',
  'HYPERTENSION',
  'DIABETES',
  'TB',
  'MENTAL',
  'DISABLED',
  'LOW_INCOME',
  'FAMILY_PLANNING_SPECIAL',
  'STROKE',
] as const;

/** A service package with its items. */
export function packageRow(fact: ServicePackageFact, asOf: string): typeof servicePackages.$inferInsert {
  return {
    code: fact.code,
    kind: fact.kind,
    nameZh: fact.nameZh,
    nameEn: fact.nameEn,
    variant: fact.variant,
    targetGroups: fact.targetGroups.map((group) => oneOf(focusGroups, group)),
    items: fact.items.map((item) => ({ ...item })),
    validFrom: fact.validFrom,
    validTo: fact.validTo,
    updatedAt: asOf,
  };
}

/** The contracts of a resident. */
export function contractRows(
  resident: ResidentFact,
  { contracts }: ResidentHistory,
  asOf: string,
): (typeof serviceContracts.$inferInsert)[] {
  return contracts.map((fact) => ({
    residentId: resident.id,
    no: fact.no,
    scope: fact.scope,
    householdId: fact.scope === 'HOUSEHOLD' ? resident.household.id : null,
    familyDoctorId: fact.familyDoctorId,
    teamId: fact.teamId,
    baseInstitutionId: fact.baseInstitutionId,
    guidanceGroupId: fact.guidanceGroupId,
    villageClinicId: fact.villageClinicId,
    packageCodes: [...fact.packageCodes],
    status: fact.status,
    signedOn: fact.signedOn,
    validFrom: fact.validFrom,
    validTo: fact.validTo,
    channel: fact.channel,
    confirmedAt: `${fact.signedOn}T10:00:00+08:00`,
    renewedFromNo: fact.renewedFromNo,
    terminatedOn: fact.terminatedOn,
    terminationReason: fact.terminationReason,
    structureComplete: true,
    updatedAt: asOf,
  }));
}

/** The changes of status of a resident's contracts: signed, in force, ended (domain.md 3.8.1). */
export function contractEventRows(
  resident: ResidentFact,
  { contracts }: ResidentHistory,
): (typeof contractEvents.$inferInsert)[] {
  const events = contracts.flatMap((fact) => [
    { contractNo: fact.no, from: null, to: 'PENDING_CONFIRM' as const, at: `${fact.signedOn}T10:00:00+08:00` },
    {
      contractNo: fact.no,
      from: 'PENDING_CONFIRM' as const,
      to: 'ACTIVE' as const,
      at: fact.validFrom > fact.signedOn ? `${fact.validFrom}T00:00:00+08:00` : `${fact.signedOn}T10:30:00+08:00`,
    },
    ...endOf(fact),
  ]);
  return events.map((event, index) => ({ residentId: resident.id, no: index + 1, byId: null, reason: null, ...event }));
}

function endOf({ no, status, validTo, terminatedOn, terminationReason, familyDoctorId }: ContractFact) {
  const event = { contractNo: no, from: 'ACTIVE' as const };
  switch (status) {
    case 'ACTIVE':
      return [];
    case 'EXPIRED':
    case 'RENEWED':
      return [{ ...event, to: status, at: `${addDays(validTo, 1)}T00:00:00+08:00` }];
    case 'TERMINATED':
      return [
        {
          ...event,
          to: status,
          at: `${terminatedOn ?? validTo}T16:00:00+08:00`,
          byId: familyDoctorId,
          reason: terminationReason,
        },
      ];
  }
}
