import { expect, test } from 'vitest';
import { nestingOf } from './nesting.ts';

test.each([
  ['', 0],
  ['{ a }', 1],
  ['{ a { b } c { d { e } } }', 3],
  ['{ a(where: { or: [{ b: 1 }] }) }', 5],
  ['{ a(b: "((((") { c } }', 2],
  ['{ a(b: "\\"((((\\\\") { c } }', 2],
  ['{ a(b: """ ( " \\""" [[[ """) { c } }', 2],
  ['{ a # {{{{{ "\n { b } }', 2],
  ['{ a(b: "{{', 2],
  ['}} { { a } }', 0],
])('%s', (text, depth) => {
  expect(nestingOf(text)).toBe(depth);
});
