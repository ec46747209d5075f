import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { countSelections } from './count-selections.ts';

const chain = (length: number): string =>
  Array.from({ length }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`).join(' ');

test.each([
  ['{ a }', 1],
  ['{ a { b c } d }', 4],
  ['{ ... on Query { a ... @include(if: true) { b } } }', 4],
  ['{ a } query B { a b c } { a b }', 3],
  ['{ ...f a { ...f } } fragment f on Query { a b }', 7],
  ['{ a } fragment unused on Query { a b c }', 3],
  ['{ ...f } fragment f on Query { ...f a }', 3],
  ['{ ...f } fragment f on Query { ...g a } fragment g on Query { ...f b }', 5],
  ['{ ...gone }', 1],
  [`{ ...f0 } ${chain(3)} fragment f3 on Query { a }`, 23],
])('%s', (text, count) => {
  expect(countSelections(parse(text)).selections).toBe(count);
});

test('the widest definition is named', () => {
  const document = parse('query A { a } query B { a b } fragment C on Query { a }');
  expect(countSelections(document)).toEqual({ selections: 2, definition: document.definitions[1] });
});

test('fragments that each spread the next twice are counted, not expanded', () => {
  expect(countSelections(parse(`{ ...f0 } ${chain(5_000)} fragment f5000 on Query { a }`)).selections).toBe(Infinity);
});
