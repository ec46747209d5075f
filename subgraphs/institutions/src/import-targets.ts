import {
  form,
  importColumns,
  type ImportTarget,
  type Inconsistency,
  periodFaults,
  required,
  type RowValues,
  type TextCheck,
  usccCheck,
} from '@hutong/kit';
import { allianceMemberships, alliances } from './tables/alliance.ts';
import { departments, institutions, regions } from './tables/place.ts';

/** Digits of a division code by level (VS-02). */
const codeLengths: Readonly<Record<string, number>> = { PROVINCE: 2, CITY: 4, COUNTY: 6, TOWNSHIP: 9, VILLAGE: 12 };

const anyDivision = [2, 4, 6, 9, 12];

const providerCode: TextCheck = {
  name: 'designated provider code',
  nameZh: '定点医药机构编码',
  normalize: (text) => text.toUpperCase(),
  valid: (text) => /^[HP]\d{11}$/.test(text),
};

const division = { ...required, reference: { table: regions, column: 'code' } };
const institution = { reference: { table: institutions, column: 'id' } };

/** Divisions 行政区划. */
const regionTarget: ImportTarget = {
  table: regions,
  type: 'Region',
  naturalKey: ['code'],
  columns: importColumns({
    code: form.division('区划代码', anyDivision, { ...required, aliases: ['区划代码', '代码'] }),
    name: form.text('名称', 100, required),
    nameEn: form.text('英文名称', 200),
    level: form.constant('层级', 'VS-02', required),
    parentCode: form.division('上级代码', anyDivision, {
      ...division,
      required: false,
      aliases: ['上级代码', '上级区划'],
    }),
    urbanRural: form.coded('城乡分类', 'URBAN-RURAL'),
    specialTypes: form.constant('特殊类型', 'VS-03', { type: 'list' }),
    areaKm2: form.decimal('面积'),
    longitude: form.decimal('经度'),
    latitude: form.decimal('纬度'),
  }),
  checkRow: divisionFaults,
  publicId: ({ code }) => String(code),
};

/** Institutions 医疗卫生机构, known again by their provider code. */
const institutionTarget: ImportTarget = {
  table: institutions,
  type: 'Institution',
  naturalKey: ['providerCode'],
  idPrefix: 'in',
  columns: importColumns({
    id: form.id('标识', 'in'),
    providerCode: form.text('定点医药机构编码', 12, { ...required, check: providerCode }),
    uscc: form.text('统一社会信用代码', 18, { check: usccCheck }),
    orgCode: form.text('卫生机构代码', 22),
    name: form.text('名称', 200, { ...required, aliases: ['名称', '机构名称'] }),
    shortName: form.text('简称', 100),
    class: form.coded('机构类别', 'VS-04', required),
    level: form.constant('级别', 'VS-05', required),
    grade: form.constant('等次', 'VS-06'),
    tier: form.choice('县乡村层级', ['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'], required),
    ownership: form.constant('举办主体', 'VS-07', required),
    nonProfit: form.yesNo('非营利', required),
    duties: form.constant('职责', 'VS-08', { ...required, type: 'list' }),
    regionCode: form.division('所在区划', anyDivision, division),
    address: form.text('地址', 300),
    longitude: form.decimal('经度'),
    latitude: form.decimal('纬度'),
    licenceNumber: form.text('执业许可证号', 60, { aliases: ['执业许可证号', '登记号'] }),
    licenceSubjects: form.coded('诊疗科目', 'TREATMENT-SUBJECT', { type: 'list' }),
    licenceValidFrom: form.date('许可证有效期起'),
    licenceValidTo: form.date('许可证有效期止'),
    licenceStatus: form.choice('许可证状态', ['VALID', 'SUSPENDED', 'REVOKED', 'EXPIRED']),
    strongCountyHospital: form.yesNo('县级强院达标'),
    capabilityGrade: form.coded('能力等级', 'CAPABILITY-GRADE'),
    integratedManagement: form.yesNo('乡村一体化管理', required),
    parentInstitutionId: form.id('隶属机构', 'in', institution),
    status: form.choice('状态', ['ACTIVE', 'SUSPENDED', 'CLOSED', 'MERGED'], required),
  }),
  tells: ['class', 'level', 'tier', 'regionCode', 'parentInstitutionId', 'status'],
  checkRow: ({ licenceValidFrom, licenceValidTo }) => periodFaults('licenceValidTo', licenceValidFrom, licenceValidTo),
};

/** Departments 科室, one per institution and subject. */
const departmentTarget: ImportTarget = {
  table: departments,
  type: 'Department',
  naturalKey: ['institutionId', 'subject'],
  idPrefix: 'de',
  columns: importColumns({
    id: form.id('标识', 'de'),
    institutionId: form.id('机构', 'in', { ...required, ...institution }),
    subject: form.coded('诊疗科目', 'TREATMENT-SUBJECT', required),
    name: form.text('科室名称', 100, required),
    specialty: form.coded('专业', 'VS-16', required),
  }),
};

/** County medical communities and other alliances 医共体、医联体; the file gives their identifiers. */
const allianceTarget: ImportTarget = {
  table: alliances,
  type: 'Alliance',
  naturalKey: ['id'],
  columns: importColumns({
    id: form.id('标识', 'al', required),
    name: form.text('名称', 200, required),
    kind: form.constant('类型', 'VS-09', required),
    tightness: form.constant('紧密程度', 'VS-09b', required),
    regionCode: form.division('所在区划', anyDivision, division),
    leadId: form.id('牵头机构', 'in', { ...required, ...institution }),
    internetPlus: form.yesNo('互联网+', required),
    peopleFlow: form.yesNo('人员下沉', required),
    resourceFlow: form.yesNo('资源下沉', required),
    careFlow: form.yesNo('服务下沉', required),
    charter: form.yesNo('有章程', required),
    memberInDecision: form.yesNo('成员参与决策', required),
    unifiedHr: form.yesNo('人事统一', required),
    unifiedFinance: form.yesNo('财务统一', required),
    unifiedBusiness: form.yesNo('业务统一', required),
    unifiedDrug: form.yesNo('药品统一', required),
    unifiedIt: form.yesNo('信息统一', required),
    establishedOn: form.date('成立日期', required),
    dissolvedOn: form.date('解散日期'),
  }),
  checkRow: ({ establishedOn, dissolvedOn }) => periodFaults('dissolvedOn', establishedOn, dissolvedOn),
};

/** Memberships of institutions in alliances 医共体成员关系. */
const membershipTarget: ImportTarget = {
  table: allianceMemberships,
  type: 'AllianceMembership',
  naturalKey: ['allianceId', 'institutionId', 'joinedOn'],
  idPrefix: 'am',
  columns: importColumns({
    id: form.id('标识', 'am'),
    allianceId: form.id('医共体', 'al', { ...required, reference: { table: alliances, column: 'id' } }),
    institutionId: form.id('机构', 'in', { ...required, ...institution }),
    tier: form.choice('县乡村层级', ['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'], required),
    role: form.choice('角色', ['LEAD', 'MEMBER', 'PUBLIC_HEALTH'], required),
    joinedOn: form.date('加入日期', required),
    leftOn: form.date('退出日期'),
    integratedFinance: form.yesNo('财务并表', required),
  }),
  tells: ['allianceId', 'institutionId', 'role', 'joinedOn', 'leftOn'],
  checkRow: ({ joinedOn, leftOn }) => periodFaults('leftOn', joinedOn, leftOn),
};

/** Tables of this subgraph that files can fill: `npm run import -- institutions/<name> FILE`. */
export function importTargets(): readonly ImportTarget[] {
  return [regionTarget, institutionTarget, departmentTarget, allianceTarget, membershipTarget];
}

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
