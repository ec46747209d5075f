import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Draws } from './draws.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

describe('draws', () => {
  test('draw 0 is the hash-counter generator of domain.md 8.1', () => {
    const expected = digest('v1:demo:pei/resident/7').readUInt32BE(0) / 2 ** 32;
    expect(new Draws('demo', 'pei/resident/7').uniform()).toBe(expected);
  });

  test('a digest serves eight words, the ninth begins the next block', () => {
    const draws = new Draws('demo', 'path');
    const words = Array.from({ length: 9 }, () => draws.word());
    const first = digest('v1:demo:path');
    const expected = [0, 4, 8, 12, 16, 20, 24, 28].map((at) => first.readUInt32BE(at));
    expect(words).toEqual([...expected, digest('v1:demo:path#1').readUInt32BE(0)]);
  });

  test('other seeds and paths give other numbers', () => {
    const first = (seed: string, path: string) => new Draws(seed, path).word();
    expect(new Set([first('a', 'x'), first('b', 'x'), first('a', 'y')]).size).toBe(3);
  });

  test('means of the distributions come out', () => {
    const draws = new Draws('demo', 'means');
    const mean = (draw: () => number) =>
      Array.from({ length: 20_000 }, draw).reduce((sum, one) => sum + one, 0) / 20_000;
    expect(mean(() => draws.poisson(3.4))).toBeCloseTo(3.4, 1);
    expect(mean(() => draws.normal())).toBeCloseTo(0, 1);
    expect(mean(() => draws.lognormal(100, 0.6)) / 100).toBeCloseTo(1, 1);
  });
});
