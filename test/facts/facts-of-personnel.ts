import type { Facts } from './facts.ts';

/** The facts of domain.md §1 that personnel 人员 serves, alone or with others: how, among its fields. */
export const factsOfPersonnel: Facts = {
  'S0-3': {
    term: '招人难、留人难',
    fields: ['Query.workforceGaps', 'IndicatorSnapshot.vacancies', 'IndicatorSnapshot.leavers'],
  },
  'S0-4': { term: '全科、儿科、精神卫生人才缺口', fields: ['WorkforceGap.specialty', 'IndicatorSnapshot.gp'] },
  'S0-5': { term: '一人多岗', fields: ['Practitioner.posts', 'WorkforceGap.multiPostCount'] },
  'S0-6': {
    term: '知识更新滞后',
    fields: ['Query.creditSummary', 'Query.trainingCourses', 'IndicatorSnapshot.creditsMet'],
  },
  'S0-13': {
    term: '激励机制',
    fields: ['IndicatorSnapshot.avgIncome', 'Practitioner.incomeItems', 'IncomeItem.amount'],
  },
  'S0-14': { term: '“引育用留”', fields: ['Query.talentPipeline'] },
  'S0-15': { term: '基层定向医学生', fields: ['Mutation.signOrientedStudent', 'Query.orientedStudents'] },
  'S0-16': {
    term: '编制周转池',
    fields: [
      'Mutation.allocateHeadcount',
      'Mutation.releaseHeadcount',
      'Query.headcountPools',
      'IndicatorSnapshot.pooledPosts',
    ],
  },
  'S0-17': { term: '紧缺岗位引进', fields: ['Mutation.openRecruitment', 'Query.workforceGaps'] },
  'S0-18': { term: '“线上+线下”培训', fields: ['TrainingCourse.mode=ONLINE_MOOC', 'TrainingCourse.mode=OFFLINE'] },
  'S0-19': {
    term: '慕课',
    fields: ['Mutation.publishCourse', 'Mutation.enrolCourse', 'TrainingCourse.mode=ONLINE_MOOC'],
  },
  'S0-20': { term: '师带徒', fields: ['Mutation.startMentorship', 'Mutation.closeMentorship', 'Mentorship.mentor'] },
  'S0-21': { term: '进修轮训', fields: ['Mutation.recordFurtherStudy', 'FurtherStudy.atInstitution'] },
  'S0-22': {
    term: '急危重症识别、中医适宜技术',
    fields: ['TrainingCourse.topic=ACUTE_CRITICAL', 'TrainingCourse.topic=TCM', 'IndicatorSnapshot.creditsMet'],
  },
  'S0-23': {
    term: '基层职称评审',
    fields: ['Mutation.submitTitleReview', 'TitleReview.serviceVolume', 'TitleReview.satisfaction'],
  },
  'S0-25': { term: '专家驻点指导', fields: ['Secondment.purpose=ONSITE_GUIDANCE'] },
  'S0-41': { term: '个人绩效工资', fields: ['Mutation.recordPerformance', 'PerformanceRecord.score'] },
  'S0-42': {
    term: '岗位津贴、评优评先',
    fields: ['Mutation.grantAllowance', 'Mutation.recordAward', 'Practitioner.awardPoints'],
  },
  'S1-12': { term: '精准下沉', fields: ['Mutation.createSecondment', 'Secondment.objectives'] },
  'S1-41': {
    term: '长期派驻超过 300 名',
    fields: [
      'SecondmentCompliance.kind=LEAD_TO_MEMBER',
      'SecondmentCompliance.target',
      'SecondmentCompliance.institutionsCovered',
      'IndicatorSnapshot.secondedLong',
    ],
  },
  'S1-44': { term: '村医队伍', fields: ['Practitioner.category=VILLAGE_DOCTOR', 'IndicatorSnapshot.villageDoctors'] },
  'S1-48': {
    term: '市级派驻超过 150 名',
    fields: ['SecondmentCompliance.kind=CITY_TO_LEAD', 'SecondmentCompliance.target'],
  },
  'S1-49': {
    term: '市级选派 100 名以上',
    fields: ['SecondmentCompliance.kind=CITY_TO_COUNTY', 'SecondmentCompliance.target'],
  },
  'S1-51': { term: '中级以上、一年半以上', fields: ['Secondment.compliant', 'Secondment.titleLevelAtStart'] },
  'S2-5': {
    term: '区域医疗资源评估（人员）',
    fields: ['ResourceAssessment.staffCount', 'IndicatorSnapshot.practitioners'],
  },
  'S2-14': {
    term: '区域医疗人才库',
    fields: ['Query.talentPool', 'Mutation.requestTalentDispatch', 'Mutation.assignTalent'],
  },
  'S2-15': { term: '上级专家帮扶', fields: ['Secondment.purpose'] },
  'S2-30': { term: '评先评优', fields: ['Mutation.recordAward', 'Award.kind'] },
  'S3-6': { term: '健康管理团队', fields: ['Query.familyDoctorTeam', 'FamilyDoctorTeam.members'] },
  'S3-8': {
    term: '技术指导小组的构成',
    fields: [
      'TechnicalGuidanceGroup.departments',
      'TechnicalGuidanceGroup.specialists',
      'TechnicalGuidanceGroup.contractOffice',
    ],
  },
  'S3-9': { term: '“三级联动”', fields: ['TeamMembership.duty', 'FamilyDoctorTeam.guidanceGroup'] },
  'S3-10': {
    term: '包挂镇',
    fields: ['Query.technicalGuidanceGroups', 'TechnicalGuidanceGroup.assignedTowns', 'Mutation.assignGuidanceGroup'],
  },
  'S3-11': { term: '全科医生', fields: ['TeamMembership.duty=GP'] },
  'S3-12': {
    term: '公共卫生人员、护理人员',
    fields: ['TeamMembership.duty=PUBLIC_HEALTH', 'TeamMembership.duty=NURSE'],
  },
  'S3-13': { term: '村医', fields: ['TeamMembership.duty=VILLAGE_DOCTOR'] },
  'S3-24': {
    term: '签约所得不计入绩效工资',
    fields: ['Mutation.recordIncome', 'IncomeItem.countsTowardPerformancePay'],
  },
  'S3-27': { term: '多点执业', fields: ['Mutation.registerPractice', 'Practitioner.practiceRegistrations'] },
  'S3-31': {
    term: '多劳多得',
    fields: ['Query.performanceRecords', 'PerformanceRecord.workload', 'PerformanceRecord.amount'],
  },
  'S3-35': { term: '村医优先培训', fields: ['Query.trainingPriorityList', 'TrainingPriorityEntry.rank'] },
  'S3-41': {
    term: '签约平台 20 项功能',
    fields: ['Query.performanceRecords', 'Mutation.createTeam', 'Mutation.assignTeamMember'],
  },
  'S4-8': { term: '人员互通', fields: ['IndicatorSnapshot.secondedAny', 'Alliance.secondmentCompliance'] },
  'S4-10': {
    term: '五方面指导',
    fields: [
      'Query.secondments',
      'Secondment.purpose=MANAGEMENT',
      'Secondment.purpose=DISCIPLINE',
      'Secondment.purpose=TALENT',
      'Secondment.purpose=TECHNICAL',
      'Secondment.purpose=TRAINING',
    ],
  },
  'S4-11': { term: '人才薄弱', fields: ['Query.workforceGaps', 'WorkforceGap.gap'] },
  'S4-12': {
    term: '“造血式”扶贫',
    fields: ['Mutation.endSecondment', 'SecondmentOutcome.technique', 'SecondmentOutcome.peopleTrained'],
  },
  'S4-14': { term: '稳定支医', fields: ['Mutation.createSecondment', 'IndicatorSnapshot.secondedLong'] },
  'S4-17': { term: '信息技术人员', fields: ['IndicatorSnapshot.itStaff'] },
  'S4-21': { term: '村级人员培训', fields: ['TrainingCourse.host', 'Mutation.recordTraining'] },
  'S4-23': { term: '信息化人才培养', fields: ['TrainingCourse.topic=HEALTH_IT', 'IndicatorSnapshot.itStaff'] },
  'S4-24': {
    term: '多点执业、进修学习',
    fields: ['Mutation.registerPractice', 'PracticeRegistration.kind=ADDITIONAL', 'Mutation.recordFurtherStudy'],
  },
};
