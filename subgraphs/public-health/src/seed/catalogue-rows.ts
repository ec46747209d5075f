import { readFileSync } from 'node:fs';
import { stableId } from '@hutong/kit';
import type { IndicatorDimension, IndicatorDirection, TargetOperator } from '../schema-types.ts';
import type {
  evaluationScales,
  evaluationWeights,
  indicatorDefinitions,
  indicatorTargets,
} from '../tables/evaluation.ts';
import type { gradeFactors } from '../tables/fund.ts';

type Definition = typeof indicatorDefinitions.$inferInsert;
type Target = typeof indicatorTargets.$inferInsert;

/** The indicator catalogue of domain.md §4, in its order. */
export function indicatorRows(): Definition[] {
  const text = readFileSync(new URL('../../data/indicator-catalogue.json', import.meta.url), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the file is ours and a test holds it against the table.
  const definitions = JSON.parse(text) as readonly Omit<Definition, 'position'>[];
  return definitions.map((definition, index) => ({ ...definition, position: index + 1 }));
}

/** Targets of a region for a year: those of the catalogue that are a number. */
export function targetRows(
  definitions: readonly Definition[],
  { regionCode, year, updatedAt }: { readonly regionCode: string; readonly year: number; readonly updatedAt: string },
): Target[] {
  return definitions.flatMap((definition): Target[] => {
    const target = numericTarget(definition);
    if (target === undefined || !isForRegion(definition.dimensions)) return [];
    return [
      {
        id: stableId('it', definition.code, regionCode, year),
        indicatorCode: definition.code,
        subjectType: 'REGION',
        subjectId: regionCode,
        year,
        ...target,
        source: definition.source,
        updatedAt,
      },
    ];
  });
}

const operators: Readonly<Record<string, TargetOperator>> = { '≥': 'GE', '>': 'GT', '≤': 'LE', '<': 'LT' };
const operatorOf: Readonly<Record<IndicatorDirection, TargetOperator>> = { HIGHER: 'GE', LOWER: 'LE', WATCH: 'EQ' };

/** `≥ 65 (2022 Ningbo)` → GE 65; a wording without a number is no target of a year. */
function numericTarget({ target, direction }: Definition): Pick<Target, 'operator' | 'value'> | undefined {
  const match = /(?:^|pd |≥ |> |≤ |< )(≥|>|≤|<)?\s*(\d+(?:\.\d+)?)/.exec(target ?? '');
  const value = match?.[2];
  if (value === undefined) return undefined;
  const sign = /[≥>≤<]/.exec(target ?? '')?.[0];
  return { operator: (sign === undefined ? undefined : operators[sign]) ?? operatorOf[direction], value };
}

function isForRegion(dimensions: readonly IndicatorDimension[] | null): boolean {
  return dimensions?.includes('REGION') ?? false;
}

/** What grades are worth when funds are shared out [pd], in force from a year on (domain.md 3.16). */
export function gradeFactorRows(year: number): (typeof gradeFactors.$inferInsert)[] {
  return [
    { grade: 'A', year, factor: '1.10' },
    { grade: 'B', year, factor: '1.00' },
    { grade: 'C', year, factor: '0.90' },
    { grade: 'D', year, factor: '0.80' },
    { grade: 'E', year, factor: '0.70' },
  ];
}

/** Weights of the dimensions [pd], in force from a year on (domain.md 3.15.3). */
export function weightRows(year: number): (typeof evaluationWeights.$inferInsert)[] {
  return [
    { dimension: 'CAPABILITY', year, weight: '0.40' },
    { dimension: 'HEALTH', year, weight: '0.35' },
    { dimension: 'SATISFACTION', year, weight: '0.25' },
    { scheme: 'CONTRACT_SERVICE', dimension: 'CAPABILITY', year, weight: '0.60' },
    { scheme: 'CONTRACT_SERVICE', dimension: 'SATISFACTION', year, weight: '0.40' },
  ];
}

/** Scales of the indicators of an evaluation [pd], in force from a year on (domain.md 3.15.1). */
export function scaleRows(year: number): (typeof evaluationScales.$inferInsert)[] {
  const service = { year, scheme: 'CONTRACT_SERVICE' as const };
  return [
    { year, dimension: 'CAPABILITY', code: 'CAPABILITY', floor: '0', target: '100', weight: '0.60' },
    { year, dimension: 'CAPABILITY', code: 'C-04', floor: '0', target: '1', weight: '0.20' },
    { year, dimension: 'CAPABILITY', code: 'I-08', floor: '3000', target: '500', weight: '0.20' },
    { year, dimension: 'HEALTH', code: 'P-03', floor: '40', target: '80', weight: '0.20' },
    { year, dimension: 'HEALTH', code: 'P-05', floor: '50', target: '80', weight: '0.20' },
    { year, dimension: 'HEALTH', code: 'P-06', floor: '30', target: '70', weight: '0.20' },
    { year, dimension: 'HEALTH', code: 'P-07', floor: '50', target: '80', weight: '0.20' },
    { year, dimension: 'HEALTH', code: 'P-08', floor: '30', target: '65', weight: '0.20' },
    { year, dimension: 'SATISFACTION', code: 'F-06', floor: '60', target: '95', weight: '0.70' },
    { year, dimension: 'SATISFACTION', code: 'S-05', floor: '50', target: '100', weight: '0.30' },
    { ...service, dimension: 'CAPABILITY', code: 'F-04', floor: '60', target: '95', weight: '0.60' },
    { ...service, dimension: 'CAPABILITY', code: 'F-03', floor: '50', target: '90', weight: '0.40' },
    { ...service, dimension: 'SATISFACTION', code: 'F-06', floor: '60', target: '95', weight: '1' },
  ];
}
