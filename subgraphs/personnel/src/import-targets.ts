import {
  citizenNumberCheck,
  form,
  importColumns,
  type ImportRules,
  type ImportTarget,
  periodFaults,
  required,
  type TextCheck,
} from '@hutong/kit';
import { prescribingRight } from './rules/practice-registration.ts';
import { practitioners } from './tables/practitioner.ts';
import { familyDoctorTeams, teamMemberships, technicalGuidanceGroups } from './tables/team.ts';

const physicianCode: TextCheck = {
  name: 'insurance physician code',
  nameZh: '医保医师代码',
  normalize: (text) => text.toUpperCase(),
  valid: (text) => /^[DN]\d{12}$/.test(text),
};

/** Divisions of the county and below. */
const localDivision = [6, 9, 12];

/** Practitioners 医务人员, known again by their physician code. */
const practitionerTarget = (rules: ImportRules): ImportTarget => ({
  table: practitioners,
  type: 'Practitioner',
  naturalKey: ['physicianCode'],
  idPrefix: 'pr',
  defaults: { status: 'ACTIVE', primaryCareYears: '0.0' },
  columns: importColumns({
    id: form.id('标识', 'pr'),
    physicianCode: form.text('医保医师代码', 13, { ...required, check: physicianCode }),
    name: form.text('姓名', 50, required),
    sex: form.constant('性别', 'VS-01', required),
    birthDate: form.date('出生日期', required),
    idNumber: form.text('身份证号', 18, { check: citizenNumberCheck(rules), hashColumn: 'idNumberHash' }),
    category: form.constant('专业类别', 'VS-15', required),
    licenceNo: form.text('执业证书编号', 40),
    licenceKind: form.coded('执业类别', 'VS-15b'),
    licenceScope: form.coded('执业范围', 'VS-16'),
    licenceFirstRegisteredOn: form.date('首次注册日期'),
    licenceStatus: form.choice('证书状态', ['VALID', 'SUSPENDED', 'CANCELLED']),
    licenceAssessedUntil: form.date('考核有效期'),
    specialty: form.coded('专业', 'VS-16'),
    title: form.coded('专业技术职务', 'TITLE'),
    titleLevel: form.constant('职称级别', 'VS-53', required),
    education: form.coded('学历', 'VS-60'),
    primaryInstitutionId: form.id('主要执业机构', 'in', required),
    regionCode: form.division('区划代码', localDivision, required),
    townshipHospitalId: form.id('所属乡镇卫生院', 'in'),
    employmentKind: form.choice('用人方式', ['ESTABLISHED', 'POOL', 'CONTRACT', 'VILLAGE'], required),
    employmentHiredById: form.id('聘用单位', 'in', required),
    employmentUsedAtId: form.id('使用单位', 'in', required),
    employmentFrom: form.date('聘用日期', required),
    employmentTo: form.date('聘用截止'),
    primaryCareYears: form.decimal('连续基层服务年限'),
  }),
  tells: ['primaryInstitutionId', 'category', 'titleLevel'],
  tellsBesides: prescribingRight,
  checkRow: ({ employmentFrom, employmentTo }) => periodFaults('employmentTo', employmentFrom, employmentTo),
});

const practitioner = { ...required, reference: { table: practitioners, column: 'id' } };

/** Technical guidance groups 技术指导小组; the file gives their identifiers. */
const guidanceGroupTarget: ImportTarget = {
  table: technicalGuidanceGroups,
  type: 'TechnicalGuidanceGroup',
  naturalKey: ['id'],
  defaults: { departmentIds: [], specialistIds: [], assignedTownCodes: [] },
  columns: importColumns({
    id: form.id('标识', 'gg', required),
    name: form.text('小组名称', 100, required),
    institutionId: form.id('所在机构', 'in', required),
    regionCode: form.division('区划代码', localDivision, required),
    departmentIds: form.id('科室', 'de', { type: 'list' }),
    specialistIds: form.id('专家', 'pr', { type: 'list' }),
    contractOffice: form.text('签约办公室', 200, required),
    assignedTownCodes: form.division('对口乡镇', [9], { type: 'list' }),
    principle: form.choice('原则', ['PAIRED_AID', 'NEARBY'], required),
  }),
};

/** Family-doctor teams 家庭医生团队; the file gives their identifiers. */
const teamTarget: ImportTarget = {
  table: familyDoctorTeams,
  type: 'FamilyDoctorTeam',
  naturalKey: ['id'],
  columns: importColumns({
    id: form.id('标识', 'tm', required),
    name: form.text('团队名称', 100, required),
    institutionId: form.id('所在机构', 'in', required),
    regionCode: form.division('区划代码', localDivision, required),
    leaderId: form.id('团队长', 'pr', practitioner),
    guidanceGroupId: form.id('技术指导小组', 'gg', { reference: { table: technicalGuidanceGroups, column: 'id' } }),
    coverageCodes: form.division('服务区划', localDivision, { ...required, type: 'list' }),
    capacity: form.integer('服务容量', required),
  }),
};

/** Members of the teams 团队成员关系. */
const teamMembershipTarget: ImportTarget = {
  table: teamMemberships,
  type: 'TeamMembership',
  naturalKey: ['teamId', 'no'],
  columns: importColumns({
    teamId: form.id('团队', 'tm', { ...required, reference: { table: familyDoctorTeams, column: 'id' } }),
    no: form.integer('序号', required),
    practitionerId: form.id('成员', 'pr', practitioner),
    duty: form.constant('职责', 'VS-17', required),
    from: form.date('加入日期', required),
    to: form.date('退出日期'),
  }),
  checkRow: ({ from, to }) => periodFaults('to', from, to),
};

/** Tables of this subgraph that files can fill: `npm run import -- personnel/<table> FILE`. */
export function importTargets(rules: ImportRules): readonly ImportTarget[] {
  return [practitionerTarget(rules), guidanceGroupTarget, teamTarget, teamMembershipTarget];
}
