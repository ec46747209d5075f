import type { Facts } from './facts.ts';

/** The facts of domain.md §1 that institutions 机构 serves, alone or with others: how, among its fields. */
export const factsOfInstitutions: Facts = {
  'S0-1': { term: '“网底”', fields: ['Institution.isPrimaryCare', 'Institution.duties'] },
  'S0-7': { term: '急危重症转诊', fields: ['Referral.reason=ACUTE_CRITICAL', 'IndicatorSnapshot.timelyReferrals'] },
  'S0-8': {
    term: '专科服务供给',
    fields: ['Query.canTreat', 'Query.capabilityList', 'IndicatorSnapshot.capabilityAttained'],
  },
  'S0-9': {
    term: '设备闲置',
    fields: [
      'Equipment.status',
      'Equipment.maintenance',
      'Equipment.operatorCount',
      'Equipment.utilisation',
      'IndicatorSnapshot.equipmentUsedMinutes',
    ],
  },
  'S0-12': {
    term: '转诊流程',
    fields: ['Mutation.createReferral', 'Mutation.transitionReferral', 'IndicatorSnapshot.referralsUp'],
  },
  'S0-24': { term: '特色专科', fields: ['Mutation.openSpecialtyCentre', 'SpecialtyCentre.kind=FEATURE_SPECIALTY'] },
  'S0-25': { term: '二级手术', fields: ['CapabilityItem.surgeryLevel', 'Query.canTreat'] },
  'S0-26': {
    term: '村卫生室“小病善治”',
    fields: ['CapabilityItem.itemCode', 'IndicatorSnapshot.villageVisits', 'IndicatorSnapshot.referralsUp'],
  },
  'S0-28': {
    term: '转诊闭环',
    fields: [
      'Query.referralEpisode',
      'ReferralEpisode.stages',
      'ReferralEpisode.closed',
      'IndicatorSnapshot.closedEpisodes',
    ],
  },
  'S0-29': { term: '绿色通道', fields: ['Referral.greenChannel'] },
  'S0-30': {
    term: '检查检验结果互认',
    fields: [
      'Query.recognitionCheck',
      'Mutation.recordRecognition',
      'IndicatorSnapshot.recognisedReports',
      'IndicatorSnapshot.avoidedCost',
    ],
  },
  'S0-31': { term: '专家会诊', fields: ['Mutation.requestRemoteConsultation', 'Query.remoteConsultations'] },
  'S0-32': {
    term: '慢病长处方',
    fields: [
      'Mutation.issuePrescription',
      'Prescription.isLong',
      'Prescription.daysSupply',
      'IndicatorSnapshot.longPrescriptions',
    ],
  },
  'S0-33': {
    term: '“互联网+”签约服务',
    fields: ['OnlineConsultation.question', 'Mutation.replyConsultation', 'Mutation.giveMedicationAdvice'],
  },
  'S0-35': {
    term: '县域远程医疗中心',
    fields: [
      'SharedCentre.kind',
      'RemoteConsultation.kind=CONSULTATION',
      'IndicatorSnapshot.remoteDiagnoses',
      'IndicatorSnapshot.remoteConsultations',
    ],
  },
  'S0-36': {
    term: '检验检查设备共享',
    fields: ['Equipment.shared', 'Mutation.reserveEquipment', 'IndicatorSnapshot.sharedExams'],
  },
  'S0-45': { term: '政府投入', fields: ['Query.investmentProjects', 'InvestmentProject.source=FISCAL'] },
  'S0-46': { term: '社会资本', fields: ['Equipment.acquisition', 'InvestmentProject.mode'] },
  'S0-49': { term: '监测指标', fields: ['IndicatorSnapshot.visits', 'IndicatorSnapshot.timelyReferrals'] },
  'S1-5': { term: '县级强院', fields: ['Institution.strongCountyHospital', 'IndicatorSnapshot.strongCountyHospitals'] },
  'S1-6': { term: '成员单位能力', fields: ['IndicatorSnapshot.capabilityAttained'] },
  'S1-7': { term: '二级乙等以上能力', fields: ['Institution.capabilityGrade', 'IndicatorSnapshot.centralTownLevel2b'] },
  'S1-8': { term: '基层就诊率', fields: ['IndicatorSnapshot.primaryVisits', 'IndicatorSnapshot.visits'] },
  'S1-9': { term: '县域内就诊率', fields: ['IndicatorSnapshot.visits'] },
  'S1-11': {
    term: '每县 1–3 个医共体',
    fields: [
      'Query.structureWarnings',
      'StructureWarning.rule=COMMUNITIES_PER_COUNTY',
      'Region.alliances',
      'IndicatorSnapshot.coveredPrimaryInstitutions',
    ],
  },
  'S1-13': {
    term: '社会办医参与',
    fields: ['Institution.ownership', 'Mutation.joinAlliance', 'IndicatorSnapshot.privateMembers'],
  },
  'S1-14': { term: '“最多跑一次”', fields: ['Mutation.bookAppointment'] },
  'S1-16': {
    term: '信息系统集约化建设',
    fields: ['Query.systemConnections', 'Mutation.recordSystemConnection', 'IndicatorSnapshot.systemsConnected'],
  },
  'S1-19': {
    term: '六大中心',
    fields: [
      'Query.sharedCentres',
      'Mutation.openSharedCentre',
      'SharedCentre.kind=LAB',
      'SharedCentre.kind=IMAGING',
      'SharedCentre.kind=ECG',
      'SharedCentre.kind=PATHOLOGY',
      'SharedCentre.kind=STERILISATION',
      'SharedCentre.kind=LOGISTICS',
      'IndicatorSnapshot.sharedCentreKinds',
    ],
  },
  'S1-20': { term: '资源共享中心', fields: ['SharedCentre.host', 'Mutation.requestRemoteConsultation'] },
  'S1-21': {
    term: '“检查诊断、区域互认”',
    fields: [
      'DiagnosticReport.performedAt',
      'DiagnosticReport.interpretedAt',
      'Query.recognitionCheck',
      'IndicatorSnapshot.remoteDiagnoses',
    ],
  },
  'S1-23': {
    term: '数字化监管',
    fields: ['Query.supervisionAlerts', 'SupervisionAlert.ruleId', 'Mutation.acknowledgeSupervisionAlert'],
  },
  'S1-24': {
    term: '绩效管理、常态监管',
    fields: [
      'Query.indicatorSnapshots',
      'IndicatorSnapshot.visitCost',
      'IndicatorSnapshot.stayCost',
      'IndicatorSnapshot.readmissions31',
    ],
  },
  'S1-25': { term: '服务能力清单', fields: ['Query.capabilityList', 'Mutation.upsertCapabilityItem'] },
  'S1-26': {
    term: '能力标准评价',
    fields: ['Mutation.assessCapability', 'CapabilityAssessment.score', 'IndicatorSnapshot.capabilityScore'],
  },
  'S1-27': { term: '基本作业清单', fields: ['CapabilityItem.area'] },
  'S1-28': {
    term: '县乡两级疾病诊疗目录',
    fields: [
      'Query.diseaseCatalogue',
      'DiseaseCatalogueItem.level',
      'Query.canTreat',
      'Mutation.upsertDiseaseCatalogueItem',
    ],
  },
  'S1-29': {
    term: '转诊管理办法',
    fields: ['Referral.scope=INTRA_ALLIANCE', 'Referral.scope=INTER_ALLIANCE', 'Referral.scope=OUT_OF_COUNTY'],
  },
  'S1-30': { term: '专科联盟、技术联盟', fields: ['Alliance.kind=SPECIALTY', 'Alliance.kind=TECHNICAL'] },
  'S1-31': { term: '重点专科、薄弱学科', fields: ['SpecialtyCentre.kind=KEY_SPECIALTY'] },
  'S1-32': { term: '疾病谱', fields: ['Query.diseaseSpectrum'] },
  'S1-33': { term: '外转专科能力建设', fields: ['Query.outwardTransferRanking', 'SpecialtyPlan.basis'] },
  'S1-34': { term: '学科建设规划', fields: ['SpecialtyPlan.goals', 'SpecialtyPlan.specialty'] },
  'S1-35': {
    term: '2 个以上重点专科',
    fields: ['Alliance.keySpecialties', 'StructureWarning.rule=KEY_SPECIALTIES', 'IndicatorSnapshot.keySpecialties'],
  },
  'S1-36': { term: '薄弱专科', fields: ['SpecialtyCentre.specialty'] },
  'S1-37': {
    term: '诊疗中心',
    fields: [
      'SpecialtyCentre.kind=CHEST_PAIN',
      'SpecialtyCentre.kind=STROKE',
      'SpecialtyCentre.kind=TRAUMA',
      'SpecialtyCentre.kind=CHRONIC',
      'SpecialtyCentre.kind=MATERNAL_CRITICAL',
      'SpecialtyCentre.kind=CHILD_CRITICAL',
      'SpecialtyCentre.accredited',
      'IndicatorSnapshot.emergencyCentreKinds',
    ],
  },
  'S1-38': {
    term: '优质服务基层行',
    fields: ['CapabilityAssessment.kind=QUALITY_PRIMARY', 'CapabilityAssessment.result'],
  },
  'S1-39': {
    term: '年度特色专科',
    fields: ['SpecialtyCentre.level', 'SpecialtyCentre.year', 'StructureWarning.rule=CITY_FEATURE_SPECIALTIES'],
  },
  'S1-40': {
    term: '基层住院床位',
    fields: ['BedStat.class', 'BedStat.open', 'Mutation.recordBeds', 'IndicatorSnapshot.primaryBeds'],
  },
  'S1-42': {
    term: '村卫生室纳入医共体',
    fields: ['Institution.memberships', 'Mutation.joinAlliance', 'IndicatorSnapshot.integratedVillageClinics'],
  },
  'S1-43': { term: '延伸服务', fields: ['Region.outreachPoints', 'Query.layoutGaps', 'Mutation.openOutreachPoint'] },
  'S1-44': { term: '乡村一体化管理', fields: ['Institution.integratedManagement', 'IndicatorSnapshot.villageVisits'] },
  'S1-46': { term: '专业公共卫生机构融入', fields: ['AllianceMembership.role=PUBLIC_HEALTH'] },
  'S1-47': {
    term: '市级医院结对',
    fields: [
      'Query.pairingAgreements',
      'PairingAgreement.mode',
      'Mutation.signPairingAgreement',
      'IndicatorSnapshot.pairedLeadHospitals',
    ],
  },
  'S1-50': {
    term: '1+X医联体、远程医疗协作网',
    fields: ['Query.alliances', 'Alliance.kind=ONE_PLUS_X', 'Alliance.kind=TELEMEDICINE'],
  },
  'S1-52': { term: '优先转诊县级龙头医院', fields: ['Query.suggestReferralTargets', 'ReferralTarget.isOwnLead'] },
  'S1-53': { term: '县域外转诊', fields: ['Referral.scope=OUT_OF_COUNTY', 'Mutation.approveOutOfCounty'] },
  'S1-54': {
    term: '号源下沉',
    fields: [
      'Mutation.setSlotReleasePolicy',
      'Mutation.publishSlots',
      'SlotReleasePolicy.ratio',
      'IndicatorSnapshot.slotsReleased',
    ],
  },
  'S1-55': { term: '上转住院优先', fields: ['Query.admissionQueue', 'AdmissionQueueEntry.priority'] },
  'S1-56': { term: '市县药物匹配', fields: ['Query.drugMatch', 'DrugMatch.matchRate'] },
  'S1-57': {
    term: '县域统一药品目录',
    fields: ['Query.drugCatalogue', 'DrugItem.catalogueVersion', 'Mutation.upsertDrugCatalogueItem'],
  },
  'S1-58': {
    term: '共享药房',
    fields: ['Query.drugAvailability', 'DrugStock.sharedPharmacy', 'Mutation.dispensePrescription'],
  },
  'S1-59': {
    term: '联合带量采购',
    fields: ['Mutation.recordProcurementBatch', 'Query.procurementBatches', 'ProcurementBatch.newPrice'],
  },
  'S2-2': {
    term: '医疗机构管理条例',
    fields: ['Institution.licence', 'InstitutionLicence.number', 'InstitutionLicence.validTo'],
  },
  'S2-3': { term: '分级诊疗', fields: ['Mutation.submitReferral', 'Referral.status'] },
  'S2-4': { term: '质量控制标准', fields: ['DiagnosticReport.qualityGrade', 'CapabilityAssessment.standardVersion'] },
  'S2-5': {
    term: '区域医疗资源评估',
    fields: ['Mutation.submitResourceAssessment', 'Query.resourceAssessments', 'IndicatorSnapshot.openBeds'],
  },
  'S2-6': {
    term: '机构布局规划',
    fields: ['LayoutPlan.items', 'LayoutPlanItem.standard', 'Mutation.approveLayoutPlan'],
  },
  'S2-7': { term: '填补服务空白', fields: ['Query.layoutGaps', 'LayoutGap.kind'] },
  'S2-8': {
    term: '准入管理',
    fields: ['Mutation.recordInstitutionLifecycle', 'InstitutionLifecycleEvent.event=ADMISSION'],
  },
  'S2-9': {
    term: '退出机制',
    fields: ['InstitutionLifecycleEvent.event=CLOSURE', 'InstitutionLifecycleEvent.event=MERGER'],
  },
  'S2-11': {
    term: '共享病历、结果、影像',
    fields: ['Query.documents', 'Query.diagnosticReports', 'DiagnosticReport.imagingStudyUid'],
  },
  'S2-12': {
    term: '大型设备登记、共享、预约',
    fields: ['Mutation.registerEquipment', 'Query.equipmentList', 'Mutation.reserveEquipment'],
  },
  'S2-13': {
    term: '合作、租赁共享',
    fields: ['Equipment.sharingMode', 'Equipment.leaseTerms', 'IndicatorSnapshot.equipmentUsedMinutes'],
  },
  'S2-16': {
    term: '机构诊疗定位',
    fields: ['Query.diseaseCatalogue', 'Query.canTreat', 'IndicatorSnapshot.primaryVisits'],
  },
  'S2-17': {
    term: '转诊标准和流程',
    fields: ['Mutation.transitionReferral', 'Referral.timely', 'IndicatorSnapshot.timelyReferrals'],
  },
  'S2-18': { term: '基层投入与联合', fields: ['Mutation.recordInvestmentProject', 'Mutation.createAlliance'] },
  'S2-19': {
    term: '预约诊疗、分时段就诊',
    fields: [
      'AppointmentSlot.start',
      'AppointmentSlot.end',
      'Mutation.bookAppointment',
      'IndicatorSnapshot.bookedVisits',
      'IndicatorSnapshot.waitingMinutes',
    ],
  },
  'S2-20': {
    term: '门诊一站式服务',
    fields: [
      'Mutation.bookAppointment',
      'Mutation.checkInAppointment',
      'OutpatientVisit.steps',
      'Mutation.dispensePrescription',
    ],
  },
  'S2-21': {
    term: '急诊急救网络',
    fields: [
      'Query.emergencyNetwork',
      'EmergencyNode.duty',
      'EmergencyVisit.triageLevel',
      'Mutation.upsertEmergencyNode',
    ],
  },
  'S2-22': {
    term: '急诊与病房衔接',
    fields: ['EmergencyVisit.disposition', 'InpatientStay.admittedFrom', 'EmergencyVisit.doorToWardMinutes'],
  },
  'S2-23': {
    term: '住院床位、平均住院日',
    fields: [
      'Query.bedAvailability',
      'Query.admissionQueue',
      'IndicatorSnapshot.bedDays',
      'IndicatorSnapshot.occupiedBeds',
    ],
  },
  'S3-7': { term: '依托乡镇卫生院', fields: ['Query.institution'] },
  'S3-19': {
    term: '签约优先',
    fields: [
      'AdmissionQueueEntry.priority',
      'Appointment.priority',
      'EquipmentReservation.priority',
      'WaitingListEntry.priority',
    ],
  },
  'S3-25': { term: '基层首诊、畅通转诊', fields: ['IndicatorSnapshot.firstContacts', 'IndicatorSnapshot.referralsUp'] },
  'S3-32': { term: '基药、签约用药', fields: ['DrugItem.essential', 'DrugItem.contractFlexible'] },
  'S3-33': {
    term: '乡村一体化管理',
    fields: ['Institution.integratedManagement', 'IndicatorSnapshot.integratedVillageClinics'],
  },
  'S3-34': {
    term: '示范村卫生室',
    fields: ['CapabilityAssessment.kind=MODEL_VILLAGE_CLINIC', 'IndicatorSnapshot.modelVillageClinics'],
  },
  'S3-41': {
    term: '签约平台 20 项功能',
    fields: [
      'Mutation.createReferral',
      'Mutation.transitionReferral',
      'Mutation.bookAppointment',
      'Mutation.requestRemoteConsultation',
      'Mutation.replyConsultation',
    ],
  },
  'S3-52': {
    term: '签约者远程医疗、预约诊疗',
    fields: ['Mutation.requestRemoteConsultation', 'Mutation.bookAppointment', 'Appointment.contractId'],
  },
  'S4-1': { term: '医联体', fields: ['Alliance.memberships', 'AllianceMembership.tier'] },
  'S4-2': {
    term: '资源共享、双向转诊',
    fields: ['IndicatorSnapshot.referralsUp', 'IndicatorSnapshot.referralsDown', 'IndicatorSnapshot.slotsReleased'],
  },
  'S4-3': { term: '市县医联体', fields: ['Query.alliances', 'Alliance.kind=CITY_COUNTY'] },
  'S4-4': { term: '县乡医联体', fields: ['Query.alliances', 'Alliance.kind=COUNTY_TOWNSHIP'] },
  'S4-6': { term: '城市医院与县级医院结对', fields: ['Query.pairingAgreements', 'PairingAgreement.cityHospital'] },
  'S4-7': {
    term: '合作不紧密',
    fields: ['Alliance.tightness', 'Alliance.governance', 'IndicatorSnapshot.unifiedManagement'],
  },
  'S4-8': {
    term: '“三通”',
    fields: [
      'Alliance.threeFlows',
      'ThreeFlows.people',
      'ThreeFlows.resources',
      'ThreeFlows.care',
      'IndicatorSnapshot.threeFlowAlliances',
    ],
  },
  'S4-11': { term: '边远、贫困地区', fields: ['Region.specialTypes'] },
  'S4-15': { term: '“互联网+”医联体', fields: ['Alliance.internetPlus', 'IndicatorSnapshot.internetPlusAlliances'] },
  'S4-17': { term: '投入不足', fields: ['Query.investmentProjects', 'InvestmentProject.amount'] },
  'S4-18': { term: '特殊地区全覆盖', fields: ['Query.allianceCoverage', 'StructureWarning.rule=SPECIAL_AREA_PARTNER'] },
  'S4-19': {
    term: '县乡村三级医联体',
    fields: ['AllianceMembership.tier=VILLAGE', 'IndicatorSnapshot.integratedVillageClinics'],
  },
  'S4-22': {
    term: '2020 稳定医联体',
    fields: ['IndicatorSnapshot.coveredPrimaryInstitutions', 'IndicatorSnapshot.alliances'],
  },
  'S4-23': {
    term: '远程门诊',
    fields: ['RemoteConsultation.kind=REMOTE_CLINIC', 'IndicatorSnapshot.remoteConsultations'],
  },
  'S4-25': { term: '紧密型医联体', fields: ['Alliance.tightness=TIGHT', 'Governance.unifiedFinance'] },
  'S4-26': { term: '中医医联体', fields: ['Alliance.kind=TCM'] },
};
