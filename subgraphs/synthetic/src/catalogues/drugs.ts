import type { DrugFact } from '../facts/catalogue.ts';

/** ATC code, Chinese, English, strength, form, pack, class, self-pay ratio, price, disease, essential. */
type Row = readonly [string, string, string, string, string, string, 'A' | 'B', string, string, string | null, boolean];

const ROWS: readonly Row[] = [
  ['C08CA01', '苯磺酸氨氯地平片', 'Amlodipine tablets', '5mg', '片剂', '28片', 'A', '0', '12.50', 'HTN', true],
  ['C09CA03', '缬沙坦胶囊', 'Valsartan capsules', '80mg', '胶囊剂', '28粒', 'B', '0.10', '28.00', 'HTN', true],
  ['C09AA02', '马来酸依那普利片', 'Enalapril tablets', '10mg', '片剂', '32片', 'A', '0', '8.60', 'HTN', true],
  ['C03AA03', '氢氯噻嗪片', 'Hydrochlorothiazide tablets', '25mg', '片剂', '100片', 'A', '0', '5.20', 'HTN', true],
  ['A10BA02', '盐酸二甲双胍片', 'Metformin tablets', '0.5g', '片剂', '60片', 'A', '0', '9.80', 'T2DM', true],
  ['A10BB12', '格列美脲片', 'Glimepiride tablets', '2mg', '片剂', '30片', 'B', '0.10', '22.50', 'T2DM', true],
  ['A10BF01', '阿卡波糖片', 'Acarbose tablets', '50mg', '片剂', '30片', 'A', '0', '18.60', 'T2DM', true],
  [
    'A10AD01',
    '精蛋白人胰岛素混合注射液',
    'Mixed protamine human insulin',
    '3ml:300单位',
    '注射剂',
    '1支',
    'B',
    '0.10',
    '42.00',
    'T2DM',
    true,
  ],
  ['B01AC06', '阿司匹林肠溶片', 'Aspirin enteric tablets', '100mg', '片剂', '30片', 'A', '0', '6.40', 'STROKE', true],
  ['C10AA05', '阿托伐他汀钙片', 'Atorvastatin tablets', '20mg', '片剂', '14片', 'B', '0.10', '15.20', 'CHD', true],
  ['B01AC04', '硫酸氢氯吡格雷片', 'Clopidogrel tablets', '75mg', '片剂', '7片', 'B', '0.10', '24.00', 'CHD', true],
  [
    'R03AC02',
    '硫酸沙丁胺醇吸入气雾剂',
    'Salbutamol inhaler',
    '100μg',
    '气雾剂',
    '200揿',
    'A',
    '0',
    '19.80',
    'COPD',
    true,
  ],
  ['J01CA04', '阿莫西林胶囊', 'Amoxicillin capsules', '0.5g', '胶囊剂', '24粒', 'A', '0', '11.00', null, true],
  ['J01DC02', '头孢呋辛酯片', 'Cefuroxime axetil tablets', '0.25g', '片剂', '12片', 'B', '0.10', '26.00', null, true],
  ['J01MA12', '左氧氟沙星片', 'Levofloxacin tablets', '0.5g', '片剂', '6片', 'B', '0.10', '19.00', null, true],
  ['M01AE01', '布洛芬缓释胶囊', 'Ibuprofen capsules', '0.3g', '胶囊剂', '24粒', 'A', '0', '8.50', null, true],
  ['R05DA20', '复方甘草片', 'Compound liquorice tablets', '0.1g', '片剂', '100片', 'A', '0', '4.50', null, true],
  ['A07BC05', '蒙脱石散', 'Montmorillonite powder', '3g', '散剂', '10袋', 'A', '0', '13.00', null, true],
  ['A02BC01', '奥美拉唑肠溶胶囊', 'Omeprazole capsules', '20mg', '胶囊剂', '14粒', 'A', '0', '12.60', null, true],
  ['ZA01BAG', '感冒灵颗粒', 'Ganmaoling granules', '10g', '颗粒剂', '9袋', 'B', '0.10', '16.50', null, false],
  ['ZA04CBL', '连花清瘟胶囊', 'Lianhua Qingwen capsules', '0.35g', '胶囊剂', '24粒', 'B', '0.10', '14.80', null, true],
  ['ZC03DAB', '血塞通软胶囊', 'Xuesaitong capsules', '60mg', '胶囊剂', '24粒', 'B', '0.15', '31.00', 'STROKE', false],
  ['B03BB01', '叶酸片', 'Folic acid tablets', '0.4mg', '片剂', '31片', 'A', '0', '3.20', null, true],
  ['N05AX08', '利培酮片', 'Risperidone tablets', '1mg', '片剂', '20片', 'A', '0', '17.50', 'MENTAL', true],
  ['J01DD04', '注射用头孢曲松钠', 'Ceftriaxone for injection', '1g', '注射剂', '1瓶', 'B', '0.10', '9.60', null, true],
  ['B05BB01', '氯化钠注射液', 'Sodium chloride injection', '250ml', '注射剂', '1袋', 'A', '0', '3.10', null, true],
  [
    'N07XX14',
    '依达拉奉注射液',
    'Edaravone injection',
    '20ml:30mg',
    '注射剂',
    '1支',
    'B',
    '0.15',
    '38.00',
    'STROKE',
    false,
  ],
  ['ZC03AAD', '丹参注射液', 'Danshen injection', '10ml', '注射剂', '1支', 'B', '0.20', '12.40', null, false],
];

const TWO_DISEASE = ['HTN', 'T2DM'];

/** The county drug catalogue with payment terms; prices are fictitious. */
export const DRUGS: readonly DrugFact[] = ROWS.map(
  (
    [atc, genericName, nameEn, strength, dosageForm, pack, chargeClass, selfPayRatio, price, disease, essential],
    index,
  ) => ({
    id: `dg_${String(index + 1).padStart(12, '0')}`,
    nhsaDrugCode: nhsaCode(atc, index),
    genericName,
    nameEn,
    strength,
    dosageForm,
    pack,
    essential,
    contractFlexible: !essential || disease !== null,
    catalogueVersion: '2024',
    chargeClass,
    selfPayRatio,
    price,
    priceCap: index % 9 === 1 ? (Number(price) * 0.95).toFixed(2) : null,
    twoDisease: disease !== null && TWO_DISEASE.includes(disease),
    diseaseKind: disease,
  }),
);

/** 23 characters: X (western) or Z (Chinese patent medicine), ATC code, digits (domain.md 5.6). */
function nhsaCode(atc: string, index: number): string {
  const western = !atc.startsWith('Z');
  const stem = western ? `X${atc}` : atc;
  return `${stem}${String(index + 1).padStart(23 - stem.length, '0')}`;
}
