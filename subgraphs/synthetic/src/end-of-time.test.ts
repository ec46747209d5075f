import { expect, test } from 'vitest';
import { createRegion } from './region.ts';

/** Facts that look ahead: ends of what runs, limits, days planned. Everything else states what happened. */
const AHEAD = new Set([
  'validTo',
  'validUntil',
  'assessedUntil',
  'plannedEndOn',
  'dueFrom',
  'dueTo',
  'dueAt',
  'edd',
  'to',
]);

const MINUTES = 60_000;

test(
  'no fact of what happened lies after AS_OF',
  () => {
    const region = createRegion({
      seed: 'hutong',
      residentsPerPlace: 2000,
      visitScale: 1,
      years: 1,
      scenario: 'CURRENT',
      places: ['pei'],
    });
    const late = new Set<string>();
    const scan = (path: string, name: string, value: unknown): void => {
      if (typeof value === 'string') {
        const day = /^\d{4}-\d{2}-\d{2}(T|$)/.test(value);
        if (day && value > region.asOf && !AHEAD.has(name)) late.add(`${path} ${value}`);
      } else if (value !== null && typeof value === 'object') {
        for (const [key, one] of Object.entries(value)) {
          const item = Array.isArray(value);
          scan(item ? `${path}[]` : `${path}.${key}`, item ? name : key, one);
        }
      }
    };
    const place = {
      institution: region.institutions('pei'),
      alliance: region.alliances('pei'),
      practitioner: region.practitioners('pei'),
      secondment: region.secondments('pei'),
      pool: region.headcountPools('pei'),
      training: region.training('pei'),
      session: region.centralisedSessions('pei'),
      slotSession: region.slotSessions('pei'),
    };
    for (const [name, facts] of Object.entries(place)) for (const fact of facts) scan(name, name, fact);
    for (const resident of region.residents('pei')) {
      scan('resident', 'resident', resident);
      scan('history', 'history', { ...region.history(resident) });
    }
    expect([...late]).toEqual([]);
  },
  2 * MINUTES,
);
