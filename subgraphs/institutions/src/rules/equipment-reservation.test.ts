import { describe, expect, test } from 'vitest';
import {
  decideReservation,
  type ExistingReservation,
  holdLapsesAt,
  type ReservableEquipment,
  type ReservationRequest,
} from './equipment-reservation.ts';

/** Monday 6 May 2024, unless another day is named. */
const on = (time: string, day = '06') => `2024-05-${day}T${time}:00+08:00`;

const scanner: ReservableEquipment = {
  institutionId: 'in_LEAD',
  status: 'IN_USE',
  shared: true,
  sharedWithAllianceIds: ['al_ONE'],
  operatorCount: 1,
  bufferMinutes: 5,
  openHours: [{ weekday: 1, opens: '08:00', closes: '16:00' }],
  sharedQuota: null,
};

const township: ReservationRequest = {
  requesterId: 'in_TOWN',
  requesterAllianceIds: ['al_ONE'],
  requesterIsPrimary: true,
  urgency: 'ROUTINE',
  start: on('09:15'),
  end: on('09:30'),
  at: on('08:00', '01'),
};

const nine: ExistingReservation = {
  id: 'er_NINE',
  status: 'CONFIRMED',
  urgency: 'ROUTINE',
  requesterIsPrimary: false,
  heldAt: on('07:00', '01'),
  start: on('09:00'),
  end: on('09:15'),
  blockedUntil: on('09:20'),
};

const decide = (
  request: Partial<ReservationRequest>,
  others: readonly ExistingReservation[] = [],
  equipment: Partial<ReservableEquipment> = {},
) => decideReservation({ ...scanner, ...equipment }, { ...township, ...request }, others);

const reserved = (blockedUntil: string, ...displacedIds: string[]) => ({
  kind: 'RESERVED',
  blockedUntil,
  displacedIds,
});
const refused = (code: string, field: string) => ({ kind: 'REFUSED', code, field });
const taken = refused('SLOT_TAKEN', 'start');

describe('other reservations of the unit', () => {
  test('TV-47 the unit is blocked until the buffer has passed', () => {
    expect(decide({}, [nine])).toEqual(taken);
  });

  test('TV-48 after the buffer it is free', () => {
    expect(decide({ start: on('09:20'), end: on('09:35') }, [nine])).toEqual(reserved(on('09:40')));
  });

  test('TV-49 a cancelled reservation blocks nothing', () => {
    expect(decide({ start: on('09:00'), end: on('09:15') }, [{ ...nine, status: 'CANCELLED' }])).toEqual(
      reserved(on('09:20')),
    );
  });

  test('TV-50 whichever of two equal requests comes second finds the slot taken', () => {
    const request = { start: on('09:00'), end: on('09:15') };
    expect([decide(request), decide(request, [nine])]).toEqual([reserved(on('09:20')), taken]);
  });

  test('the own buffer must end before the next one starts', () => {
    expect([
      decide({ start: on('08:40'), end: on('08:55') }, [nine]),
      decide({ start: on('08:41'), end: on('08:56') }, [nine]),
    ]).toEqual([reserved(on('09:00')), taken]);
  });

  test('done reservations block, missed, expired and displaced ones do not', () => {
    const request = { start: on('09:00'), end: on('09:15') };
    const statuses = ['DONE', 'NO_SHOW', 'EXPIRED', 'RESCHEDULE_NEEDED'] as const;
    expect(statuses.map((status) => decide(request, [{ ...nine, status }]).kind)).toEqual([
      'REFUSED',
      'RESERVED',
      'RESERVED',
      'RESERVED',
    ]);
  });

  test('a hold blocks until fifteen minutes have passed', () => {
    const held: ExistingReservation = { ...nine, status: 'HELD', heldAt: on('08:00', '01') };
    expect([
      holdLapsesAt(held.heldAt),
      decide({ at: '2024-05-01T08:14:59+08:00' }, [held]),
      decide({ at: on('08:15', '01') }, [held]),
    ]).toEqual([on('08:15', '01'), taken, reserved(on('09:35'))]);
  });
});

describe('the unit and the requester', () => {
  test('it must be in use and have an operator', () => {
    const refusal = refused('VALIDATION_FAILED', 'equipmentId');
    expect([
      decide({}, [], { status: 'MAINTENANCE' }),
      decide({}, [], { status: 'IDLE' }),
      decide({}, [], { status: 'RETIRED' }),
      decide({}, [], { operatorCount: 0 }),
    ]).toEqual([refusal, refusal, refusal, refusal]);
  });

  test('it is shared with an alliance of the requester, or its own', () => {
    const refusal = refused('MODE_MISMATCH', 'requesterId');
    expect([
      decide({ requesterAllianceIds: ['al_TWO'] }),
      decide({ requesterAllianceIds: [] }),
      decide({}, [], { shared: false }),
      decide({ requesterId: 'in_LEAD', requesterAllianceIds: [] }, [], { shared: false }),
    ]).toEqual([refusal, refusal, refusal, reserved(on('09:35'))]);
  });

  test('it is open from start to end, the buffer may lie outside', () => {
    expect([
      decide({ start: on('15:45'), end: on('16:00') }),
      decide({ start: on('15:46'), end: on('16:01') }),
      decide({ start: on('07:59'), end: on('08:15') }),
      decide({ start: on('09:00', '07'), end: on('09:15', '07') }),
    ]).toEqual([
      reserved(on('16:05')),
      refused('VALIDATION_FAILED', 'end'),
      refused('VALIDATION_FAILED', 'start'),
      refused('VALIDATION_FAILED', 'start'),
    ]);
  });

  test('a reservation has a length and does not start in the past', () => {
    expect([
      decide({ end: on('09:15') }),
      decide({ end: on('09:16') }),
      decide({ at: on('09:15') }),
      decide({ at: on('09:16') }),
    ]).toEqual([
      refused('VALIDATION_FAILED', 'end'),
      reserved(on('09:21')),
      reserved(on('09:35')),
      refused('VALIDATION_FAILED', 'start'),
    ]);
  });
});

describe('the share of primary care', () => {
  /** 384 of 480 minutes are for all: 09:00 to 15:24. */
  const lead = { requesterId: 'in_LEAD', requesterIsPrimary: false, start: on('15:24'), end: on('15:39') };
  const others = (end: string): ExistingReservation[] => [
    { ...nine, end: on(end), blockedUntil: on(end) },
    {
      ...nine,
      id: 'er_TOWN',
      requesterIsPrimary: true,
      start: on('08:00'),
      end: on('09:00'),
      blockedUntil: on('09:00'),
    },
    { ...nine, id: 'er_OTHER_DAY', start: on('09:00', '13'), end: on('16:00', '13'), blockedUntil: on('16:00', '13') },
  ];

  test('others fill the rest of the day to the minute, and no more', () => {
    expect([decide(lead, others('15:09')), decide(lead, others('15:10'))]).toEqual([
      reserved(on('15:44')),
      refused('CHANNEL_CLOSED', 'start'),
    ]);
  });

  test('it binds neither primary care nor emergencies, nor a unit that is not shared', () => {
    expect([
      decide({ ...lead, requesterIsPrimary: true }, others('15:24')),
      decide({ ...lead, urgency: 'EMERGENCY' }, others('15:24')),
      decide({ ...lead, urgency: 'URGENT' }, others('15:24')),
      decide(lead, others('15:24'), { shared: false }),
    ]).toEqual([
      reserved(on('15:44')),
      reserved(on('15:44')),
      refused('CHANNEL_CLOSED', 'start'),
      reserved(on('15:44')),
    ]);
  });

  test('it ends at noon of the second day before', () => {
    expect([
      decide({ ...lead, at: '2024-05-04T11:59:59+08:00' }, others('15:24')),
      decide({ ...lead, at: on('12:00', '04') }, others('15:24')),
    ]).toEqual([refused('CHANNEL_CLOSED', 'start'), reserved(on('15:44'))]);
  });

  test('a unit may have a share of its own', () => {
    expect([decide(lead, others('15:24'), { sharedQuota: '0.10' }), decide(lead, [], { sharedQuota: '1.00' })]).toEqual(
      [reserved(on('15:44')), refused('CHANNEL_CLOSED', 'start')],
    );
  });
});

describe('an emergency', () => {
  const emergency = { urgency: 'EMERGENCY', start: on('09:10'), end: on('09:40'), at: on('08:30') } as const;
  const ten: ExistingReservation = {
    ...nine,
    id: 'er_TEN',
    start: on('09:40'),
    end: on('10:00'),
    blockedUntil: on('10:05'),
  };

  test('displaces routine reservations that have not started', () => {
    expect([
      decide(emergency, [nine, ten]),
      decide(emergency, [{ ...nine, status: 'HELD', heldAt: on('08:20') }]),
    ]).toEqual([reserved(on('09:45'), 'er_NINE', 'er_TEN'), reserved(on('09:45'), 'er_NINE')]);
  });

  test('displaces nothing that has started, is done or is urgent itself', () => {
    expect([
      decide({ ...emergency, at: on('09:00') }, [nine]),
      decide({ ...emergency, at: '2024-05-06T08:59:59+08:00' }, [nine]),
      decide(emergency, [{ ...nine, status: 'DONE' }]),
      decide(emergency, [{ ...nine, urgency: 'URGENT' }]),
      decide(emergency, [ten, { ...nine, urgency: 'EMERGENCY' }]),
      decide({ ...emergency, urgency: 'URGENT' }, [nine]),
    ]).toEqual([taken, reserved(on('09:45'), 'er_NINE'), taken, taken, taken, taken]);
  });
});
