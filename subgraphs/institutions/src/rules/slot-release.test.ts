import { describe, expect, test } from 'vitest';
import { bookingDecision, channelAt, currentChannel, releaseRatio, releaseSlots } from './slot-release.ts';

describe('slot release', () => {
  test('TV-42 of 41 slots at 0.30, 13 are released: 8 to the lead hospital, 5 to the alliance', () => {
    expect(releaseSlots(41, '0.30', '0.60')).toEqual({ released: 13, lead: 8, alliance: 5, public: 28 });
  });

  test('TV-43 of 20 slots at 0.20, 4 are released: 3 and 1', () => {
    expect(releaseSlots(20, '0.20', '0.60')).toEqual({ released: 4, lead: 3, alliance: 1, public: 16 });
  });

  test('TV-44 of 3 slots at 0.20, 1 is released to the lead hospital', () => {
    expect(releaseSlots(3, '0.20', '0.60')).toEqual({ released: 1, lead: 1, alliance: 0, public: 2 });
  });

  test('a product that is whole is not rounded up, as a float would', () => {
    expect(releaseSlots(20, '0.35', '0.60')).toEqual({ released: 7, lead: 5, alliance: 2, public: 13 });
  });

  test('TV-45 the ratio grows by a step a year up to its maximum', () => {
    const policy = { startYear: 2022, startRatio: '0.20', yearlyStep: '0.05', maxRatio: '0.50' };
    expect([2022, 2025, 2030].map((year) => releaseRatio(policy, year))).toEqual(['0.20', '0.35', '0.50']);
  });

  test('TV-46 a township hospital books a lead-hospital slot only after the lead window', () => {
    const book = (at: string) =>
      bookingDecision(
        { channel: 'LEAD_HOSPITAL', visitDay: '2024-06-20', at: `${at}+08:00`, residentSigned: false },
        'MEMBER',
      );
    expect([book('2024-06-08T09:00:00'), book('2024-06-11T09:00:00')]).toEqual(['CHANNEL_CLOSED', 'ALLOWED']);
  });

  test('windows open and close at their instant', () => {
    const slot = (channel: 'LEAD_HOSPITAL' | 'ALLIANCE' | 'PUBLIC', at: string) => ({
      channel,
      visitDay: '2024-06-20',
      at: `${at}+08:00`,
      residentSigned: false,
    });
    expect([
      bookingDecision(slot('LEAD_HOSPITAL', '2024-06-06T07:59:59'), 'LEAD_HOSPITAL'),
      bookingDecision(slot('LEAD_HOSPITAL', '2024-06-06T08:00:00'), 'LEAD_HOSPITAL'),
      bookingDecision(slot('LEAD_HOSPITAL', '2024-06-09T23:59:59'), 'MEMBER'),
      bookingDecision(slot('LEAD_HOSPITAL', '2024-06-10T00:00:00'), 'MEMBER'),
      bookingDecision(slot('ALLIANCE', '2024-06-06T08:00:00'), 'MEMBER'),
      bookingDecision(slot('ALLIANCE', '2024-06-18T11:59:59'), 'PUBLIC'),
      bookingDecision(slot('ALLIANCE', '2024-06-18T12:00:00'), 'PUBLIC'),
      bookingDecision(slot('PUBLIC', '2024-06-06T08:00:00'), 'PUBLIC'),
    ]).toEqual([
      'CHANNEL_CLOSED',
      'ALLOWED',
      'CHANNEL_CLOSED',
      'ALLOWED',
      'ALLOWED',
      'CHANNEL_CLOSED',
      'ALLOWED',
      'ALLOWED',
    ]);
  });

  test('slots for residents with a contract open with the others, and to everybody two days before at noon', () => {
    const book = (at: string, residentSigned: boolean) =>
      bookingDecision(
        { channel: 'SIGNED', visitDay: '2024-06-20', at: `${at}+08:00`, residentSigned },
        residentSigned ? 'PUBLIC' : 'LEAD_HOSPITAL',
      );
    expect([
      book('2024-06-06T07:59:59', true),
      book('2024-06-06T08:00:00', true),
      book('2024-06-18T11:59:59', false),
      book('2024-06-18T12:00:00', false),
    ]).toEqual(['CHANNEL_CLOSED', 'ALLOWED', 'CHANNEL_CLOSED', 'ALLOWED']);
  });

  test('unused places pass from the lead hospital to the alliance and then to everybody', () => {
    const channels = (channel: 'LEAD_HOSPITAL' | 'ALLIANCE' | 'PUBLIC' | 'SIGNED') =>
      ['2024-06-09T23:59:59', '2024-06-10T00:00:00', '2024-06-18T11:59:59', '2024-06-18T12:00:00'].map((at) =>
        currentChannel({ channel, visitDay: '2024-06-20', at: `${at}+08:00` }),
      );
    expect([channels('LEAD_HOSPITAL'), channels('ALLIANCE'), channels('PUBLIC'), channels('SIGNED')]).toEqual([
      ['LEAD_HOSPITAL', 'ALLIANCE', 'ALLIANCE', 'PUBLIC'],
      ['ALLIANCE', 'ALLIANCE', 'ALLIANCE', 'PUBLIC'],
      ['PUBLIC', 'PUBLIC', 'PUBLIC', 'PUBLIC'],
      ['SIGNED', 'SIGNED', 'SIGNED', 'PUBLIC'],
    ]);
  });

  test('positions of a session belong to channels in order', () => {
    const release = releaseSlots(5, '0.40', '0.50');
    expect([0, 1, 2, 3, 4].map((position) => channelAt(position, release))).toEqual([
      'LEAD_HOSPITAL',
      'ALLIANCE',
      'PUBLIC',
      'PUBLIC',
      'PUBLIC',
    ]);
  });
});
