import type { InfectiousClass } from '../schema-types.ts';

/** Hours within which a case is reported, by class 传染病报告时限. */
const hours: Readonly<Record<InfectiousClass, number>> = { A: 2, B: 24, C: 24 };

/** Whether a case was reported in time, up to and including the limit. */
export function isTimelyReport(diseaseClass: InfectiousClass, diagnosedAt: string, reportedAt: string): boolean {
  return Date.parse(reportedAt) - Date.parse(diagnosedAt) <= hours[diseaseClass] * 3_600_000;
}

/** Whether a disease is of class A: plague 鼠疫 (A20) and cholera 霍乱 (A00), and no other. */
export function isClassA(disease: string): boolean {
  return /^A(00|20)/.test(disease);
}
