import { encodeOwnedId, type ImportTarget, type RowValues, type TextCheck } from '@hutong/kit';
import { coverages } from './tables/coverage.ts';
import { benefitPlans } from './tables/policy.ts';

const residentId: TextCheck = {
  name: 'resident id',
  nameZh: '居民主索引',
  valid: (text) => /^rs_[0-9A-HJKMNP-TV-Z]{12}$/.test(text),
};

const divisionCode: TextCheck = {
  name: 'division code of 4, 6 or 9 digits',
  nameZh: '4、6 或 9 位区划代码',
  valid: (text) => /^\d{4}(\d{2}(\d{3})?)?$/.test(text),
};

/** Coverages 参保, known again by the resident and the number of the coverage. */
const coverageTarget: ImportTarget = {
  table: coverages,
  type: 'Coverage',
  naturalKey: ['residentId', 'no'],
  publicId: (row) => encodeOwnedId('cv', residentOf(row), Number(row['no'])),
  residentId: residentOf,
  defaults: { assistance: [], status: 'VALID' },
  columns: {
    residentId: { column: 'residentId', type: 'text', required: true, aliases: ['居民主索引'], check: residentId },
    no: { column: 'no', type: 'integer', required: true, aliases: ['参保序号'] },
    psnNo: { column: 'psnNo', type: 'text', aliases: ['医保人员编号'], maxLength: 30, hashColumn: 'psnNoHash' },
    scheme: {
      column: 'scheme',
      type: 'text',
      required: true,
      aliases: ['险种'],
      valueSet: 'VS-32',
      storesConstant: true,
    },
    personClass: {
      column: 'personClass',
      type: 'text',
      required: true,
      aliases: ['人员类别'],
      valueSet: 'PERSON-CLASS',
    },
    pooledRegionCode: {
      column: 'pooledRegionCode',
      type: 'text',
      required: true,
      aliases: ['统筹区'],
      check: divisionCode,
    },
    homeRegionCode: {
      column: 'homeRegionCode',
      type: 'text',
      required: true,
      aliases: ['居住乡镇'],
      check: divisionCode,
    },
    assistance: {
      column: 'assistance',
      type: 'list',
      aliases: ['救助身份'],
      valueSet: 'VS-67',
      storesConstant: true,
    },
    validFrom: { column: 'validFrom', type: 'date', required: true, aliases: ['生效日期'] },
    validTo: { column: 'validTo', type: 'date', aliases: ['截止日期'] },
    status: { column: 'status', type: 'text', aliases: ['参保状态'], oneOf: ['VALID', 'PAUSED', 'STOPPED'] },
    accountBalance: { column: 'accountBalance', type: 'decimal', aliases: ['个人账户余额'] },
    planKey: {
      column: 'planKey',
      type: 'text',
      required: true,
      aliases: ['待遇政策'],
      reference: { table: benefitPlans, column: 'key' },
    },
  },
  checkRow: ({ validFrom, validTo }) =>
    typeof validTo === 'string' && typeof validFrom === 'string' && validTo < validFrom
      ? [{ column: 'validTo', reason: 'The coverage ends before it begins.', reasonZh: '参保截止日期早于生效日期。' }]
      : [],
};

function residentOf(row: RowValues): string {
  return String(row['residentId']);
}

/** Tables of this subgraph that files can fill. */
export const importTargets: readonly ImportTarget[] = [coverageTarget];
