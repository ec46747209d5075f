import { expect, test } from 'vitest';
import { snapshotValues } from './snapshot-values.ts';

const counts = {
  residentPopulation: 20_000,
  htnManaged: 820,
  htnStandardised: 574,
  htnControlled: 508,
  dmManaged: 0,
  dmStandardised: 0,
  dmControlled: 0,
  elderly: 1550,
  elderlyManaged: 1116,
  satisfactionScore: '88.10',
  complaintsDue: null,
  complaintsResolved: null,
};

test('values follow from counts; what has no denominator has no value', () => {
  const values = snapshotValues({ ...counts, capabilityScore: '72.50', secondedLong: 3, fundPaid: '9000000.00' });
  const known = [...values].filter(([code, value]) => value !== null || code.startsWith('P-0') || code === 'S-05');
  expect(Object.fromEntries(known)).toEqual({
    CAPABILITY: '72.50',
    'C-04': '1.50',
    'I-08': '450.00',
    'P-01': null,
    'P-02': null,
    'P-03': '72.00',
    'P-05': '70.00',
    'P-06': '61.95',
    'P-07': null,
    'P-08': null,
    'P-09': null,
    'F-06': '88.10',
    'S-05': null,
  });
});

test('columns of other subgraphs that are missing leave their indicators without a value', () => {
  const values = snapshotValues(counts);
  expect(['CAPABILITY', 'C-04', 'I-08'].map((code) => values.get(code))).toEqual([null, null, null]);
});
