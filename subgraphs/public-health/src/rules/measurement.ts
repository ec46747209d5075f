import type { MeasurementKind } from '../schema-types.ts';

/** Unit, and the least and greatest value that a living person can have. */
export const measurementForms: Readonly<
  Record<MeasurementKind, { readonly unit: string; readonly range: readonly [number, number] }>
> = {
  SBP: { unit: 'mmHg', range: [40, 300] },
  DBP: { unit: 'mmHg', range: [20, 200] },
  FBG: { unit: 'mmol/L', range: [0.5, 50] },
  RBG: { unit: 'mmol/L', range: [0.5, 60] },
  HbA1c: { unit: '%', range: [2, 20] },
  WEIGHT: { unit: 'kg', range: [0.3, 400] },
  HEIGHT: { unit: 'cm', range: [20, 260] },
  BMI: { unit: 'kg/m2', range: [5, 100] },
  HR: { unit: '/min', range: [20, 300] },
};

/** A reading as it is given. */
export interface GivenReading {
  readonly kind: MeasurementKind;
  readonly value: string;
}

/** Whether a value is plausible: inside its range, at most two decimals, whole where a pressure or a rate is counted. */
export function isPlausible({ kind, value }: GivenReading): boolean {
  const [least, most] = measurementForms[kind].range;
  const form = kind === 'SBP' || kind === 'DBP' || kind === 'HR' ? /^\d+$/ : /^\d+(\.\d{1,2})?$/;
  return form.test(value) && Number(value) >= least && Number(value) <= most;
}

/** The value of a kind among readings. */
export function valueOf(readings: readonly GivenReading[], kind: MeasurementKind): string | null {
  return readings.find((one) => one.kind === kind)?.value ?? null;
}

/** Whether a pressure is one: both values or none, the lower one below the upper one. */
export function isPressure(readings: readonly GivenReading[]): boolean {
  const [sbp, dbp] = [valueOf(readings, 'SBP'), valueOf(readings, 'DBP')];
  return (sbp === null) === (dbp === null) && (sbp === null || Number(dbp) < Number(sbp));
}
