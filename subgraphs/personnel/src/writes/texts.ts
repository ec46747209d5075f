import type { FaultText } from '@hutong/kit';

/** Sentences for faults that several writes find. */
export const texts = {
  ownInstitution: {
    en: 'Only the administrators of this institution, who leads its alliance, or the health commission may do this.',
    zh: '仅本机构管理者、医共体牵头单位或卫生健康行政部门可操作。',
  },
  commission: { en: 'Only the health commission of the division may do this.', zh: '仅属地卫生健康行政部门可操作。' },
  oneself: { en: 'Nobody does this for themselves.', zh: '不得为本人办理。' },
  closed: { en: 'The institution is not open.', zh: '该机构未在运营。' },
  left: { en: 'The person is not on the staff any more.', zh: '该人员已离职。' },
  onLeave: { en: 'The person is away from work.', zh: '该人员离岗。' },
  elsewhere: { en: 'The person belongs to another institution.', zh: '该人员不属于此机构。' },
  licence: {
    en: 'The licence is not in force on that day, or its periodic assessment has run out.',
    zh: '执业证书在该日期无效，或定期考核已过期。',
  },
  past: { en: 'The day lies in the past.', zh: '日期不能早于今天。' },
  future: { en: 'The day lies in the future.', zh: '日期不能晚于今天。' },
  order: { en: 'The end lies before the beginning.', zh: '结束日期早于开始日期。' },
  unknownCode: { en: 'The code is not known.', zh: '编码不存在。' },
  needed: { en: 'This is needed.', zh: '此项必填。' },
  number: { en: 'The number is outside what is possible.', zh: '数值超出范围。' },
} as const satisfies Readonly<Record<string, FaultText>>;
