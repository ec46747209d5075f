import type { FaultText } from '@hutong/kit';

/** Sentences for faults that several writes find. */
export const texts = {
  bureau: { en: 'Only the insurance bureau of the region may do this.', zh: '仅属地医保局可操作。' },
  provider: {
    en: 'Only the provider itself or the insurance bureau of the region may do this.',
    zh: '仅本机构或属地医保局可操作。',
  },
  self: {
    en: 'Only the resident or the insurance bureau of the region may do this.',
    zh: '仅参保人本人或属地医保局可操作。',
  },
  past: { en: 'The day lies in the past.', zh: '日期不能早于今天。' },
  order: { en: 'The end lies before the beginning.', zh: '结束日期早于开始日期。' },
  unknownCode: { en: 'The code is not known.', zh: '编码不存在。' },
  needed: { en: 'This is needed.', zh: '此项必填。' },
  yearNotOver: { en: 'A year that is over is needed.', zh: '须为已结束的年度。' },
  closed: { en: 'The institution is not open.', zh: '该机构未在运营。' },
  noCoverage: {
    en: 'The resident is not insured on that day; check the coverage first.',
    zh: '参保人在该日期无有效参保，请先核实参保状态。',
  },
  noAgreement: {
    en: 'The provider has no agreement in force on that day; the insurance bureau signs one.',
    zh: '该机构在该日期无有效定点协议，请联系医保局签订。',
  },
} as const satisfies Readonly<Record<string, FaultText>>;
