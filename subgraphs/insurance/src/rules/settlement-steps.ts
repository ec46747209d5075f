import { type Cents, toYuan } from './money.ts';
import type { SettlementStep } from './settlement-types.ts';

/** What the steps of a settlement are called 结算步骤名称, so that a clerk can explain it to a patient (domain.md 3.1.3). */
const settlementStepNames = {
  A: ['总费用', 'Total cost'],
  out: ['全自费及超限价部分', 'Outside the policy scope, and above price caps'],
  ahead: ['乙类先行自付', 'Paid ahead for class B items'],
  E: ['政策范围内费用', 'Cost inside the policy scope'],
  twoDiseaseRaw: ['两病用药按比例应付', 'Two-disease drugs at their ratio'],
  fund2: ['两病用药基金支付', 'Fund payment for two-disease drugs'],
  E2: ['两病支付所对应的范围内费用', 'Cost that the two-disease payment covers'],
  deductible: ['起付线', 'Deductible'],
  ratio: ['报销比例', 'Reimbursement ratio'],
  cap: ['门诊年度封顶线', 'Yearly cap of outpatient care'],
  raw: ['按比例应付', 'Payment at the ratio'],
  fund: ['统筹基金支付', 'Basic fund payment'],
  eligibleOop: ['政策范围内个人负担', 'Left to the person inside the policy scope'],
  catastrophic: ['大病保险支付', 'Catastrophic insurance'],
  assistance: ['医疗救助支付', 'Medical assistance'],
  package: ['服务包补助（乡镇卫生院支付）', 'Package benefit, paid by the township hospital'],
  account: ['个人账户支付', 'Personal account'],
  cash: ['个人现金支付', 'Cash to pay'],
  behind: [
    '签约、转诊信息尚未全部到达，到达后将复核',
    'Not all is known of contracts and referrals yet; it will be checked again',
  ],
  recheck: [
    '按后到的签约信息复核，差额待审核',
    'Checked again with contract facts told later; the difference waits for review',
  ],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>;

type SettlementStepCode = keyof typeof settlementStepNames;

/** Before the code of a step for what two-disease payment leaves to pooled outpatient care. */
const pooled = 'pooled.';

/** The names of a step by its code; of a code that is not known, the code. */
export function settlementStepName(code: string): { readonly name: string; readonly nameEn: string } {
  if (code.startsWith(pooled)) {
    const { name, nameEn } = settlementStepName(code.slice(pooled.length));
    return { name: `其余按普通门诊：${name}`, nameEn: `The rest as outpatient care: ${nameEn}` };
  }
  const [name, nameEn] = new Map<string, readonly [string, string]>(Object.entries(settlementStepNames)).get(code) ?? [
    code,
    code,
  ];
  return { name, nameEn };
}

/** A step: its code, the formula with its figures, and what it comes to. */
export function step(code: SettlementStepCode, formula: string, value: Cents | string): SettlementStep {
  return { code, formula, value: typeof value === 'string' ? value : toYuan(value) };
}

/** The most figures that a formula shows one by one. */
const mostFigures = 12;

/** Steps of a claim for what is left to pooled outpatient care. */
export function pooledSteps(steps: readonly SettlementStep[]): SettlementStep[] {
  return steps.map((one) => ({ ...one, code: `${pooled}${one.code}` }));
}

/** A sum with its figures, `60.00 + 50.00`; of many their number, `Σ(37)`. */
export function sumText(figures: readonly string[]): string {
  if (figures.length > mostFigures) return `Σ(${figures.length})`;
  return figures.length === 0 ? '0.00' : figures.join(' + ');
}
