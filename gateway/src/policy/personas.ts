import type { Caller } from '@hutong/schema';

/** A demo caller (domain.md §2.6 "Personas"): who it is, and in one sentence what its role may see (domain.md §6.1). */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly nameZh: string;
  readonly institution: string;
  readonly institutionZh: string;
  readonly region: string;
  readonly regionZh: string;
  readonly sees: string;
  readonly seesZh: string;
  /** Ids of people, institutions and alliances are handles of the demo region's named fixtures (domain.md §8.9). */
  readonly caller: Caller;
}

const pei = { region: 'Pei county', regionZh: '沛县' };
const allPlaces = { region: 'Pei county, Ningbo, Qujing', regionZh: '沛县、宁波市、曲靖市' };
const hospital = { institution: "Pei County People's Hospital (example)", institutionZh: '沛县人民医院（示例）' };
const noInstitution = { institution: '—', institutionZh: '—' };

/** A persona for each role of domain.md §6.1, in its order; hospital staff twice, for care that leaves the county. */
export const personas: readonly Persona[] = [
  {
    id: 'resident',
    name: 'Mr Wang, resident',
    nameZh: '居民王某',
    ...noInstitution,
    ...pei,
    sees: 'Everything about himself and his dependants, nothing about anybody else.',
    seesZh: '可看本人及被监护人的全部内容，不能看其他任何人。',
    caller: {
      id: 'demo:resident',
      kind: 'PERSON',
      role: 'RESIDENT',
      residentId: 'rs_demo_wang',
      regionCodes: ['320322'],
      scopes: ['self:read', 'self:book', 'self:contract', 'self:pay', 'self:consent'],
      purpose: 'SELF',
    },
  },
  {
    id: 'family-doctor',
    name: 'Family doctor',
    nameZh: '家庭医生',
    institution: 'Longgu town hospital, Pei county (example)',
    institutionZh: '沛县龙固镇卫生院（示例）',
    ...pei,
    sees: 'Residents contracted with the own team: name, phone and health summary; no amounts of money.',
    seesZh: '可看本团队签约居民的姓名、电话与健康摘要；不能看费用金额。',
    caller: {
      id: 'demo:family-doctor',
      kind: 'PERSON',
      role: 'FAMILY_DOCTOR',
      practitionerId: 'pr_demo_gp',
      name: '曹佳怡',
      institutionId: 'in_pei_longgu',
      regionCodes: ['320322'],
      scopes: ['contract:read', 'contract:write', 'followup:write', 'referral:write', 'record:read'],
      purpose: 'CONTRACT_SERVICE',
    },
  },
  {
    id: 'hospital-doctor',
    name: 'Hospital physician',
    nameZh: '医院医师',
    ...hospital,
    ...pei,
    sees: 'Patients in care at the own hospital: name, encounters of 90 days, open referrals, own charges.',
    seesZh: '可看本院在诊患者的姓名、90 天内就诊、未结转诊及本院收费。',
    caller: {
      id: 'demo:hospital-doctor',
      kind: 'PERSON',
      role: 'INST_STAFF',
      practitionerId: 'pr_demo_sec',
      name: '姜天佑',
      institutionId: 'in_pei_1',
      regionCodes: ['320322'],
      scopes: ['encounter:write', 'report:write', 'referral:write'],
      purpose: 'TREATMENT',
    },
  },
  {
    id: 'city-hospital-doctor',
    name: 'Physician of a city hospital',
    nameZh: '市级医院医师',
    institution: 'Xuzhou First General Hospital (example)',
    institutionZh: '徐州市第一综合医院（示例）',
    region: 'Xuzhou city',
    regionZh: '徐州市',
    sees: 'Patients in care at the own hospital: name, encounters of 90 days, open referrals, own charges.',
    seesZh: '可看本院在诊患者的姓名、90 天内就诊、未结转诊及本院收费。',
    caller: {
      id: 'demo:city-hospital-doctor',
      kind: 'PERSON',
      role: 'INST_STAFF',
      institutionId: 'in_xuzhou_1',
      regionCodes: ['3203'],
      scopes: ['encounter:write', 'report:write', 'referral:write'],
      purpose: 'TREATMENT',
    },
  },
  {
    id: 'hospital-manager',
    name: 'Hospital manager',
    nameZh: '医院管理者',
    ...hospital,
    ...pei,
    sees: 'Figures, staff and totals of the own hospital, groups of at least 10 people; no person.',
    seesZh: '可看本院指标、职工与合计（分组不少于 10 人）；不能看个人。',
    caller: {
      id: 'demo:hospital-manager',
      kind: 'PERSON',
      role: 'INST_ADMIN',
      institutionId: 'in_pei_1',
      regionCodes: ['320322'],
      scopes: ['stats:read'],
      purpose: 'SUPERVISION',
    },
  },
  {
    id: 'alliance-manager',
    name: 'Manager of a county medical community',
    nameZh: '医共体管理者',
    institution: 'County medical community 1 of Pei county',
    institutionZh: '沛县第一医共体',
    ...pei,
    sees: 'Figures, staff, totals and budget of the member institutions; no person.',
    seesZh: '可看成员单位的指标、职工、合计与预算；不能看个人。',
    caller: {
      id: 'demo:alliance-manager',
      kind: 'PERSON',
      role: 'ALLIANCE_ADMIN',
      allianceId: 'al_pei_1',
      regionCodes: ['320322'],
      scopes: ['alliance:read', 'evaluation:write', 'fund:write', 'inspection:write'],
      purpose: 'SUPERVISION',
    },
  },
  {
    id: 'health-commission',
    name: 'County health commission',
    nameZh: '县卫生健康委',
    institution: 'Health Commission of Pei county (example)',
    institutionZh: '沛县卫生健康委员会（示例）',
    ...pei,
    sees: 'Figures, staff register and totals of the region; single cases only under a pseudonym and with a reason.',
    seesZh: '可看辖区指标、人员名册与合计；个案仅限化名且须说明理由。',
    caller: {
      id: 'demo:health-commission',
      kind: 'PERSON',
      role: 'HEALTH_COMMISSION',
      regionCodes: ['320322'],
      scopes: ['alliance:read', 'evaluation:write', 'inspection:write', 'stats:read'],
      purpose: 'SUPERVISION',
    },
  },
  {
    id: 'insurance-bureau',
    name: 'Insurance bureau',
    nameZh: '医保局',
    institution: 'Healthcare Security Administration of Pei county (example)',
    institutionZh: '沛县医疗保障局（示例）',
    ...pei,
    sees: 'Insured people by name, their claims with diagnosis and items, all amounts; not the health record.',
    seesZh: '可看参保人姓名、含诊断与明细的结算单及全部金额；不能看健康档案。',
    caller: {
      id: 'demo:insurance-bureau',
      kind: 'PERSON',
      role: 'INSURANCE_BUREAU',
      regionCodes: ['320322'],
      scopes: ['fund:write', 'stats:read'],
      purpose: 'PAYMENT',
    },
  },
  {
    id: 'cdc',
    name: 'Centre for disease control',
    nameZh: '疾控中心',
    institution: 'CDC of Pei county (example)',
    institutionZh: '沛县疾病预防控制中心（示例）',
    ...pei,
    sees: 'Registers of the region (infectious, tuberculosis, mental, immunisation, chronic) with identity; no money.',
    seesZh: '可看辖区登记（传染病、结核、精神、免疫、慢病）及身份；不能看费用。',
    caller: {
      id: 'demo:cdc',
      kind: 'PERSON',
      role: 'CDC',
      regionCodes: ['320322'],
      scopes: ['record:read', 'stats:read'],
      purpose: 'PUBLIC_HEALTH',
    },
  },
  {
    id: 'bi',
    name: 'Business intelligence tool',
    nameZh: '商业智能工具',
    ...noInstitution,
    ...allPlaces,
    sees: 'Indicators and counts of groups of at least 10 people in all three places; no person.',
    seesZh: '可看三地不少于 10 人分组的指标与计数；不能看个人。',
    caller: {
      id: 'demo:bi',
      kind: 'CLIENT',
      role: 'BI',
      regionCodes: ['320322', '3302', '5303'],
      scopes: ['stats:read'],
      purpose: 'STATISTICS',
    },
  },
  {
    id: 'partner',
    name: 'Partner system',
    nameZh: '合作系统',
    institution: 'Mutual-recognition platform (example)',
    institutionZh: '检查检验互认平台（示例）',
    ...pei,
    sees: 'Public facts; anything about a person only with consent and for the agreed purpose.',
    seesZh: '可看公开信息；涉及个人的内容须经同意且限于约定用途。',
    caller: {
      id: 'demo:partner',
      kind: 'CLIENT',
      role: 'PARTNER',
      regionCodes: ['320322'],
      scopes: ['partner:mutual-recognition:read'],
      purpose: 'TREATMENT',
    },
  },
  {
    id: 'auditor',
    name: 'Auditor',
    nameZh: '审计员',
    ...noInstitution,
    ...allPlaces,
    sees: 'Who read what and why, with people under a pseudonym; no content.',
    seesZh: '可看谁在何时因何读取（人员化名）；不能看内容。',
    caller: {
      id: 'demo:auditor',
      kind: 'PERSON',
      role: 'AUDITOR',
      regionCodes: ['320322', '3302', '5303'],
      scopes: [],
      purpose: 'SUPERVISION',
    },
  },
];

/**
 * Who asks when a demo request names nobody: the health commission. Its questions are about the region, so showcase queries
 * answer at once, while a forgotten header never means some person's own record.
 */
export const defaultPersonaId = 'health-commission';

/** Gives the personas, the default one first, with the ids that the fixtures' handles stand for. */
export function resolvePersonas(resolve: (handle: string) => string): readonly Persona[] {
  const ordered = personas.toSorted((a, b) => Number(b.id === defaultPersonaId) - Number(a.id === defaultPersonaId));
  return ordered.map((persona) => {
    const { residentId, practitionerId, institutionId, allianceId } = persona.caller;
    const caller: Caller = {
      ...persona.caller,
      ...(residentId === undefined ? {} : { residentId: resolve(residentId) }),
      ...(practitionerId === undefined ? {} : { practitionerId: resolve(practitionerId) }),
      ...(institutionId === undefined ? {} : { institutionId: resolve(institutionId) }),
      ...(allianceId === undefined ? {} : { allianceId: resolve(allianceId) }),
    };
    return { ...persona, caller };
  });
}

/** Renders the personas as the markdown table of the documentation. */
export function personaTable(): string {
  const rows = personas.map(
    ({ id, caller, name, nameZh, institution, institutionZh, region, regionZh, sees, seesZh }) =>
      `| \`${id}\` | \`${caller.role}\` | ${name}<br>${nameZh} | ${institution}<br>${institutionZh} | ${region}<br>${regionZh} | ${sees}<br>${seesZh} |`,
  );
  return [
    '| Persona 身份 | Role 角色 | Who 名称 | Institution 机构 | Region 区域 | May see 可见范围 |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
