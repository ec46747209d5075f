import { type Write, type Written, createFaults, expectText, leads, lockById, newId } from '@hutong/kit';
import { and, eq } from 'drizzle-orm';
import { normaliseIcd10 } from '../rules/icd10.ts';
import type { UpsertDiseaseCatalogueItemInput } from '../schema-types.ts';
import { alliances } from '../tables/alliance.ts';
import { diseaseCatalogueItems } from '../tables/capability.ts';
import { expectStanding, texts } from './checks.ts';

/** Adds or changes the range that begins at a code; ranges of one level and version may not overlap (domain.md S1-28). */
export async function upsertDiseaseCatalogueItem(
  input: UpsertDiseaseCatalogueItemInput,
  write: Write,
): Promise<Written> {
  const { allianceId, level, catalogueVersion: version } = input;
  const alliance = await lockById(write, alliances, allianceId, 'allianceId');
  const range = { from: normaliseIcd10(input.icd10From), to: normaliseIcd10(input.icd10To) };
  const faults = createFaults();
  faults.expect(leads(write.caller, allianceId), 'FORBIDDEN', 'allianceId', catalogueTexts.leadOnly);
  expectStanding(faults, alliance, write.clock.day, 'allianceId');
  faults.expect(range.from !== undefined, 'VALIDATION_FAILED', 'icd10From', texts.unknownCode);
  faults.expect(range.to !== undefined, 'VALIDATION_FAILED', 'icd10To', texts.unknownCode);
  faults.expect(!isEmpty(range), 'VALIDATION_FAILED', 'icd10To', catalogueTexts.range);
  expectText(faults, input.severityLimit, 'severityLimit');
  expectText(faults, version, 'catalogueVersion', 40);
  faults.throwIfAny();

  const others = await write.tx
    .select()
    .from(diseaseCatalogueItems)
    .where(
      and(
        eq(diseaseCatalogueItems.allianceId, allianceId),
        eq(diseaseCatalogueItems.level, level),
        eq(diseaseCatalogueItems.version, version),
      ),
    );
  const stored = others.find((other) => normaliseIcd10(other.icd10From) === range.from);
  const crossed = others.some(
    (other) =>
      other !== stored && overlap(range, { from: normaliseIcd10(other.icd10From), to: normaliseIcd10(other.icd10To) }),
  );
  faults.expect(!crossed, 'VALIDATION_FAILED', 'icd10From', catalogueTexts.overlap);
  faults.throwIfAny();
  const values = {
    icd10To: input.icd10To.toUpperCase(),
    severityLimit: input.severityLimit ?? null,
    mandatory: input.mandatory,
    updatedAt: write.clock.instant,
  };
  const icd10From = stored?.icd10From ?? input.icd10From.toUpperCase();
  const id = stored?.id ?? newId('di');
  if (stored === undefined)
    await write.tx.insert(diseaseCatalogueItems).values({ id, allianceId, level, icd10From, version, ...values });
  else await write.tx.update(diseaseCatalogueItems).set(values).where(eq(diseaseCatalogueItems.id, id));
  write.change({
    type: 'DiseaseCatalogueItem',
    id,
    kind: stored === undefined ? 'CREATED' : 'UPDATED',
    payload: { allianceId, level, icd10From, icd10To: values.icd10To, mandatory: values.mandatory, version },
  });
  return { id };
}

interface BareRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** A range whose last code lies before its first: `I15` to `I10`. A category includes its codes. */
function isEmpty({ from, to }: BareRange): boolean {
  return from !== undefined && to !== undefined && from.slice(0, to.length) > to;
}

function overlap(one: BareRange, other: BareRange): boolean {
  return !isEmpty({ from: one.from, to: other.to }) && !isEmpty({ from: other.from, to: one.to });
}

const catalogueTexts = {
  leadOnly: { en: 'Only the administrators of the alliance may do this.', zh: '仅该医联体的管理者可执行此操作。' },
  range: { en: 'The last code lies before the first.', zh: '疾病编码止早于起。' },
  overlap: { en: 'The range overlaps another one of this level and version.', zh: '与同级同版本的其他条目范围重叠。' },
};
