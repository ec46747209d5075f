import type { FaultText } from '@hutong/kit';

/** Sentences for faults that several writes find. */
export const texts = {
  ownTeam: {
    en: 'Only the team, its hospital, or the resident may do this.',
    zh: '仅签约团队、其所属机构或居民本人可操作。',
  },
  commission: { en: 'Only the health commission may do this.', zh: '仅卫生健康行政部门可操作。' },
  system: { en: 'Only the system itself does this.', zh: '仅系统自动执行。' },
  closed: { en: 'The institution is not open.', zh: '该机构未在运营。' },
  gone: { en: 'The resident has died or moved away.', zh: '该居民已死亡或迁出。' },
  needed: { en: 'This is needed.', zh: '此项必填。' },
  twice: { en: 'This is given twice.', zh: '重复填写。' },
  order: { en: 'The end lies before the beginning.', zh: '结束日期早于开始日期。' },
} as const satisfies Readonly<Record<string, FaultText>>;
