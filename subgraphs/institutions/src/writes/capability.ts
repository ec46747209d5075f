import {
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectBetween,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { and, desc, eq } from 'drizzle-orm';
import type {
  AssessCapabilityInput,
  CapabilityAssessmentKind,
  UpsertCapabilityItemInput,
  UpsertEmergencyNodeInput,
} from '../schema-types.ts';
import { capabilityAssessments, capabilityItems, emergencyNodes } from '../tables/capability.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { openSharedCentre, openSpecialtyCentre } from './centres.ts';
import { expectOpen, regionsByCode, texts } from './checks.ts';
import { upsertDiseaseCatalogueItem } from './disease-catalogue.ts';
import { institutionChange } from './place-changes.ts';

/** Mutations of capability 服务能力, catalogue, centres and emergency network. */
export const capabilityWrites = (mutation: Mutation) => ({
  upsertCapabilityItem: mutation('upsertCapabilityItem', upsertCapabilityItem),
  assessCapability: mutation('assessCapability', assessCapability),
  upsertDiseaseCatalogueItem: mutation('upsertDiseaseCatalogueItem', upsertDiseaseCatalogueItem),
  openSpecialtyCentre: mutation('openSpecialtyCentre', openSpecialtyCentre),
  openSharedCentre: mutation('openSharedCentre', openSharedCentre),
  upsertEmergencyNode: mutation('upsertEmergencyNode', upsertEmergencyNode),
});

/** Adds or changes the item of a code (domain.md S1-25, S1-27); who asks at the same moment waits at the institution's row. */
async function upsertCapabilityItem(input: UpsertCapabilityItemInput, write: Write): Promise<Written> {
  const { institutionId, itemCode } = input;
  const institution = await lockById(write, institutions, institutionId, 'institutionId');
  const faults = createFaults();
  faults.expect(actsFor(write.caller, institutionId), 'FORBIDDEN', 'institutionId', texts.ownInstitution);
  expectOpen(faults, institution, 'institutionId');
  expectText(faults, itemCode, 'itemCode', 40);
  expectText(faults, input.name, 'name');
  expectBetween(faults, input.yearVolume, [0, 10_000_000], 'yearVolume');
  faults.expect(
    input.surgeryLevel === null || input.surgeryLevel === undefined || hasCode('VS-26', input.surgeryLevel),
    'VALIDATION_FAILED',
    'surgeryLevel',
    texts.unknownCode,
  );
  faults.throwIfAny();

  const [stored] = await write.tx
    .select({ id: capabilityItems.id, version: capabilityItems.version })
    .from(capabilityItems)
    .where(and(eq(capabilityItems.institutionId, institutionId), eq(capabilityItems.itemCode, itemCode)));
  const values = {
    area: input.area,
    name: input.name,
    surgeryLevel: input.surgeryLevel ?? null,
    available: input.available,
    yearVolume: input.yearVolume ?? null,
  };
  const payload = { institutionId, itemCode, available: input.available };
  if (stored === undefined) {
    const id = newId('ci');
    await write.tx
      .insert(capabilityItems)
      .values({ id, institutionId, itemCode, ...values, updatedAt: write.clock.instant });
    write.change({ type: 'CapabilityItem', id, kind: 'CREATED', payload: { ...payload, version: 1 } });
    return { id };
  }
  expectVersion(stored, input.version);
  const next = advanced(stored, write);
  await write.tx
    .update(capabilityItems)
    .set({ ...values, ...next })
    .where(eq(capabilityItems.id, stored.id));
  write.change({
    type: 'CapabilityItem',
    id: stored.id,
    kind: 'UPDATED',
    payload: { ...payload, version: next.version },
  });
  return { id: stored.id };
}

/** Records an assessment once for each kind and day; the newest says what grade the institution has (domain.md S1-5, S1-7). */
async function assessCapability(input: AssessCapabilityInput, write: Write): Promise<Written> {
  const { institutionId, kind, result, assessedOn } = input;
  const institution = await lockById(write, institutions, institutionId, 'institutionId');
  const faults = createFaults();
  faults.expect(governs(write.caller, institution.regionCode), 'FORBIDDEN', 'institutionId', texts.commission);
  expectOpen(faults, institution, 'institutionId');
  faults.expect(suits(kind, institution), 'VALIDATION_FAILED', 'kind', capabilityTexts.kind);
  expectText(faults, input.standardVersion, 'standardVersion', 40);
  expectBetween(
    faults,
    input.score === null || input.score === undefined ? null : Number(input.score),
    [0, 100],
    'score',
  );
  faults.expect(assessedOn <= write.clock.day, 'VALIDATION_FAILED', 'assessedOn', texts.future);
  faults.throwIfAny();

  const [last] = await write.tx
    .select({ assessedOn: capabilityAssessments.assessedOn })
    .from(capabilityAssessments)
    .where(and(eq(capabilityAssessments.institutionId, institutionId), eq(capabilityAssessments.kind, kind)))
    .orderBy(desc(capabilityAssessments.assessedOn))
    .limit(1);
  const repeated = await write.tx
    .select({ id: capabilityAssessments.id })
    .from(capabilityAssessments)
    .where(
      and(
        eq(capabilityAssessments.institutionId, institutionId),
        eq(capabilityAssessments.kind, kind),
        eq(capabilityAssessments.assessedOn, assessedOn),
      ),
    );
  faults.expect(repeated.length === 0, 'VALIDATION_FAILED', 'assessedOn', capabilityTexts.assessed);
  faults.throwIfAny();
  const id = newId('ca');
  await write.tx.insert(capabilityAssessments).values({
    id,
    institutionId,
    kind,
    standardVersion: input.standardVersion,
    score: input.score ?? null,
    result,
    assessedOn,
  });
  write.change({
    type: 'CapabilityAssessment',
    id,
    kind: 'CREATED',
    payload: { institutionId, kind, result, assessedOn },
  });
  if (last === undefined || last.assessedOn < assessedOn) await grade(institution, input, write);
  return { id };
}

/** Who may be assessed in what (domain.md S1-5, S1-7, S1-38). */
function suits(kind: CapabilityAssessmentKind, institution: InstitutionRow): boolean {
  switch (kind) {
    case 'QUALITY_PRIMARY':
      return institution.isPrimaryCare;
    case 'MODEL_VILLAGE_CLINIC':
      return institution.tier === 'VILLAGE';
    case 'LEVEL2B':
      return institution.tier === 'TOWNSHIP' || institution.tier === 'COUNTY';
    case 'STRONG_COUNTY':
      return institution.tier === 'COUNTY' && institution.class.startsWith('A');
  }
}

/** What the newest assessment says of the institution itself. */
async function grade(
  institution: InstitutionRow,
  { kind, result }: AssessCapabilityInput,
  write: Write,
): Promise<void> {
  const reached = result !== 'BELOW';
  const { strongCountyHospital, capabilityGrade } = institution;
  const graded = {
    strongCountyHospital: kind === 'STRONG_COUNTY' ? reached : strongCountyHospital,
    capabilityGrade: kind === 'LEVEL2B' ? level2b(capabilityGrade, reached) : capabilityGrade,
  };
  if (graded.strongCountyHospital === strongCountyHospital && graded.capabilityGrade === capabilityGrade) return;
  const next = advanced(institution, write);
  await write.tx
    .update(institutions)
    .set({ ...graded, ...next })
    .where(eq(institutions.id, institution.id));
  write.change(institutionChange('UPDATED', { ...institution, ...next }));
}

/** A higher grade stays; a failed assessment takes away just the grade it is about. */
function level2b(current: string | null, reached: boolean): string | null {
  if (reached) return current === null || current === 'LEVEL1A' ? 'LEVEL2B' : current;
  return current === 'LEVEL2B' ? null : current;
}

/** Adds or changes the node of an institution (domain.md S2-21). */
async function upsertEmergencyNode(input: UpsertEmergencyNodeInput, write: Write): Promise<Written> {
  expectSize(input.coverageCodes, MOST_ENTRIES, 'coverageCodes');
  const { institutionId, coverageCodes } = input;
  const institution = await lockById(write, institutions, institutionId, 'institutionId');
  const known = await regionsByCode(write, coverageCodes);
  const faults = createFaults();
  faults.expect(governs(write.caller, institution.regionCode), 'FORBIDDEN', 'institutionId', texts.commission);
  expectOpen(faults, institution, 'institutionId');
  expectBetween(faults, input.level, [1, 4], 'level');
  expectBetween(faults, input.ambulances, [0, 1000], 'ambulances');
  expectText(faults, input.duty, 'duty');
  faults.expect(coverageCodes.length > 0, 'VALIDATION_FAILED', 'coverageCodes', capabilityTexts.coverage);
  coverageCodes.forEach((code, index) => faults.expect(known.has(code), 'NOT_FOUND', `coverageCodes.${index}`));
  faults.throwIfAny();

  const [stored] = await write.tx
    .select({ id: emergencyNodes.id, version: emergencyNodes.version })
    .from(emergencyNodes)
    .where(eq(emergencyNodes.institutionId, institutionId));
  const values = {
    regionCode: institution.regionCode,
    level: input.level,
    duty: input.duty ?? null,
    ambulances: input.ambulances,
    coverageCodes: [...new Set(coverageCodes)],
  };
  const payload = { institutionId, level: input.level, ambulances: input.ambulances };
  if (stored === undefined) {
    const id = newId('no');
    await write.tx.insert(emergencyNodes).values({ id, institutionId, ...values, updatedAt: write.clock.instant });
    write.change({ type: 'EmergencyNode', id, kind: 'CREATED', payload: { ...payload, version: 1 } });
    return { id };
  }
  expectVersion(stored, input.version);
  const next = advanced(stored, write);
  await write.tx
    .update(emergencyNodes)
    .set({ ...values, ...next })
    .where(eq(emergencyNodes.id, stored.id));
  write.change({
    type: 'EmergencyNode',
    id: stored.id,
    kind: 'UPDATED',
    payload: { ...payload, version: next.version },
  });
  return { id: stored.id };
}

const capabilityTexts = {
  kind: { en: 'Institutions of this kind are not assessed so.', zh: '该类机构不适用此评价类型。' },
  assessed: { en: 'This assessment is recorded already.', zh: '该日同类评价已登记。' },
  coverage: { en: 'Name at least one division that it covers.', zh: '须至少填写一个覆盖区划。' },
};
