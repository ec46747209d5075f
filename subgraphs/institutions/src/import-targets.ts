import { type ImportTarget, type Inconsistency, type RowValues, type TextCheck, usccCheck } from '@hutong/kit';
import { institutions, regions } from './tables/place.ts';

/** Digits of a division code by level (VS-02). */
const codeLengths: Readonly<Record<string, number>> = { PROVINCE: 2, CITY: 4, COUNTY: 6, TOWNSHIP: 9, VILLAGE: 12 };

const divisionCode: TextCheck = {
  name: 'division code (GB/T 2260)',
  nameZh: '区划代码（GB/T 2260）',
  valid: (text) => /^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(text),
};

const providerCode: TextCheck = {
  name: 'designated provider code',
  nameZh: '定点医药机构编码',
  normalize: (text) => text.toUpperCase(),
  valid: (text) => /^[HP]\d{11}$/.test(text),
};

const regionTarget: ImportTarget = {
  table: regions,
  type: 'Region',
  naturalKey: ['code'],
  columns: {
    code: { column: 'code', type: 'text', required: true, aliases: ['区划代码', '代码'], check: divisionCode },
    name: { column: 'name', type: 'text', required: true, aliases: ['名称'], maxLength: 100 },
    nameEn: { column: 'nameEn', type: 'text', aliases: ['英文名称'], maxLength: 200 },
    level: {
      column: 'level',
      type: 'text',
      required: true,
      aliases: ['层级'],
      valueSet: 'VS-02',
      storesConstant: true,
    },
    parentCode: {
      column: 'parentCode',
      type: 'text',
      aliases: ['上级代码', '上级区划'],
      check: divisionCode,
      reference: { table: regions, column: 'code' },
    },
    urbanRural: { column: 'urbanRural', type: 'text', aliases: ['城乡分类'], valueSet: 'URBAN-RURAL' },
    specialTypes: {
      column: 'specialTypes',
      type: 'list',
      aliases: ['特殊类型'],
      valueSet: 'VS-03',
      storesConstant: true,
    },
    areaKm2: { column: 'areaKm2', type: 'decimal', aliases: ['面积'] },
  },
  checkRow: divisionFaults,
  publicId: ({ code }) => String(code),
};

const institutionTarget: ImportTarget = {
  table: institutions,
  type: 'Institution',
  naturalKey: ['providerCode'],
  idPrefix: 'in',
  columns: {
    providerCode: {
      column: 'providerCode',
      type: 'text',
      required: true,
      aliases: ['定点医药机构编码'],
      check: providerCode,
    },
    uscc: { column: 'uscc', type: 'text', aliases: ['统一社会信用代码'], check: usccCheck },
    orgCode: { column: 'orgCode', type: 'text', aliases: ['卫生机构代码'], maxLength: 22 },
    name: { column: 'name', type: 'text', required: true, aliases: ['名称', '机构名称'], maxLength: 200 },
    shortName: { column: 'shortName', type: 'text', aliases: ['简称'], maxLength: 100 },
    class: { column: 'class', type: 'text', required: true, aliases: ['机构类别'], valueSet: 'VS-04' },
    level: {
      column: 'level',
      type: 'text',
      required: true,
      aliases: ['级别'],
      valueSet: 'VS-05',
      storesConstant: true,
    },
    grade: { column: 'grade', type: 'text', aliases: ['等次'], valueSet: 'VS-06', storesConstant: true },
    tier: {
      column: 'tier',
      type: 'text',
      required: true,
      aliases: ['县乡村层级'],
      oneOf: ['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'],
    },
    ownership: {
      column: 'ownership',
      type: 'text',
      required: true,
      aliases: ['举办主体'],
      valueSet: 'VS-07',
      storesConstant: true,
    },
    nonProfit: { column: 'nonProfit', type: 'boolean', required: true, aliases: ['非营利'] },
    duties: {
      column: 'duties',
      type: 'list',
      required: true,
      aliases: ['职责'],
      valueSet: 'VS-08',
      storesConstant: true,
    },
    regionCode: {
      column: 'regionCode',
      type: 'text',
      required: true,
      aliases: ['所在区划'],
      check: divisionCode,
      reference: { table: regions, column: 'code' },
    },
    address: { column: 'address', type: 'text', aliases: ['地址'], maxLength: 300 },
    longitude: { column: 'longitude', type: 'decimal', aliases: ['经度'] },
    latitude: { column: 'latitude', type: 'decimal', aliases: ['纬度'] },
    licenceNumber: { column: 'licenceNumber', type: 'text', aliases: ['执业许可证号', '登记号'], maxLength: 60 },
    licenceSubjects: {
      column: 'licenceSubjects',
      type: 'list',
      aliases: ['诊疗科目'],
      valueSet: 'TREATMENT-SUBJECT',
    },
    licenceValidFrom: { column: 'licenceValidFrom', type: 'date', aliases: ['许可证有效期起'] },
    licenceValidTo: { column: 'licenceValidTo', type: 'date', aliases: ['许可证有效期止'] },
    licenceStatus: {
      column: 'licenceStatus',
      type: 'text',
      aliases: ['许可证状态'],
      oneOf: ['VALID', 'SUSPENDED', 'REVOKED', 'EXPIRED'],
    },
    strongCountyHospital: { column: 'strongCountyHospital', type: 'boolean', aliases: ['县级强院达标'] },
    capabilityGrade: { column: 'capabilityGrade', type: 'text', aliases: ['能力等级'], valueSet: 'CAPABILITY-GRADE' },
    integratedManagement: {
      column: 'integratedManagement',
      type: 'boolean',
      required: true,
      aliases: ['乡村一体化管理'],
    },
    parentInstitutionId: {
      column: 'parentInstitutionId',
      type: 'text',
      aliases: ['隶属机构'],
      reference: { table: institutions, column: 'id' },
    },
    status: {
      column: 'status',
      type: 'text',
      required: true,
      aliases: ['状态'],
      oneOf: ['ACTIVE', 'SUSPENDED', 'CLOSED', 'MERGED'],
    },
  },
  checkRow: licenceFaults,
};

/** Tables of this subgraph that files can fill: `npm run import -- institutions/<name> FILE`. */
export const importTargets: readonly ImportTarget[] = [regionTarget, institutionTarget];

/** A division's code has the digits of its level and begins with its parent's. */
function divisionFaults({ code, level, parentCode }: RowValues): readonly Inconsistency[] {
  const faults: Inconsistency[] = [];
  const digits = codeLengths[String(level)];
  if (digits !== undefined && String(code).length !== digits) {
    faults.push({
      column: 'level',
      reason: `A division of level ${String(level)} has a code of ${digits} digits.`,
      reasonZh: `层级 ${String(level)} 的区划代码应为 ${digits} 位。`,
    });
  }
  if (typeof parentCode === 'string' && !(parentCode !== code && String(code).startsWith(parentCode))) {
    faults.push({
      column: 'parentCode',
      reason: 'The code of a division begins with the code of the division above it.',
      reasonZh: '区划代码应以上级区划代码开头。',
    });
  }
  return faults;
}

/** A licence does not end before it begins. */
function licenceFaults({ licenceValidFrom, licenceValidTo }: RowValues): readonly Inconsistency[] {
  if (typeof licenceValidFrom !== 'string' || typeof licenceValidTo !== 'string') return [];
  if (licenceValidFrom <= licenceValidTo) return [];
  return [
    {
      column: 'licenceValidTo',
      reason: 'The licence ends before it begins.',
      reasonZh: '许可证有效期止早于有效期起。',
    },
  ];
}
