import {
  citizenNumberCheck,
  encodeOwnedId,
  form,
  healthRecordNoCheck,
  importColumns,
  type ImportRules,
  type ImportTarget,
  type Inconsistency,
  required,
  type RowValues,
} from '@hutong/kit';
import { citizenNumberFacts, isCitizenNumber } from '@hutong/schema';
import { divisions } from './tables/division.ts';
import { households } from './tables/household.ts';
import { healthRecords } from './tables/record.ts';
import { residents } from './tables/resident.ts';

const divisionTarget: ImportTarget = {
  table: divisions,
  type: 'Region',
  naturalKey: ['code'],
  columns: importColumns({
    code: form.division('区划代码', [2, 4, 6, 9, 12], { ...required, aliases: ['区划代码', '代码'] }),
    name: form.text('名称', 100, required),
  }),
  publicId: ({ code }) => String(code),
};

/** A village or community that the divisions know. */
const village = (header: string) =>
  form.division(header, [12], { ...required, reference: { table: divisions, column: 'code' } });

/** Households 家庭; the file gives their identifiers. They come before the residents that name them, so the head is not looked up. */
const householdTarget: ImportTarget = {
  table: households,
  type: 'Household',
  naturalKey: ['id'],
  columns: importColumns({
    id: form.id('家庭标识', 'hh', required),
    headId: form.id('户主', 'rs', required),
    regionCode: village('所在区划'),
    addressDetail: form.text('详细地址', 200),
    drinkingWater: form.choice('饮水', ['TAP', 'PURIFIED', 'WELL', 'SURFACE', 'OTHER']),
    toilet: form.choice('厕所', ['SANITARY', 'DRY', 'OTHER']),
    fuel: form.choice('燃料', ['GAS', 'ELECTRICITY', 'COAL', 'WOOD', 'OTHER']),
  }),
};

/** Residents are the same person again when the document number is: it is compared by its keyed hash. */
const residentTarget = (rules: ImportRules): ImportTarget => ({
  table: residents,
  type: 'Resident',
  naturalKey: ['idNumberHash'],
  idPrefix: 'rs',
  columns: importColumns({
    id: form.id('居民主索引', 'rs'),
    idNumber: form.text('证件号码', 18, {
      ...required,
      aliases: ['证件号码', '公民身份号码'],
      check: citizenNumberCheck(rules),
      hashColumn: 'idNumberHash',
    }),
    healthRecordNo: form.text('居民健康档案编号', 17, {
      aliases: ['居民健康档案编号', '档案编号'],
      check: healthRecordNoCheck,
      hashColumn: 'healthRecordNoHash',
    }),
    name: form.text('姓名', 50, required),
    sex: form.constant('性别', 'VS-01', required),
    birthDate: form.date('出生日期', required),
    ethnicity: form.coded('民族', 'VS-51'),
    marital: form.coded('婚姻状况', 'VS-52'),
    education: form.coded('文化程度', 'VS-60'),
    occupation: form.coded('职业', 'VS-61'),
    bloodType: form.coded('血型', 'VS-62'),
    rh: form.coded('Rh血型', 'VS-62b'),
    phone: form.text('电话', 30, { aliases: ['电话', '联系电话'] }),
    contactName: form.text('联系人姓名', 50),
    contactPhone: form.text('联系人电话', 30),
    registeredRegionCode: village('户籍区划'),
    registeredAddress: form.text('户籍地址', 200),
    regionCode: village('现住区划'),
    currentAddress: form.text('现住址', 200),
    residentType: form.coded('常住类型', 'RESIDENT-TYPE', required),
    householdId: form.id('家庭标识', 'hh', { reference: { table: households, column: 'id' } }),
    relationToHead: form.coded('与户主关系', 'VS-59'),
    servingInstitutionId: form.id('服务机构', 'in'),
    focusGroups: form.constant('重点人群', 'VS-33', { type: 'list' }),
    vulnerability: form.constant('弱势类别', 'VS-34', { type: 'list' }),
    disabilities: form.choice('残疾情况', ['VISION', 'HEARING', 'SPEECH', 'LIMB', 'INTELLECT', 'MENTAL'], {
      type: 'list',
    }),
    allergies: form.text('过敏史', 100, { type: 'list' }),
    status: form.choice('状态', ['ACTIVE', 'MOVED', 'DECEASED']),
    deathDate: form.date('死亡日期'),
    deathCause: form.coded('死因', 'ICD-10'),
  }),
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
  tells: ['regionCode', 'status'],
  checkRow: residentFaults,
});

/** Electronic health records 居民电子健康档案. */
const recordTarget: ImportTarget = {
  table: healthRecords,
  type: 'HealthRecord',
  naturalKey: ['residentId', 'no'],
  publicId: ({ residentId, no }) => encodeOwnedId('hr', String(residentId), Number(no)),
  residentId: ({ residentId }) => String(residentId),
  columns: importColumns({
    residentId: form.id('居民主索引', 'rs', { ...required, reference: { table: residents, column: 'id' } }),
    no: form.integer('档案序号', required),
    openedOn: form.date('建档日期', required),
    openedAtId: form.id('建档机构', 'in', required),
    responsibleDoctorId: form.id('责任医生', 'pr'),
    lastUpdatedAt: form.instant('最近更新时间', required),
    completeness: form.decimal('完整度'),
  }),
};

/** Tables of this subgraph that files can fill: `npm run import -- public-health/<table> FILE`. */
export function importTargets(rules: ImportRules): readonly ImportTarget[] {
  return [divisionTarget, householdTarget, residentTarget(rules), recordTarget];
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
  if (status === 'DECEASED' && typeof deathDate !== 'string') {
    faults.push({
      column: 'deathDate',
      reason: 'A resident with the status DECEASED has a date of death.',
      reasonZh: '状态为 DECEASED 的居民应有死亡日期。',
    });
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
