import { readFileSync } from 'node:fs';
import type { Division, PlaceKey } from './facts/places.ts';
import { PLACE_MODELS, type PlaceModel } from './places/place-model.ts';

/** Divisions that stand above a place or hold the hospitals outside it. */
const ABOVE: Readonly<Record<PlaceKey, readonly string[]>> = {
  pei: ['32', '3201', '3203', '320303', '320311'],
  ningbo: ['33', '3301'],
  qujing: ['53', '5301'],
};

const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;

/** Path of the committed CSV (code, name, level, parentCode, urbanRural): the same file the import path reads. */
export const DIVISIONS_FILE = new URL('../data/divisions.csv', import.meta.url);

/** Every division of the committed file, parents first; the file has no places. */
export function readDivisions(): Division[] {
  const rows = readFileSync(DIVISIONS_FILE, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [code = '', name = '', level = '', parentCode = '', urbanRural = ''] = row.split(',');
    return {
      code,
      name,
      level: levelOf(level),
      parentCode: parentCode === '' ? null : parentCode,
      urbanRural: urbanRural === '' ? null : urbanRural,
      specialTypes: specialTypesOf(code, name),
      areaKm2: AREAS[code] ?? null,
      location: null,
    };
  });
}

/** The divisions of one place and those above it, parents first. */
export function divisionsOf(all: readonly Division[], place: PlaceKey): Division[] {
  const root = PLACE_MODELS[place].regionCode;
  return all.filter((one) => one.code.startsWith(root) || ABOVE[place].includes(one.code));
}

/** A committee of a community 社区 rather than of a village 村. */
export function isCommunity(villageCode: string): boolean {
  return villageCode.slice(9) < '200';
}

/** km² [k]. */
const AREAS: Readonly<Record<string, string>> = {
  '320322': '1806.00',
  '3302': '9816.00',
  '5303': '28900.00',
};

function levelOf(text: string): Division['level'] {
  const level = LEVELS.find((one) => one === text);
  if (level === undefined) throw new RangeError(`Unknown division level ${text}`);
  return level;
}

function specialTypesOf(code: string, name: string): Division['specialTypes'] {
  if (code.length !== 9) return [];
  const model = modelOf(code);
  if (model === undefined) return [];
  const named = model.specialTowns.filter(([town]) => town === name).map(([, type]) => type);
  return name.includes('族') ? ['ETHNIC', ...named] : named;
}

function modelOf(code: string): PlaceModel | undefined {
  return Object.values(PLACE_MODELS).find((model) => code.startsWith(model.regionCode));
}
