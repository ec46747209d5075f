import { DRG_POLICY } from '@hutong/synthetic';
import { describe, expect, test } from 'vitest';
import { type DrgInput, caseMixIndex, drgPayment, keptHighOutliers } from './drg.ts';

const pay = (over: Partial<DrgInput>) =>
  drgPayment(
    {
      level: 'C',
      group: { rw: '0.62', basic: false },
      cost: '3500.00',
      patientPaid: '0.00',
      days: 7,
      surgery: false,
      ...over,
    },
    DRG_POLICY,
  );

describe('payment by DRG', () => {
  test('TV-26 a normal case is paid its standard', () => {
    expect(pay({ cost: '3500.00', patientPaid: '900.00' })).toEqual({
      standard: '3844.00',
      outlier: 'NORMAL',
      payable: '3844.00',
      fundPayable: '2944.00',
      hospitalBalance: '344.00',
    });
  });

  test('TV-27 a low outlier is paid its cost', () => {
    expect(pay({ cost: '1300.00', patientPaid: '400.00' })).toEqual({
      standard: '3844.00',
      outlier: 'LOW',
      payable: '1300.00',
      fundPayable: '900.00',
      hospitalBalance: '0.00',
    });
  });

  test('TV-28 a high outlier is paid the excess over three times the standard', () => {
    expect(pay({ cost: '15000.00', patientPaid: '3600.00' })).toEqual({
      standard: '3844.00',
      outlier: 'HIGH',
      payable: '7312.00',
      fundPayable: '3712.00',
      hospitalBalance: '-7688.00',
    });
  });

  test('TV-29 a basic group is paid alike at every level', () => {
    const one = pay({ level: 'T', group: { rw: '0.35', basic: true }, cost: '1900.00' });
    expect(one).toEqual({
      standard: '2170.00',
      outlier: 'NORMAL',
      payable: '2170.00',
      fundPayable: '2170.00',
      hospitalBalance: '270.00',
    });
  });

  test('TV-30 a cost exactly at the high limit is normal', () => {
    expect(pay({ cost: '11532.00' }).outlier).toBe('NORMAL');
  });

  test('TV-31 a cost exactly at the low limit is normal', () => {
    expect(pay({ cost: '1537.60' }).outlier).toBe('NORMAL');
  });

  test('TV-32 weight 1.85 at a tertiary hospital has the factor 2.5', () => {
    const one = pay({ level: 'M', group: { rw: '1.85', basic: false }, cost: '40000.00' });
    expect([one.standard, one.outlier, one.payable]).toEqual(['12617.00', 'HIGH', '21074.50']);
  });

  test('TV-33 the case-mix index of ten cases has three places', () => {
    const weights = [...Array(3).fill('0.62'), ...Array(5).fill('0.35'), ...Array(2).fill('1.85')];
    expect([caseMixIndex(weights), caseMixIndex([])]).toEqual(['0.731', null]);
  });

  test('short stays without surgery, long stays and ungrouped cases are paid by item', () => {
    const short = pay({ days: 1, patientPaid: '500.00' });
    expect(short).toEqual({
      standard: null,
      outlier: 'EXCLUDED',
      payable: '3500.00',
      fundPayable: '3000.00',
      hospitalBalance: '0.00',
    });
    expect([
      pay({ days: 1, surgery: true }).outlier,
      pay({ days: 61 }).outlier,
      pay({ days: 60 }).outlier,
      pay({ group: null }).outlier,
    ]).toEqual(['NORMAL', 'EXCLUDED', 'NORMAL', 'UNGROUPED']);
  });

  test('of 40 cases two high outliers keep their excess, ties by case id', () => {
    const normal = Array.from({ length: 37 }, (_, index) => ({
      id: `n${index}`,
      outlier: 'NORMAL' as const,
      excess: '0',
    }));
    const high = ['b', 'a', 'c'].map((id) => ({
      id,
      outlier: 'HIGH' as const,
      excess: id === 'c' ? '900.00' : '100.00',
    }));
    expect([...keptHighOutliers([...normal, ...high], '0.05')]).toEqual(['c', 'a']);
  });
});
