import { describe, expect, test } from 'vitest';
import { admissionRefusal, type AdmissionRequest, closureRefusal, type LayoutPlanFacts } from './layout-plan.ts';

const township = { class: 'C220', level: 'L1', regionCode: '990322101' } as const;

const request: AdmissionRequest = { ...township, licensed: true, on: '2024-05-06' };

const plan: LayoutPlanFacts = {
  status: 'APPROVED',
  validFrom: '2021-01-01',
  validTo: '2025-12-31',
  items: [{ class: 'C220', level: 'L1', regionCode: '990322', planned: 2 }],
};

const notPlanned = { code: 'NOT_IN_LAYOUT_PLAN', field: 'class' };

describe('admission', () => {
  test('needs a free place in the plan', () => {
    expect([
      admissionRefusal(request, [plan], []),
      admissionRefusal(request, [plan], [township]),
      admissionRefusal(request, [plan], [township, { ...township, regionCode: '990322102' }]),
      admissionRefusal(request, [], []),
    ]).toEqual([null, null, notPlanned, notPlanned]);
  });

  test('the place is one of class, level and division', () => {
    expect([
      admissionRefusal({ ...request, class: 'C210' }, [plan], []),
      admissionRefusal({ ...request, level: 'L2' }, [plan], []),
      admissionRefusal({ ...request, regionCode: '990323101' }, [plan], []),
      admissionRefusal(
        request,
        [plan],
        [
          { ...township, class: 'C210' },
          { ...township, level: 'L2' },
          { ...township, regionCode: '990323101' },
        ],
      ),
    ]).toEqual([notPlanned, notPlanned, notPlanned, null]);
  });

  test('the plan is approved and in force, both ends included', () => {
    expect([
      admissionRefusal({ ...request, on: '2021-01-01' }, [plan], []),
      admissionRefusal({ ...request, on: '2025-12-31' }, [plan], []),
      admissionRefusal({ ...request, on: '2020-12-31' }, [plan], []),
      admissionRefusal({ ...request, on: '2026-01-01' }, [plan], []),
      admissionRefusal(request, [{ ...plan, status: 'REVIEW' }], []),
      admissionRefusal(request, [{ ...plan, status: 'SUPERSEDED' }], []),
    ]).toEqual([null, null, notPlanned, notPlanned, notPlanned, notPlanned]);
  });

  test('the item of the township counts before that of the county', () => {
    const both = { ...plan, items: [...plan.items, { ...township, planned: 1 }] };
    expect([
      admissionRefusal(request, [both], [{ ...township, regionCode: '990322102' }]),
      admissionRefusal(request, [both], [township]),
    ]).toEqual([null, notPlanned]);
  });

  test('needs a licence first', () => {
    expect(admissionRefusal({ ...request, licensed: false }, [], [])).toEqual({
      code: 'VALIDATION_FAILED',
      field: 'licence',
    });
  });
});

test('closure needs an operating institution that takes over the contracts', () => {
  const refused = { code: 'VALIDATION_FAILED', field: 'mergedInto' };
  expect([
    closureRefusal({ activeContracts: 1, receiverActive: null }),
    closureRefusal({ activeContracts: 1, receiverActive: true }),
    closureRefusal({ activeContracts: 1, receiverActive: false }),
    closureRefusal({ activeContracts: 0, receiverActive: null }),
    closureRefusal({ activeContracts: 0, receiverActive: false }),
  ]).toEqual([refused, null, refused, null, refused]);
});
