import type { DepartmentFact } from '../facts/places.ts';

/** 诊疗科目 with the specialty (VS-16) behind each. */
const DEPARTMENTS: readonly DepartmentFact[] = [
  { code: '01', name: '预防保健科', specialty: 'PUBLIC_HEALTH' },
  { code: '02', name: '全科医疗科', specialty: 'GP' },
  { code: '03', name: '内科', specialty: 'INTERNAL' },
  { code: '04', name: '外科', specialty: 'SURGERY' },
  { code: '05', name: '妇产科', specialty: 'OBGYN' },
  { code: '07', name: '儿科', specialty: 'PAEDIATRICS' },
  { code: '15', name: '精神科', specialty: 'MENTAL' },
  { code: '20', name: '急诊医学科', specialty: 'EMERGENCY' },
  { code: '21', name: '康复医学科', specialty: 'REHAB' },
  { code: '26', name: '麻醉科', specialty: 'ANAESTHESIA' },
  { code: '28', name: '重症医学科', specialty: 'ICU' },
  { code: '30', name: '医学检验科', specialty: 'LAB' },
  { code: '31', name: '病理科', specialty: 'PATHOLOGY' },
  { code: '32', name: '医学影像科', specialty: 'IMAGING' },
  { code: '50', name: '中医科', specialty: 'TCM' },
];

const HOSPITAL = ['03', '04', '05', '07', '15', '20', '21', '26', '28', '30', '31', '32', '50'];
const TOWNSHIP = ['01', '02', '03', '04', '05', '07', '21', '30', '32', '50'];
const MATERNAL = ['01', '05', '07', '30', '32'];

/** Departments of an institution by its class (VS-04). */
export function departmentsOf(institutionClass: string): DepartmentFact[] {
  const codes = codesOf(institutionClass);
  return DEPARTMENTS.filter((department) => codes.includes(department.code));
}

/** The code of the department of a specialty. */
export function departmentCodeOf(specialty: string): string {
  const department = DEPARTMENTS.find((one) => one.specialty === specialty);
  if (department === undefined) throw new RangeError(`No department of specialty ${specialty}`);
  return department.code;
}

function codesOf(institutionClass: string): readonly string[] {
  if (institutionClass === 'G100') return MATERNAL;
  if (institutionClass.startsWith('A')) return HOSPITAL;
  if (institutionClass === 'J100') return ['01', '30'];
  if (institutionClass.startsWith('D') || institutionClass === 'B200') return ['02', '50'];
  return TOWNSHIP;
}
