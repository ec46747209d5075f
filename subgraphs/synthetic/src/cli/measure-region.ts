import { parseArgs } from 'node:util';
import type { PlaceKey, ResidentHistory, Scenario } from '../index.ts';
import { createRegion } from '../index.ts';

/** Generates one place and prints rows per list, rows per second and memory; nothing is stored. */

const LISTS = [
  ...(['contracts', 'fulfilments', 'chronic', 'followUps', 'exams', 'maternal', 'elderly', 'immunisations'] as const),
  ...(['infectious', 'deviceMeasurements', 'satisfaction', 'consents', 'encounters', 'appointments'] as const),
  ...(['prescriptions', 'reports', 'recognitions', 'referrals', 'episodes', 'documents', 'reservations'] as const),
  ...(['remoteConsultations', 'medicationAdvice', 'coverages', 'claims', 'twoDisease', 'outOfArea'] as const),
] as const;
const SINGLE = ['child', 'mental', 'tb'] as const;

const { values } = parseArgs({
  options: {
    residents: { type: 'string', default: '10000' },
    'visit-scale': { type: 'string', default: '0.25' },
    years: { type: 'string', default: '1' },
    place: { type: 'string', default: 'pei' },
    scenario: { type: 'string', default: 'CURRENT' },
    seed: { type: 'string', default: 'hutong' },
  },
});

const place = oneOf<PlaceKey>(values.place, ['pei', 'ningbo', 'qujing']);
const region = createRegion({
  seed: values.seed,
  residentsPerPlace: Number(values.residents),
  visitScale: Number(values['visit-scale']),
  years: Number(values.years),
  scenario: oneOf<Scenario>(values.scenario, ['CURRENT', 'SEED_BASELINE']),
});

const counts = new Map<string, number>();
const started = performance.now();
const processor = process.cpuUsage().user;
let peak = 0;
for (const resident of region.residents(place)) {
  add('residents', 1);
  countHistory(region.history(resident));
  if (resident.index % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
}
for (const session of region.slotSessions(place)) add('slots', session.slots.length);
printResult((performance.now() - started) / 1000, (process.cpuUsage().user - processor) / 1e6);

function countHistory(history: ResidentHistory): void {
  for (const name of LISTS) add(name, history[name].length);
  for (const name of SINGLE) if (history[name] !== null) add(name, 1);
  add(
    'costLines',
    history.encounters.reduce((sum, one) => sum + one.lines.length, 0),
  );
  add(
    'claimLines',
    history.claims.reduce((sum, one) => sum + one.lines.length, 0),
  );
}

function add(name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function printResult(seconds: number, processorSeconds: number): void {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [name, count] of counts) console.log(name.padEnd(22), count);
  console.log(`${rows} rows in ${seconds.toFixed(1)} s (${processorSeconds.toFixed(1)} s of processor time)`);
  console.log(
    `${Math.round(rows / seconds)} rows/s, ${Math.round(rows / processorSeconds)} per second of processor time`,
  );
  console.log(`peak memory ${Math.round(peak / 1e6)} MB`);
}

function oneOf<Value extends string>(text: string, allowed: readonly Value[]): Value {
  const value = allowed.find((one) => one === text);
  if (value === undefined) throw new RangeError(`${text} is none of ${allowed.join(', ')}`);
  return value;
}
