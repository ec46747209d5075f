import type { Facts } from './facts.ts';

/** The 20 functions 功能 of the platform for family-doctor contracts (S3-41, domain.md 1.3b), by their number. */
export const platformFunctions: Facts = {
  '1': { term: '医生签约 contracting', fields: ['Mutation.signContract', 'Mutation.confirmContract'] },
  '2': { term: '双向转诊 two-way referral', fields: ['Mutation.createReferral', 'Mutation.transitionReferral'] },
  '3': { term: '在线支付 online payment', fields: ['Mutation.payClaimOnline', 'Mutation.payPackageFee'] },
  '4': { term: '绩效考核 appraisal', fields: ['Mutation.runEvaluation', 'Query.performanceRecords'] },
  '5': { term: '服务包管理 packages', fields: ['Query.servicePackages', 'Mutation.upsertServicePackage'] },
  '6': { term: '团队管理 teams', fields: ['Mutation.createTeam', 'Mutation.assignTeamMember'] },
  '7': { term: '健康档案 health record', fields: ['Query.healthRecord'] },
  '8': { term: '随访管理 follow-up', fields: ['Mutation.recordFollowUp'] },
  '9': { term: '集中履约 centralised fulfilment', fields: ['Mutation.scheduleCentralisedSession'] },
  '10': { term: '团队履约 make-up by the team', fields: ['Mutation.createMakeUpTasks'] },
  '11': {
    term: '个体履约、上门服务 individual and home service',
    fields: ['FulfilmentEvent.mode=INDIVIDUAL', 'FulfilmentEvent.mode=HOME'],
  },
  '12': { term: '预约诊疗 booking', fields: ['Mutation.bookAppointment'] },
  '13': { term: '远程医疗 telemedicine', fields: ['Mutation.requestRemoteConsultation'] },
  '14': { term: '健康体检 health exam', fields: ['Mutation.recordHealthExam'] },
  '15': { term: '慢病管理 chronic disease', fields: ['Mutation.enrolChronic'] },
  '16': { term: '优惠政策查询 benefits and prices', fields: ['Query.previewSettlement', 'Query.packageBenefits'] },
  '17': { term: '即时沟通、健康咨询 advice', fields: ['Mutation.askFamilyDoctor', 'Mutation.replyConsultation'] },
  '18': { term: '自动化统计 statistics', fields: ['Query.contractDashboard', 'Query.indicatorSnapshots'] },
  '19': { term: '督导督查 inspection', fields: ['Mutation.recordInspection'] },
  '20': { term: '满意度评价与反馈 satisfaction', fields: ['Mutation.submitSatisfaction'] },
};
