import {
  encodeOwnedId,
  form,
  importColumns,
  type ImportTarget,
  type Inconsistency,
  periodFaults,
  required,
  type TextCheck,
} from '@hutong/kit';
import { coverages } from './tables/coverage.ts';
import { benefitPlans, benefitRules } from './tables/policy.ts';

const personNo: TextCheck = {
  name: 'person number of the medical insurance, 10 to 30 digits and capital letters',
  nameZh: '医保人员编号（10 至 30 位数字或大写字母）',
  valid: (text) => /^[0-9A-Z]{10,30}$/.test(text),
};

const planKey: TextCheck = {
  name: 'key of a benefit plan: its code, a slash, and the year',
  nameZh: '待遇政策标识（政策代码/年度）',
  valid: (text) => /^[\w-]+\/\d{4}$/.test(text),
};

const homeDivision = [4, 6, 9];
const plan = { ...required, reference: { table: benefitPlans, column: 'key' } };

/** Benefit plans 待遇政策: coverages name one, so they come first. */
const planTarget: ImportTarget = {
  table: benefitPlans,
  type: 'BenefitPlan',
  naturalKey: ['key'],
  publicId: ({ key }) => String(key),
  columns: importColumns({
    key: form.text('政策标识', 60, { ...required, check: planKey }),
    code: form.text('政策代码', 50, required),
    year: form.integer('年度', required),
    name: form.text('政策名称', 200, required),
    scheme: form.constant('险种', 'VS-32', required),
    regionCode: form.division('统筹区', homeDivision, required),
    caps: form.json('封顶线', required),
    retired: form.json('退休人员加成'),
    outpatientYearlyDeductible: form.decimal('门诊年度起付线', required),
    catastrophic: form.json('大病保险待遇', required),
    assistanceRatio: form.decimal('医疗救助比例', required),
  }),
  checkRow: ({ key, code, year, caps, retired, catastrophic }) => [
    ...(key === `${String(code)}/${String(year)}`
      ? []
      : [{ column: 'key', reason: 'The key is not code/year.', reasonZh: '政策标识应为 政策代码/年度。' }]),
    ...amountFaults('caps', caps, ['inpatient', 'outpatient', 'contractIncrease']),
    ...(retired === null || retired === undefined
      ? []
      : amountFaults('retired', retired, ['inpatientPlus', 'inpatientMax', 'outpatientPlus'])),
    ...amountFaults('catastrophic', catastrophic, [
      'start',
      'startAssisted',
      'band',
      'ratio',
      'ratioBeyond',
      'assistedPlus',
    ]),
  ],
};

/** Benefit rules 待遇规则 of the plans; the file gives their identifiers. */
const ruleTarget: ImportTarget = {
  table: benefitRules,
  type: 'BenefitRule',
  naturalKey: ['id'],
  columns: importColumns({
    id: form.id('标识', 'br', required),
    planKey: form.text('待遇政策', 60, { ...plan, check: planKey }),
    medicalCategory: form.choice('医疗类别', ['OUTPATIENT', 'TWO_DISEASE', 'INPATIENT'], required),
    level: form.choice('机构层级', ['V', 'T', 'C', 'M', 'O'], required),
    deductible: form.decimal('起付线', required),
    ratio: form.decimal('支付比例', required),
    ratioWithContract: form.decimal('签约支付比例'),
    annualCap: form.decimal('年度限额'),
    noReferralPenalty: form.decimal('未转诊下调'),
    repeatFactor: form.decimal('再次住院系数'),
  }),
};

/** Coverages 参保, known again by the resident and the number of the coverage. */
const coverageTarget: ImportTarget = {
  table: coverages,
  type: 'Coverage',
  naturalKey: ['residentId', 'no'],
  publicId: ({ residentId, no }) => encodeOwnedId('cv', String(residentId), Number(no)),
  residentId: ({ residentId }) => String(residentId),
  defaults: { assistance: [], status: 'VALID' },
  columns: importColumns({
    residentId: form.id('居民主索引', 'rs', required),
    no: form.integer('参保序号', required),
    psnNo: form.text('医保人员编号', 30, { check: personNo, hashColumn: 'psnNoHash' }),
    scheme: form.constant('险种', 'VS-32', required),
    personClass: form.coded('人员类别', 'PERSON-CLASS', required),
    pooledRegionCode: form.division('统筹区', homeDivision, required),
    homeRegionCode: form.division('居住乡镇', homeDivision, required),
    assistance: form.constant('救助身份', 'VS-67', { type: 'list' }),
    validFrom: form.date('生效日期', required),
    validTo: form.date('截止日期'),
    status: form.choice('参保状态', ['VALID', 'PAUSED', 'STOPPED']),
    accountBalance: form.decimal('个人账户余额'),
    planKey: form.text('待遇政策', 60, plan),
  }),
  checkRow: ({ validFrom, validTo }) => periodFaults('validTo', validFrom, validTo),
};

/** Tables of this subgraph that files can fill: `npm run import -- insurance/<table> FILE`. */
export function importTargets(): readonly ImportTarget[] {
  return [planTarget, ruleTarget, coverageTarget];
}

/** A JSON object of amounts, each an exact decimal in quotation marks; these must be there, others may. */
function amountFaults(column: string, value: unknown, names: readonly string[]): readonly Inconsistency[] {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const amounts = new Map(given.filter(([, amount]) => amount !== null));
  const missing = names.filter((name) => !amounts.has(name));
  const wrong = [...amounts].filter(([, amount]) => !/^\d+(\.\d+)?$/.test(typeof amount === 'string' ? amount : ''));
  const faulty = [...missing, ...wrong.map(([name]) => name)].join(', ');
  if (faulty === '') return [];
  return [
    {
      column,
      reason: `A JSON object with exact amounts in quotation marks is expected; missing or wrong: ${faulty}.`,
      reasonZh: `应为 JSON 对象，金额须加引号；缺少或有误：${faulty}。`,
    },
  ];
}
