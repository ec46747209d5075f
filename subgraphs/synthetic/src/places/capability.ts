import { dateOf, dayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { CapabilityAssessmentFact, CapabilityItemFact, CareDuty } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { Site } from './site.ts';

type Item = readonly [string, string, CareDuty, CapabilityItemFact['surgeryLevel'], number];

/** Code, name, area, surgery level, chance that a place's institution offers it. */
const VILLAGE_ITEMS: readonly Item[] = [
  ['V01', '常见病多发病诊疗', 'BASIC_CARE', null, 0.99],
  ['V02', '中医适宜技术', 'BASIC_CARE', null, 0.6],
  ['V03', '高血压、糖尿病随访', 'HEALTH_MANAGEMENT', null, 0.95],
  ['V04', '预防接种协助', 'PUBLIC_HEALTH', null, 0.5],
  ['V05', '签约服务', 'CONTRACT_SERVICE', null, 0.9],
];

const TOWNSHIP_ITEMS: readonly Item[] = [
  ['T01', '内科常见病住院', 'BASIC_CARE', null, 0.97],
  ['T02', '清创缝合', 'BASIC_CARE', '1', 0.95],
  ['T03', '阑尾切除', 'BASIC_CARE', '2', 0.35],
  ['T04', '正常分娩', 'BASIC_CARE', null, 0.25],
  ['T05', '康复评定与理疗', 'BASIC_CARE', null, 0.6],
  ['T06', '急危重症识别与转诊', 'BASIC_CARE', null, 0.85],
  ['T07', '预防接种', 'PUBLIC_HEALTH', null, 0.99],
  ['T08', '老年人健康体检', 'HEALTH_MANAGEMENT', null, 0.99],
  ['T09', '慢病规范管理', 'HEALTH_MANAGEMENT', null, 0.97],
  ['T10', '签约服务', 'CONTRACT_SERVICE', null, 0.99],
];

const HOSPITAL_ITEMS: readonly Item[] = [
  ['C01', '急性心肌梗死溶栓', 'BASIC_CARE', null, 0.9],
  ['C02', '脑卒中静脉溶栓', 'BASIC_CARE', null, 0.85],
  ['C03', '腹腔镜胆囊切除', 'BASIC_CARE', '3', 0.95],
  ['C04', '剖宫产', 'BASIC_CARE', '2', 0.98],
  ['C05', '髋关节置换', 'BASIC_CARE', '4', 0.6],
  ['C06', '血液透析', 'BASIC_CARE', null, 0.9],
  ['C07', '重症监护', 'BASIC_CARE', null, 0.9],
  ['C08', '新生儿救治', 'BASIC_CARE', null, 0.8],
];

/** Capability items 作业清单 of an institution with last year's volume (S1-25 to S1-27). */
export function capabilityItemsOf(world: PlaceWorld, site: Site): CapabilityItemFact[] {
  const weaker = world.model.key === 'qujing' ? 0.85 : 1;
  return itemsOf(site).map(([itemCode, name, area, surgeryLevel, chance]) => {
    const draws = new Draws(world.seed, `${site.path}/capability/${itemCode}`);
    const available = draws.chance(chance * weaker);
    return {
      id: publicId('ci', draws),
      institutionId: site.id,
      area,
      itemCode,
      name,
      surgeryLevel,
      available,
      yearVolume: available ? draws.integer(10, site.careLevel === 'V' ? 300 : 4_000) : 0,
    };
  });
}

/** Results of 优质服务基层行, model clinics and hospital standards. */
export function assessmentsOf(world: PlaceWorld, site: Site): CapabilityAssessmentFact[] {
  const kind = assessmentKindOf(site);
  if (kind === null) return [];
  const draws = new Draws(world.seed, `${site.path}/assessment`);
  const mean = { pei: 82, ningbo: 90, qujing: 74 }[world.model.key];
  const score = Math.max(40, Math.min(100, mean + draws.normal() * 7));
  return [
    {
      id: publicId('ca', draws),
      institutionId: site.id,
      kind,
      standardVersion: '2023',
      score: score.toFixed(2),
      result: score >= 85 ? 'RECOMMENDED' : score >= 70 ? 'BASIC' : 'BELOW',
      assessedOn: dateOf(dayOf('2024-03-01') + draws.integer(0, 240)),
    },
  ];
}

function itemsOf(site: Site): readonly Item[] {
  switch (site.careLevel) {
    case 'V':
      return VILLAGE_ITEMS;
    case 'T':
      return TOWNSHIP_ITEMS;
    case 'C':
      return site.kind === 'CDC' ? [] : HOSPITAL_ITEMS;
    case 'M':
      return HOSPITAL_ITEMS;
    case 'O':
      return [];
  }
}

function assessmentKindOf(site: Site): CapabilityAssessmentFact['kind'] | null {
  if (site.kind === 'TOWNSHIP') return 'QUALITY_PRIMARY';
  if (site.kind === 'CLINIC') return 'MODEL_VILLAGE_CLINIC';
  return site.kind === 'COUNTY_GENERAL' ? 'STRONG_COUNTY' : null;
}
