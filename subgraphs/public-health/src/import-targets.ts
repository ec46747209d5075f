import {
  citizenNumberCheck,
  healthRecordNoCheck,
  type ImportColumn,
  type ImportTarget,
  type Inconsistency,
  type RowValues,
  type TextCheck,
} from '@hutong/kit';
import { citizenNumberFacts, isCitizenNumber } from '@hutong/schema';
import { divisions } from './tables/division.ts';
import { households } from './tables/household.ts';
import { residents } from './tables/resident.ts';

const divisionTarget: ImportTarget = {
  table: divisions,
  type: 'Region',
  naturalKey: ['code'],
  columns: {
    code: { column: 'code', type: 'text', required: true, aliases: ['区划代码', '代码'], check: divisionCode(2, 12) },
    name: { column: 'name', type: 'text', required: true, aliases: ['名称'], maxLength: 100 },
  },
  publicId: ({ code }) => String(code),
};

/** A village or community that the divisions know. */
const village = (column: string, aliases: readonly string[], required: boolean): ImportColumn => ({
  column,
  type: 'text',
  required,
  aliases,
  check: divisionCode(12, 12),
  reference: { table: divisions, column: 'code' },
});

const text = (column: string, aliases: readonly string[], maxLength: number): ImportColumn => ({
  column,
  type: 'text',
  aliases,
  maxLength,
});

const coded = (column: string, aliases: readonly string[], valueSet: string): ImportColumn => ({
  column,
  type: 'text',
  aliases,
  valueSet,
});

/** Residents are the same person again when the document number is: it is compared by its keyed hash. */
const residentTarget: ImportTarget = {
  table: residents,
  type: 'Resident',
  naturalKey: ['idNumberHash'],
  idPrefix: 'rs',
  columns: {
    idNumber: {
      column: 'idNumber',
      type: 'text',
      required: true,
      aliases: ['证件号码', '公民身份号码'],
      check: citizenNumberCheck({ allowSynthetic: true }),
      hashColumn: 'idNumberHash',
    },
    healthRecordNo: {
      column: 'healthRecordNo',
      type: 'text',
      aliases: ['居民健康档案编号', '档案编号'],
      check: healthRecordNoCheck,
    },
    name: { ...text('name', ['姓名'], 50), required: true },
    sex: {
      column: 'sex',
      type: 'text',
      required: true,
      aliases: ['性别'],
      valueSet: 'VS-01',
      storesConstant: true,
    },
    birthDate: { column: 'birthDate', type: 'date', required: true, aliases: ['出生日期'] },
    ethnicity: coded('ethnicity', ['民族'], 'VS-51'),
    marital: coded('marital', ['婚姻状况'], 'VS-52'),
    education: coded('education', ['文化程度'], 'VS-60'),
    occupation: coded('occupation', ['职业'], 'VS-61'),
    bloodType: coded('bloodType', ['血型'], 'VS-62'),
    rh: coded('rh', ['Rh血型'], 'VS-62b'),
    phone: text('phone', ['电话', '联系电话'], 30),
    contactName: text('contactName', ['联系人姓名'], 50),
    contactPhone: text('contactPhone', ['联系人电话'], 30),
    registeredRegionCode: village('registeredRegionCode', ['户籍区划'], true),
    registeredAddress: text('registeredAddress', ['户籍地址'], 200),
    regionCode: village('regionCode', ['现住区划'], true),
    currentAddress: text('currentAddress', ['现住址'], 200),
    residentType: { ...coded('residentType', ['常住类型'], 'RESIDENT-TYPE'), required: true },
    householdId: {
      column: 'householdId',
      type: 'text',
      aliases: ['家庭标识'],
      reference: { table: households, column: 'id' },
    },
    relationToHead: coded('relationToHead', ['与户主关系'], 'VS-59'),
    servingInstitutionId: text('servingInstitutionId', ['服务机构'], 20),
    focusGroups: {
      column: 'focusGroups',
      type: 'list',
      aliases: ['重点人群'],
      valueSet: 'VS-33',
      storesConstant: true,
    },
    vulnerability: {
      column: 'vulnerability',
      type: 'list',
      aliases: ['弱势类别'],
      valueSet: 'VS-34',
      storesConstant: true,
    },
    disabilities: {
      column: 'disabilities',
      type: 'list',
      aliases: ['残疾情况'],
      oneOf: ['VISION', 'HEARING', 'SPEECH', 'LIMB', 'INTELLECT', 'MENTAL'],
    },
    allergies: { column: 'allergies', type: 'list', aliases: ['过敏史'] },
    status: { column: 'status', type: 'text', aliases: ['状态'], oneOf: ['ACTIVE', 'MOVED', 'DECEASED'] },
    deathDate: { column: 'deathDate', type: 'date', aliases: ['死亡日期'] },
    deathCause: coded('deathCause', ['死因'], 'ICD-10'),
  },
  defaults: {
    test: false,
    idType: 'RESIDENT_ID',
    allergies: [],
    histories: [],
    disabilities: [],
    vulnerability: [],
    inCareHome: false,
    focusGroups: [],
    status: 'ACTIVE',
  },
  residentId: ({ id }) => (typeof id === 'string' ? id : null),
  checkRow: residentFaults,
};

/** Tables of this subgraph that files can fill: `npm run import -- public-health/<table> FILE`. */
export const importTargets: readonly ImportTarget[] = [divisionTarget, residentTarget];

/** A division code of so many digits (GB/T 2260 and the statistical codes below it). */
function divisionCode(shortest: number, longest: number): TextCheck {
  const lengths = [2, 4, 6, 9, 12].filter((length) => length >= shortest && length <= longest);
  return {
    name: `division code of ${lengths.join(', ')} digits (GB/T 2260)`,
    nameZh: `${lengths.join('、')} 位区划代码（GB/T 2260）`,
    valid: (code) => /^\d+$/.test(code) && lengths.includes(code.length),
  };
}

/** The citizen number says when the person was born and of which sex; a death date needs the status, and the other way round. */
function residentFaults({ idNumber, birthDate, sex, status, deathDate }: RowValues): readonly Inconsistency[] {
  const faults: Inconsistency[] = [];
  if (typeof idNumber === 'string' && isCitizenNumber(idNumber)) {
    const facts = citizenNumberFacts(idNumber);
    if (facts.birthDate !== birthDate) {
      faults.push({
        column: 'birthDate',
        reason: 'The date of birth is not the one in the citizen number.',
        reasonZh: '出生日期与公民身份号码不一致。',
      });
    }
    if (facts.sex !== sex) {
      faults.push({
        column: 'sex',
        reason: 'The sex is not the one in the citizen number.',
        reasonZh: '性别与公民身份号码不一致。',
      });
    }
  }
  if (typeof deathDate === 'string' && status !== 'DECEASED') {
    faults.push({
      column: 'status',
      reason: 'A resident with a date of death has the status DECEASED.',
      reasonZh: '有死亡日期的居民状态应为 DECEASED。',
    });
  }
  return faults;
}
