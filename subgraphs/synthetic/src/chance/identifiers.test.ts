import { describe, expect, test } from 'vitest';
import { Draws } from './draws.ts';
import { citizenCheck, citizenNumber, publicId, usccCheck, usccOf } from './identifiers.ts';

const isCitizen = (number: string) => citizenCheck(number.slice(0, 17)) === number.slice(17);
const isUscc = (code: string) => usccCheck(code.slice(0, 17)) === code.slice(17);

describe('identifiers', () => {
  test('the check digits of domain.md 3.21.1 pass, a wrong one does not', () => {
    const numbers = ['11010519491231002X', '99032219550312001X', '990322198807060021', '990322202301150037'];
    const more = ['993302196001010103', '995303194509090211', '110105194912310021'];
    expect([...numbers, ...more].map(isCitizen)).toEqual([true, true, true, true, true, true, false]);
  });

  test('synthetic numbers begin with 99 and the end of the county, and pass', () => {
    expect(citizenNumber('320322', '1955-03-12', 1)).toBe('99032219550312001X');
  });

  test('the unified social credit codes of domain.md 3.21.2 pass', () => {
    const codes = ['91350100M000100Y43', '12320322HX0000001G', '12320322HX00001029', '12990322HX00002037'];
    expect(codes.map(isUscc)).toEqual([true, true, true, true]);
    expect(usccOf('320322', 1)).toBe('12320322HX0000001G');
  });

  test('a public id is a prefix and twelve Crockford characters', () => {
    expect(publicId('rs', new Draws('demo', 'x'))).toMatch(/^rs_[0-9A-HJKMNP-TV-Z]{12}$/);
  });
});
