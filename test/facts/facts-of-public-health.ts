import type { Facts } from './facts.ts';

/** The facts of domain.md §1 that public health 公共卫生 serves, alone or with others: how, among its fields. */
export const factsOfPublicHealth: Facts = {
  'S0-2': { term: '现状研判', fields: ['Query.evaluations', 'Evaluation.gaps'] },
  'S0-10': {
    term: '健康档案动态更新',
    fields: ['Mutation.updateHealthRecord', 'HealthRecord.lastUpdatedAt', 'IndicatorSnapshot.recordsDynamic'],
  },
  'S0-33': {
    term: '“互联网+家庭医生签约”',
    fields: ['ServiceContract.channel=APP', 'Mutation.submitDeviceMeasurement', 'Mutation.askFamilyDoctor'],
  },
  'S0-34': {
    term: '一人一档',
    fields: [
      'Query.healthRecord',
      'HealthRecord.timeline',
      'TimelineEntry.kind=FOLLOW_UP',
      'Mutation.registerResident',
      'Mutation.mergeResidents',
    ],
  },
  'S0-40': { term: '绩效考核', fields: ['Mutation.runEvaluation', 'EvaluationDimension.score'] },
  'S0-41': {
    term: '考核与机构拨款挂钩',
    fields: ['Mutation.allocateFunds', 'FundAllocation.basisEvaluation', 'FundAllocationRow.factor'],
  },
  'S0-43': { term: '专项工作组', fields: ['Mutation.upsertProgramme', 'Programme.workingGroup'] },
  'S0-44': {
    term: '年度目标与责任分工',
    fields: ['Mutation.setIndicatorTarget', 'Query.indicatorTargets', 'ProgrammeTask.department', 'Query.programmes'],
  },
  'S0-47': { term: '整合补助资金', fields: ['FundAllocation.source', 'Mutation.payFundAllocation'] },
  'S0-48': {
    term: '三维评估',
    fields: [
      'EvaluationDimension.code=CAPABILITY',
      'EvaluationDimension.code=HEALTH',
      'EvaluationDimension.code=SATISFACTION',
      'IndicatorSnapshot.satisfactionScore',
    ],
  },
  'S0-49': {
    term: '慢病控制率',
    fields: [
      'IndicatorSnapshot.htnControlled',
      'IndicatorSnapshot.htnManaged',
      'IndicatorSnapshot.dmControlled',
      'IndicatorSnapshot.dmManaged',
    ],
  },
  'S0-50': { term: '动态优化', fields: ['Evaluation.recommendations'] },
  'S1-1': { term: '工作会议', fields: ['Query.programmes', 'Programme.title'] },
  'S1-2': { term: '实施方案', fields: ['Programme.documents', 'Programme.phase'] },
  'S1-3': { term: '2019 总体目标', fields: ['IndicatorTarget.year', 'IndicatorTarget.value'] },
  'S1-4': { term: '2022 目标一', fields: ['Query.evaluations', 'Evaluation.total'] },
  'S1-10': { term: '问题、实践、目标导向', fields: ['Programme.description'] },
  'S1-45': {
    term: '签约重点人群',
    fields: [
      'Resident.focusGroups',
      'IndicatorSnapshot.focusContracts',
      'IndicatorSnapshot.focusResidents',
      'Query.satisfactionSummary',
    ],
  },
  'S1-46': {
    term: '专业公共卫生机构融入',
    fields: ['Mutation.recordHealthEducation', 'Query.mentalHealthRecords', 'Query.maternalRecords'],
  },
  'S2-1': { term: '目的与需求', fields: ['Programme.description', 'Region.residentPopulation'] },
  'S2-5': { term: '区域医疗资源评估（人口）', fields: ['ResourceAssessment.population'] },
  'S2-24': {
    term: '出院随访',
    fields: [
      'Resident.dischargeFollowUps',
      'FollowUp.kind=DISCHARGE',
      'Mutation.recordFollowUp',
      'IndicatorSnapshot.dischargeFollowUps',
    ],
  },
  'S2-25': { term: '领导小组', fields: ['Programme.workingGroup=HEALTH'] },
  'S2-26': { term: '部门职责', fields: ['ProgrammeTask.department', 'ProgrammeTask.status'] },
  'S2-27': {
    term: '监督机制',
    fields: [
      'Mutation.recordInspection',
      'Inspection.scope=LAYOUT',
      'Inspection.scope=SHARING',
      'Inspection.scope=TIERED_CARE',
    ],
  },
  'S2-28': {
    term: '举报投诉',
    fields: [
      'Mutation.fileComplaint',
      'Mutation.resolveComplaint',
      'Complaint.dueAt',
      'IndicatorSnapshot.complaintsResolved',
    ],
  },
  'S2-29': { term: '绩效评估指标体系', fields: ['Query.indicatorCatalogue', 'EvaluationDimension.indicators'] },
  'S2-30': { term: '考核与财政补助挂钩', fields: ['Mutation.allocateFunds', 'FundAllocationRow.amount'] },
  'S2-31': { term: '三个阶段', fields: ['Programme.phases', 'ProgrammePhasePlan.phase'] },
  'S2-32': { term: '评审与反馈', fields: ['Mutation.reviewProgramme', 'ProgrammeReview.kind'] },
  'S3-1': {
    term: '签约 13 万人',
    fields: ['Query.contractDashboard', 'ContractDashboard.contracts', 'IndicatorSnapshot.contracts'],
  },
  'S3-2': {
    term: '生命全过程',
    fields: ['ServicePackage.targetGroups', 'Region.targetGroups', 'TargetGroupCount.contracts'],
  },
  'S3-3': { term: '“三个三”', fields: ['Mutation.signContract'] },
  'S3-4': { term: '“三位一体”', fields: ['ServiceContract.structureComplete', 'ServiceContract.villageClinic'] },
  'S3-5': {
    term: '一名家庭医生',
    fields: [
      'ServiceContract.familyDoctor',
      'ServiceContract.scope=PERSON',
      'ServiceContract.scope=HOUSEHOLD',
      'Mutation.changeFamilyDoctor',
    ],
  },
  'S3-6': { term: '一个健康管理团队', fields: ['ServiceContract.team'] },
  'S3-7': { term: '一个乡镇卫生院', fields: ['ServiceContract.baseInstitution'] },
  'S3-14': {
    term: '三类服务',
    fields: [
      'PackageItem.itemClass=BASIC_CARE',
      'PackageItem.itemClass=BASIC_PUBLIC_HEALTH',
      'PackageItem.itemClass=PERSONALISED',
    ],
  },
  'S3-15': { term: '“三方受益”', fields: ['Mutation.calculateTeamIncentive', 'TeamIncentive.amount'] },
  'S3-16': {
    term: '7 个包型',
    fields: [
      'Query.servicePackages',
      'ServicePackage.kind=PUBLIC_HEALTH',
      'ServicePackage.kind=PREGNANCY',
      'ServicePackage.kind=CHILD_CARE',
      'ServicePackage.kind=ELDERLY',
      'ServicePackage.kind=CHRONIC',
      'ServicePackage.kind=HEALTH_EXAM',
      'ServicePackage.kind=SPECIAL_NEEDS',
    ],
  },
  'S3-17': {
    term: '包型细化',
    fields: ['ServicePackage.variant', 'ServicePackage.items', 'Mutation.upsertServicePackage'],
  },
  'S3-26': {
    term: '签约与公卫同考核',
    fields: ['Mutation.runEvaluation', 'Evaluation.dimensions'],
  },
  'S3-28': { term: '“三不”问题', fields: ['Query.fulfilmentGaps', 'Mutation.verifyFulfilment'] },
  'S3-29': { term: '10 元补助', fields: ['FundAllocation.source=BPH_INCREMENT', 'FundAllocation.pool'] },
  'S3-30': {
    term: '每签约一人次 15 元',
    fields: [
      'TeamIncentive.unit',
      'TeamIncentive.prenatalSignings',
      'TeamIncentive.elderlySignings',
      'Query.teamIncentives',
    ],
  },
  'S3-36': {
    term: '契约式服务考核',
    fields: [
      'Mutation.verifyFulfilment',
      'Inspection.truthRate',
      'Query.fulfilmentSample',
      'IndicatorSnapshot.truthful',
    ],
  },
  'S3-37': { term: '考核结果为拨付依据', fields: ['Mutation.allocateFunds', 'FundAllocation.status'] },
  'S3-38': {
    term: '40 余人督查组',
    fields: ['Inspection.teamSize', 'Inspection.unannounced', 'Inspection.visitedHouseholds'],
  },
  'S3-39': { term: '“五个坚持”', fields: ['Query.healthEducationActivities', 'Query.centralisedSessions'] },
  'S3-40': {
    term: '宣传先行',
    fields: ['Mutation.recordHealthEducation', 'HealthEducationActivity.channel', 'HealthEducationActivity.level'],
  },
  'S3-41': {
    term: '签约平台 20 项功能',
    fields: [
      'Mutation.signContract',
      'Mutation.confirmContract',
      'Mutation.recordFollowUp',
      'Mutation.recordHealthExam',
    ],
  },
  'S3-44': { term: '典型引路', fields: ['Programme.cases', 'ProgrammeCase.summary'] },
  'S3-45': { term: '分步实施', fields: ['Query.fulfilmentPlan', 'FulfilmentTask.mode'] },
  'S3-46': {
    term: '集中履约',
    fields: [
      'Mutation.scheduleCentralisedSession',
      'FulfilmentTask.mode=CENTRALISED',
      'CentralisedSession.residentType',
      'CentralisedSession.items',
    ],
  },
  'S3-47': {
    term: '团队履约',
    fields: ['Mutation.createMakeUpTasks', 'FulfilmentTask.makeUpOf', 'FulfilmentTask.mode=TEAM'],
  },
  'S3-48': { term: '个体履约', fields: ['Mutation.recordFulfilment', 'FulfilmentEvent.mode=INDIVIDUAL'] },
  'S3-49': {
    term: '上门服务',
    fields: [
      'Resident.vulnerability',
      'FulfilmentEvent.mode=HOME',
      'FulfilmentEvent.place=HOME',
      'Resident.inCareHome',
      'IndicatorSnapshot.vulnerableVisited',
    ],
  },
  'S3-50': { term: '一个不少、一项不漏', fields: ['Query.fulfilmentGaps', 'FulfilmentGap.missing'] },
  'S3-51': {
    term: '群众满意',
    fields: [
      'Query.contractDashboard',
      'Mutation.submitSatisfaction',
      'Mutation.sendReminder',
      'SatisfactionSummary.satisfiedShare',
    ],
  },
  'S4-5': { term: '国家分级诊疗试点', fields: ['Programme.pilotLevel'] },
  'S4-9': {
    term: '缺乏获得感',
    fields: ['SatisfactionSurvey.respondentKind', 'SatisfactionResponse.score'],
  },
  'S4-13': {
    term: '医联体考核',
    fields: ['Evaluation.kind=ALLIANCE', 'Alliance.evaluations', 'Alliance.evaluationTotal'],
  },
  'S4-20': {
    term: '高效、便捷、经济、同质',
    fields: ['IndicatorSnapshot.evaluationScore', 'Institution.satisfaction'],
  },
};
