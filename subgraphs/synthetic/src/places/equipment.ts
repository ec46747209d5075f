import { dateOf, dayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { equipmentIdOf, unitClassesOf } from './equipment-units.ts';
import type { EquipmentFact } from '../facts/places.ts';
import type { PlaceWorld } from '../place-world.ts';
import type { Site } from './site.ts';

type EquipmentClass = EquipmentFact['class'];

const NAMES: Readonly<Record<EquipmentClass, string>> = {
  CT: 'X线计算机断层扫描仪',
  MRI: '磁共振成像系统',
  DR: '数字化X线摄影系统',
  US: '彩色多普勒超声诊断仪',
  ECG: '心电图机',
  ENDOSCOPE: '电子内镜系统',
  BIOCHEM: '全自动生化分析仪',
  DIALYSIS: '血液透析机',
  VENTILATOR: '呼吸机',
  OTHER: '其他设备',
};

/** Price in yuan, minutes of a slot, minutes of cleaning. */
const FIGURES: Readonly<Record<EquipmentClass, readonly [number, number, number]>> = {
  CT: [4_500_000, 15, 5],
  MRI: [9_800_000, 30, 5],
  DR: [780_000, 10, 5],
  US: [650_000, 15, 5],
  ECG: [28_000, 10, 0],
  ENDOSCOPE: [1_100_000, 30, 10],
  BIOCHEM: [520_000, 10, 0],
  DIALYSIS: [180_000, 240, 30],
  VENTILATOR: [160_000, 60, 30],
  OTHER: [50_000, 15, 5],
};

/** The equipment of an institution by its kind (domain.md 8.6): CT two at each county hospital, one at central towns … */
export function equipmentOf(world: PlaceWorld, site: Site): EquipmentFact[] {
  const classes = unitClassesOf(world.seed, world.geography, site);
  return classes.map((kind, number) => equipmentFact(world, site, kind, number));
}

function equipmentFact(world: PlaceWorld, site: Site, kind: EquipmentClass, number: number): EquipmentFact {
  const draws = new Draws(world.seed, `${site.path}/equipment/${number}/fact`);
  const [price, slotMinutes, bufferMinutes] = FIGURES[kind];
  const large = kind === 'CT' || kind === 'MRI';
  const acquisition = draws.weighted([
    ['PURCHASE', 78] as const,
    ['FINANCE_LEASE', 8] as const,
    ['LEASE', 4] as const,
    ['CO_BUILD', 6] as const,
    ['DONATION', 4] as const,
  ]);
  const shared = large || (kind === 'ENDOSCOPE' && draws.chance(0.5));
  const inService = dayOf('2014-01-01') + draws.integer(0, 3_600);
  const alliances = world.network.alliancesOf.get(site.id) ?? [];
  return {
    id: equipmentIdOf(world.seed, site, number),
    institutionId: site.id,
    name: NAMES[kind],
    class: kind,
    large,
    licenceNo: large ? `乙${site.countyCode ?? site.regionCode}${String(number + 1).padStart(4, '0')}` : null,
    model: `示例-${kind}-${draws.integer(100, 999)}`,
    serialNo: `SN${draws.integer(100_000, 999_999)}`,
    acquisition,
    leaseTerms: acquisition === 'FINANCE_LEASE' || acquisition === 'LEASE' ? '60 个月，按月付款' : null,
    purchasePrice: `${Math.round(price * (0.8 + draws.uniform() * 0.4))}.00`,
    inServiceOn: dateOf(inService),
    status: large || draws.chance(0.93) ? 'IN_USE' : draws.pick(['IDLE', 'MAINTENANCE'] as const),
    shared,
    sharingMode: shared ? 'COOPERATION' : 'NONE',
    sharedWithAllianceIds: shared ? alliances.map((alliance) => alliance.id) : [],
    slotMinutes,
    bufferMinutes,
    openFrom: '08:00',
    openTo: '17:00',
    operatorCount: site.careLevel === 'V' ? 1 : draws.integer(1, 4),
    sharedQuota: '0.20',
    maintenance: [
      { on: dateOf(dayOf('2024-01-10') + draws.integer(0, 300)), kind: 'ROUTINE', days: 1 },
      ...(draws.chance(0.2)
        ? [
            {
              on: dateOf(dayOf('2024-01-10') + draws.integer(0, 300)),
              kind: 'REPAIR' as const,
              days: draws.integer(1, 9),
            },
          ]
        : []),
    ],
  };
}
