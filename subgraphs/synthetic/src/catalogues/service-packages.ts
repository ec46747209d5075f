import type { ItemClass, PackageItemFact, ServicePackageFact } from '../facts/public-health.ts';

const CAP_INCREASE: ServicePackageFact['benefits'][number] = {
  kind: 'CAP_INCREASE',
  value: '300.00',
  payer: 'FUND',
  condition: '签约生效期间，每人每年一次',
};

/** A package item: code, name, class, times a year, can be done at home. */
const item = (
  code: string,
  name: string,
  itemClass: ItemClass,
  frequencyPerYear: number,
  homeCapable = false,
): PackageItemFact => ({
  code,
  name,
  itemClass,
  frequencyPerYear,
  mode: itemClass === 'BASIC_CARE' || itemClass === 'PERSONALISED' ? 'INDIVIDUAL' : 'CENTRALISED',
  mandatory: itemClass !== 'PERSONALISED',
  homeCapable,
});

const servicePackage = (
  code: string,
  kind: ServicePackageFact['kind'],
  names: readonly [string, string, string | null],
  rest: Pick<ServicePackageFact, 'targetGroups' | 'items' | 'price' | 'benefits'>,
): ServicePackageFact => ({
  code,
  kind,
  nameZh: names[0],
  nameEn: names[1],
  variant: names[2],
  validFrom: '2022-01-01',
  validTo: null,
  ...rest,
});

/** The seven kinds of service package with their variants (S3-16, S3-17; domain.md 3.8.4). */
export const SERVICE_PACKAGES: readonly ServicePackageFact[] = [
  servicePackage('PK-PUBLIC', 'PUBLIC_HEALTH', ['公卫包', 'Public health package', null], {
    targetGroups: [],
    items: [
      item('PH-RECORD', '健康档案更新', 'BASIC_PUBLIC_HEALTH', 1, true),
      item('PH-EDUCATION', '健康教育', 'BASIC_PUBLIC_HEALTH', 1),
      item('PH-ADVICE', '健康指导与就医指导', 'BASIC_CARE', 1),
    ],
    price: '0.00',
    benefits: [CAP_INCREASE],
  }),
  servicePackage('PK-PREGNANCY', 'PREGNANCY', ['优孕优育包', 'Healthy pregnancy and birth package', null], {
    targetGroups: ['PREGNANT'],
    items: [item('PR-ANTENATAL', '产前检查指导', 'EXAM', 5), item('PR-POSTPARTUM', '产后访视', 'BASIC_CARE', 2, true)],
    price: '60.00',
    benefits: [{ kind: 'INCENTIVE', value: '15.00', payer: 'BPH_FUND', condition: '每签约一人次奖励团队' }],
  }),
  servicePackage('PK-CHILD', 'CHILD_CARE', ['儿童保健包', 'Child-care package', null], {
    targetGroups: ['CHILD'],
    items: [item('CH-EXAM', '儿童体格检查', 'EXAM', 2), item('CH-TCM', '儿童中医调养指导', 'BASIC_PUBLIC_HEALTH', 1)],
    price: '180.00',
    benefits: [{ kind: 'DISCOUNT', value: '0.60', payer: 'TOWNSHIP_HOSPITAL', condition: '签约幼儿园及入园儿童六折' }],
  }),
  servicePackage('PK-ELDERLY', 'ELDERLY', ['老年保健包', 'Elderly care package', null], {
    targetGroups: ['ELDERLY'],
    items: [
      item('EL-EXAM', '老年人健康体检', 'EXAM', 1, true),
      item('EL-ASSESS', '生活自理能力评估', 'BASIC_PUBLIC_HEALTH', 1, true),
      item('EL-TCM', '中医体质辨识', 'BASIC_PUBLIC_HEALTH', 1, true),
    ],
    price: '40.00',
    benefits: [{ kind: 'INCENTIVE', value: '15.00', payer: 'BPH_FUND', condition: '每签约一人次奖励团队' }],
  }),
  servicePackage('PK-HTN', 'CHRONIC', ['慢病服务包（高血压）', 'Chronic package, hypertension', 'HTN'], {
    targetGroups: ['HYPERTENSION'],
    items: [item('HT-FOLLOW', '高血压随访', 'BASIC_CARE', 4, true), item('HT-EXAM', '高血压年度检查', 'EXAM', 1, true)],
    price: '80.00',
    benefits: [],
  }),
  servicePackage('PK-DM', 'CHRONIC', ['慢病服务包（糖尿病）', 'Chronic package, diabetes', 'DM'], {
    targetGroups: ['DIABETES'],
    items: [
      item('DM-FOLLOW', '糖尿病随访', 'BASIC_CARE', 4, true),
      item('DM-TEST', '糖化血红蛋白检测', 'TEST', 1, true),
    ],
    price: '90.00',
    benefits: [],
  }),
  servicePackage(
    'PK-STROKE',
    'CHRONIC',
    ['慢病服务包（脑卒中康复）', 'Chronic package, stroke rehabilitation', 'STROKE_REHAB'],
    {
      targetGroups: ['STROKE'],
      items: [item('ST-REHAB', '康复指导', 'BASIC_CARE', 4, true), item('ST-ASSESS', '功能评估', 'EXAM', 2, true)],
      price: '160.00',
      benefits: [
        { kind: 'EXTRA_REIMBURSE', value: '0.10', payer: 'TOWNSHIP_HOSPITAL', condition: '医保报销后余额的 10%' },
      ],
    },
  ),
  servicePackage('PK-EXAM', 'HEALTH_EXAM', ['体检包', 'Health-exam package', 'HEALTH_EXAM'], {
    targetGroups: [],
    items: [item('EX-EXAM', '健康体检', 'EXAM', 1)],
    price: '300.00',
    benefits: [{ kind: 'DISCOUNT', value: '0.40', payer: 'TOWNSHIP_HOSPITAL', condition: '物价核定价格的四折' }],
  }),
  servicePackage('PK-SPECIAL', 'SPECIAL_NEEDS', ['特需服务包', 'Special-needs package', null], {
    targetGroups: [],
    items: [item('SP-HOME', '特需上门服务', 'PERSONALISED', 4, true)],
    price: '300.00',
    benefits: [],
  }),
];
