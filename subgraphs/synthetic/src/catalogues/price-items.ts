import type { PriceItemFact, RecognitionItemFact } from '../facts/catalogue.ts';

/** Key, Chinese, English, unit, class, self-pay ratio, prices at V T C M O, consumable. */
type Row = readonly [
  string,
  string,
  string,
  string,
  'A' | 'B' | 'C',
  string,
  readonly [number, number, number, number, number],
  boolean,
];

const ROWS: readonly Row[] = [
  ['CONSULT', '普通门诊诊察费', 'Outpatient consultation', '次', 'A', '0', [6, 10, 15, 22, 25], false],
  ['EMERGENCY', '急诊诊察费', 'Emergency consultation', '次', 'A', '0', [8, 14, 20, 28, 30], false],
  ['WARD_ROUND', '住院诊察费', 'Inpatient consultation', '日', 'A', '0', [8, 12, 18, 25, 28], false],
  ['BED', '普通床位费', 'Bed', '日', 'A', '0', [15, 22, 38, 52, 60], false],
  ['NURSING', '二级护理', 'Nursing, level 2', '日', 'A', '0', [10, 14, 20, 26, 28], false],
  ['INFUSION', '静脉输液', 'Intravenous infusion', '次', 'A', '0', [6, 8, 10, 12, 12], false],
  ['BLOOD_RT', '血常规', 'Complete blood count', '次', 'A', '0', [16, 18, 20, 22, 22], false],
  ['URINE_RT', '尿常规', 'Urine routine', '次', 'A', '0', [8, 10, 12, 14, 14], false],
  ['BIOCHEM', '生化全套', 'Biochemistry panel', '次', 'B', '0.10', [90, 110, 130, 150, 150], false],
  ['HBA1C', '糖化血红蛋白', 'Glycated haemoglobin', '次', 'B', '0.10', [50, 55, 60, 65, 65], false],
  ['HBV', '乙肝五项', 'Hepatitis B serology', '次', 'A', '0', [40, 45, 50, 55, 55], false],
  ['ECG', '常规心电图', 'Electrocardiogram', '次', 'A', '0', [15, 18, 20, 24, 24], false],
  ['US_ABD', '腹部彩超', 'Abdominal ultrasound', '次', 'B', '0.10', [70, 85, 105, 125, 125], false],
  ['DR_CHEST', '胸部DR', 'Chest X-ray', '次', 'A', '0', [50, 60, 70, 80, 80], false],
  ['CT_CHEST', '胸部CT平扫', 'Chest CT', '次', 'B', '0.10', [220, 240, 280, 320, 320], false],
  ['CT_HEAD', '颅脑CT平扫', 'Head CT', '次', 'B', '0.10', [200, 220, 260, 300, 300], false],
  ['MRI_HEAD', '颅脑MRI平扫', 'Head MRI', '次', 'B', '0.15', [480, 500, 560, 620, 620], false],
  ['PATHOLOGY', '组织病理检查', 'Histopathology', '次', 'B', '0.10', [120, 140, 160, 180, 180], false],
  ['GASTROSCOPY', '电子胃镜', 'Gastroscopy', '次', 'B', '0.10', [180, 210, 260, 300, 300], false],
  ['ACUPUNCTURE', '针刺治疗', 'Acupuncture', '次', 'A', '0', [18, 22, 28, 34, 34], false],
  ['REHAB', '运动疗法', 'Exercise therapy', '次', 'B', '0.10', [25, 32, 40, 48, 48], false],
  ['THERAPY', '综合治疗', 'Other treatment', '次', 'A', '0', [1, 1, 1, 1, 1], false],
  ['SURGERY', '手术费', 'Surgery', '次', 'B', '0.10', [1, 1, 1, 1, 1], false],
  ['DELIVERY', '接生费', 'Delivery', '次', 'A', '0', [600, 800, 1000, 1200, 1200], false],
  ['CONSUMABLE', '一次性医用耗材', 'Consumables', '套', 'B', '0.20', [1, 1, 1, 1, 1], true],
  ['SELF_PAID', '自费项目', 'Items outside the catalogue', '项', 'C', '1', [1, 1, 1, 1, 1], true],
  ['EXAM_PACKAGE', '健康体检套餐', 'Health-exam package', '次', 'C', '1', [300, 300, 300, 300, 300], false],
  ['CHILD_PACKAGE', '儿童保健套餐', 'Child-care package', '次', 'C', '1', [180, 180, 180, 180, 180], false],
];

/** Priced services and consumables; the price is the one approved for the level. */
export const PRICE_ITEMS: readonly PriceItemFact[] = ROWS.map(
  ([key, name, nameEn, unit, chargeClass, selfPayRatio, [v, t, c, m, o], consumable], index) => ({
    code: priceItemCode(key, index, consumable),
    name,
    nameEn,
    kind: consumable ? 'CONSUMABLE' : 'SERVICE',
    unit,
    chargeClass,
    selfPayRatio,
    approvedPrice: { V: v.toFixed(2), T: t.toFixed(2), C: c.toFixed(2), M: m.toFixed(2), O: o.toFixed(2) },
    approvedBy: '医保局',
    validFrom: '2020-01-01',
  }),
);

const BY_KEY = new Map(ROWS.map(([key], index) => [key, PRICE_ITEMS[index]]));

/** The priced item of a key. */
export function priceItem(key: string): PriceItemFact {
  const item = BY_KEY.get(key);
  if (item === undefined) throw new RangeError(`No price item ${key}`);
  return item;
}

/** Recognition items: code of RECOGNITION-ITEM, key of the price item, category, body site, specimen, days of validity (domain.md 3.7). */
const RECOGNITION: readonly (readonly [
  string,
  string,
  RecognitionItemFact['category'],
  string | null,
  string | null,
  number,
])[] = [
  ['BLOOD_ROUTINE', 'BLOOD_RT', 'LAB', null, '全血', 3],
  ['URINE_ROUTINE', 'URINE_RT', 'LAB', null, '尿液', 3],
  ['BIOCHEMISTRY', 'BIOCHEM', 'LAB', null, '血清', 14],
  ['HBA1C', 'HBA1C', 'LAB', null, '全血', 90],
  ['HEPATITIS_SEROLOGY', 'HBV', 'LAB', null, '血清', 180],
  ['ECG', 'ECG', 'ECG', '心脏', null, 7],
  ['US_ABDOMEN', 'US_ABD', 'ULTRASOUND', '腹部', null, 30],
  ['XRAY_CHEST', 'DR_CHEST', 'IMAGING', '胸部', null, 30],
  ['CT_CHEST', 'CT_CHEST', 'IMAGING', '胸部', null, 60],
  ['CT_HEAD', 'CT_HEAD', 'IMAGING', '颅脑', null, 60],
  ['MRI_HEAD', 'MRI_HEAD', 'IMAGING', '颅脑', null, 90],
  ['PATHOLOGY_BIOPSY', 'PATHOLOGY', 'PATHOLOGY', '胃', '组织', 180],
  ['GASTROSCOPY', 'GASTROSCOPY', 'ENDOSCOPY', '胃', null, 90],
];

/** The catalogue of examinations that are recognised between institutions. */
export const RECOGNITION_ITEMS: readonly RecognitionItemFact[] = RECOGNITION.map(
  ([code, key, category, bodySite, specimen, validityDays]) => ({
    code,
    name: priceItem(key).name,
    nameEn: priceItem(key).nameEn,
    category,
    bodySite,
    specimen,
    validityDays,
    priceItemCode: priceItem(key).code,
  }),
);

/** The same, by the key of the price item. */
export const RECOGNITION_ITEM_OF: ReadonlyMap<string, RecognitionItemFact> = new Map(
  RECOGNITION.flatMap(([, key], index) => {
    const item = RECOGNITION_ITEMS[index];
    return item === undefined ? [] : [[key, item] as const];
  }),
);

function priceItemCode(key: string, index: number, consumable: boolean): string {
  const digits = String(index + 1).padStart(4, '0');
  return consumable ? `C${digits.padStart(20, '0')}` : `00${key.length}1000${digits}0000`.padEnd(15, '0').slice(0, 15);
}
