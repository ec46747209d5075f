import { citizenNumberCheck, type ImportTarget, type TextCheck } from '@hutong/kit';
import { practitioners } from './tables/practitioner.ts';

const physicianCode: TextCheck = {
  name: 'insurance physician code',
  nameZh: '医保医师代码',
  normalize: (text) => text.toUpperCase(),
  valid: (text) => /^[DN]\d{12}$/.test(text),
};

const divisionCode: TextCheck = {
  name: 'division code of 6, 9 or 12 digits',
  nameZh: '6、9 或 12 位区划代码',
  valid: (text) => /^\d{6}(\d{3}(\d{3})?)?$/.test(text),
};

const institutionId: TextCheck = {
  name: 'institution id',
  nameZh: '机构标识',
  valid: (text) => /^in_[0-9A-HJKMNP-TV-Z]{12}$/.test(text),
};

/** Practitioners 医务人员, known again by their physician code. */
const practitionerTarget: ImportTarget = {
  table: practitioners,
  type: 'Practitioner',
  naturalKey: ['physicianCode'],
  idPrefix: 'pr',
  defaults: { status: 'ACTIVE', primaryCareYears: '0.0' },
  columns: {
    physicianCode: {
      column: 'physicianCode',
      type: 'text',
      required: true,
      aliases: ['医保医师代码'],
      check: physicianCode,
    },
    name: { column: 'name', type: 'text', required: true, aliases: ['姓名'], maxLength: 50 },
    sex: { column: 'sex', type: 'text', required: true, aliases: ['性别'], valueSet: 'VS-01', storesConstant: true },
    birthDate: { column: 'birthDate', type: 'date', required: true, aliases: ['出生日期'] },
    idNumber: {
      column: 'idNumber',
      type: 'text',
      aliases: ['身份证号'],
      check: citizenNumberCheck({ allowSynthetic: true }),
    },
    category: {
      column: 'category',
      type: 'text',
      required: true,
      aliases: ['专业类别'],
      valueSet: 'VS-15',
      storesConstant: true,
    },
    licenceNo: { column: 'licenceNo', type: 'text', aliases: ['执业证书编号'], maxLength: 40 },
    licenceKind: { column: 'licenceKind', type: 'text', aliases: ['执业类别'], valueSet: 'VS-15b' },
    licenceScope: { column: 'licenceScope', type: 'text', aliases: ['执业范围'], valueSet: 'VS-16' },
    licenceFirstRegisteredOn: { column: 'licenceFirstRegisteredOn', type: 'date', aliases: ['首次注册日期'] },
    licenceStatus: {
      column: 'licenceStatus',
      type: 'text',
      aliases: ['证书状态'],
      oneOf: ['VALID', 'SUSPENDED', 'CANCELLED'],
    },
    licenceAssessedUntil: { column: 'licenceAssessedUntil', type: 'date', aliases: ['考核有效期'] },
    specialty: { column: 'specialty', type: 'text', aliases: ['专业'], valueSet: 'VS-16' },
    title: { column: 'title', type: 'text', aliases: ['专业技术职务'], valueSet: 'TITLE' },
    titleLevel: {
      column: 'titleLevel',
      type: 'text',
      required: true,
      aliases: ['职称级别'],
      valueSet: 'VS-53',
      storesConstant: true,
    },
    education: { column: 'education', type: 'text', aliases: ['学历'], valueSet: 'VS-60' },
    primaryInstitutionId: {
      column: 'primaryInstitutionId',
      type: 'text',
      required: true,
      aliases: ['主要执业机构'],
      check: institutionId,
    },
    regionCode: { column: 'regionCode', type: 'text', required: true, aliases: ['区划代码'], check: divisionCode },
    townshipHospitalId: {
      column: 'townshipHospitalId',
      type: 'text',
      aliases: ['所属乡镇卫生院'],
      check: institutionId,
    },
    employmentKind: {
      column: 'employmentKind',
      type: 'text',
      required: true,
      aliases: ['用人方式'],
      oneOf: ['ESTABLISHED', 'POOL', 'CONTRACT', 'VILLAGE'],
    },
    employmentHiredById: {
      column: 'employmentHiredById',
      type: 'text',
      required: true,
      aliases: ['聘用单位'],
      check: institutionId,
    },
    employmentUsedAtId: {
      column: 'employmentUsedAtId',
      type: 'text',
      required: true,
      aliases: ['使用单位'],
      check: institutionId,
    },
    employmentFrom: { column: 'employmentFrom', type: 'date', required: true, aliases: ['聘用日期'] },
    employmentTo: { column: 'employmentTo', type: 'date', aliases: ['聘用截止'] },
    primaryCareYears: { column: 'primaryCareYears', type: 'decimal', aliases: ['连续基层服务年限'] },
  },
  checkRow: ({ employmentFrom, employmentTo }) =>
    typeof employmentTo === 'string' && typeof employmentFrom === 'string' && employmentTo < employmentFrom
      ? [
          {
            column: 'employmentTo',
            reason: 'The employment ends before it begins.',
            reasonZh: '聘用截止日期早于聘用日期。',
          },
        ]
      : [],
};

/** Tables of this subgraph that files can fill. */
export const importTargets: readonly ImportTarget[] = [practitionerTarget];
