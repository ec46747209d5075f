import type { PostRole, PractitionerCategory, TitleLevel } from '../schema-types.ts';

/** Constants of VS-15 by their code. */
const categories: Readonly<Record<string, PractitionerCategory>> = {
  '11': 'PHYSICIAN',
  '12': 'ASSISTANT_PHYSICIAN',
  '13': 'TRAINEE_PHYSICIAN',
  '21': 'NURSE',
  '22': 'MIDWIFE',
  '31': 'WESTERN_PHARMACIST',
  '32': 'TCM_PHARMACIST',
  '41': 'LAB_TECHNICIAN',
  '42': 'IMAGING_TECHNICIAN',
  '43': 'REHAB_TECHNICIAN',
  '44': 'OTHER_TECHNICIAN',
  '50': 'HEALTH_SUPERVISOR',
  '60': 'VILLAGE_DOCTOR',
  '69': 'OTHER_HEALTH_TECHNICAL',
  '70': 'OTHER_TECHNICAL',
  '80': 'MANAGEMENT',
  '90': 'SUPPORT',
};

/** Constants of VS-53 by their code. */
const titleLevels: Readonly<Record<string, TitleLevel>> = {
  '1': 'SENIOR',
  '2': 'ASSOCIATE_SENIOR',
  '3': 'MID',
  '4': 'JUNIOR',
  '5': 'ENTRY',
  '9': 'NONE',
};

/** First two digits of the professional titles of GB/T 8561 by category. */
const titleSeries: Readonly<Record<string, string>> = {
  '11': '23',
  '12': '23',
  '60': '23',
  '21': '25',
  '22': '25',
  '31': '24',
  '32': '24',
  '41': '26',
  '42': '26',
  '43': '26',
  '44': '26',
};

const postRoles: Readonly<Record<string, PostRole>> = {
  PHYSICIAN: 'CLINICAL',
  ASSISTANT_PHYSICIAN: 'CLINICAL',
  VILLAGE_DOCTOR: 'CLINICAL',
  NURSE: 'NURSING',
  MIDWIFE: 'NURSING',
  PHARMACIST: 'PHARMACY',
  TECHNICIAN: 'TECHNICAL',
  PUBLIC_HEALTH_DUTY: 'PUBLIC_HEALTH',
  MANAGER: 'MANAGEMENT',
  IT_STAFF: 'IT',
};

/** Category of a VS-15 code. */
export function categoryOf(code: string): PractitionerCategory {
  return required(categories[code], `VS-15 ${code}`);
}

/** Level of a VS-53 code. */
export function titleLevelOf(code: string): TitleLevel {
  return required(titleLevels[code], `VS-53 ${code}`);
}

/** Professional title of GB/T 8561 for a category and level; null for those who hold none. */
export function titleOf(category: string, level: string): string | null {
  const series = titleSeries[category];
  return series === undefined || level === '9' ? null : `${series}${level}`;
}

/** Role of a post; people outside the clinical trades are support staff. */
export function postRoleOf(role: string): PostRole {
  return postRoles[role] ?? 'SUPPORT';
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new TypeError(`the facts hold ${what}, which no constant stands for`);
  return value;
}
