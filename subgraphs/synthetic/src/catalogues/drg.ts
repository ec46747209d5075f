import type { DrgGroupFact, DrgPolicyFact } from '../facts/insurance.ts';

const VERSION = '1.1';

/** The DRG policy of the demo region (domain.md 3.3). */
export const DRG_POLICY: DrgPolicyFact = {
  rate: '6200.00',
  coefficients: { V: '0.80', T: '0.80', C: '1.00', M: '1.10', O: '1.10' },
  lowFactor: '0.4',
  high: [
    { upToRw: '1', factor: '3.0' },
    { upToRw: '3', factor: '2.5' },
    { upToRw: null, factor: '2.0' },
  ],
  minDays: 1,
  maxDays: 60,
  highShare: '0.05',
};

/** code, Chinese, English, weight, township weight of basic groups, mean days (domain.md VS-68). */
const GROUPS: readonly (readonly [string, string, string, string, string | null, string])[] = [
  ['ES25', '呼吸系统感染/炎症,不伴合并症', 'Respiratory infection without complication', '0.62', null, '6.8'],
  ['ES23', '呼吸系统感染/炎症,伴合并症', 'Respiratory infection with complication', '0.95', null, '8.4'],
  ['BR25', '脑缺血性疾患,不伴合并症', 'Cerebral ischaemia without complication', '0.85', null, '8.6'],
  ['BR21', '脑缺血性疾患,伴严重合并症', 'Cerebral ischaemia with major complication', '1.70', null, '11.5'],
  ['FV25', '高血压,不伴合并症', 'Hypertension without complication', '0.48', '0.35', '6.4'],
  ['KS15', '糖尿病,不伴合并症', 'Diabetes without complication', '0.55', '0.35', '7.2'],
  ['GD25', '阑尾切除,不伴合并症', 'Appendectomy without complication', '0.95', null, '5.6'],
  ['OR15', '阴道分娩,不伴合并症', 'Vaginal delivery without complication', '0.50', null, '3.6'],
  ['OB15', '剖宫产,不伴合并症', 'Caesarean section without complication', '0.90', null, '5.8'],
  ['IU25', '颈腰背疾患', 'Neck and back disorders', '0.50', '0.35', '7.0'],
];

/** The sample of DRG groups (domain.md VS-68). */
export const DRG_GROUPS: readonly DrgGroupFact[] = GROUPS.map(([code, name, nameEn, rw, townshipRw, avgLos]) => ({
  code,
  version: VERSION,
  name,
  nameEn,
  mdc: code.slice(0, 1),
  adrg: code.slice(0, 3),
  rw,
  townshipRw,
  basic: townshipRw !== null,
  avgCost: (Number(rw) * 6200).toFixed(2),
  avgLos,
}));
