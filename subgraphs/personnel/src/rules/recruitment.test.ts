import { expect, test } from 'vitest';
import { type RecruitmentTerms, decideRecruitment } from './recruitment.ts';

const decide = (change: Partial<RecruitmentTerms>) =>
  decideRecruitment({ posts: 3, filled: 0, openFrom: '2024-03-01', openTo: '2024-03-31', ...change });
const allowed = { kind: 'ALLOWED' };
const wrong = (path: string) => ({ kind: 'REFUSED', code: 'VALIDATION_FAILED', path: [path] });

test('as many posts are filled as are offered, at most', () => {
  expect([decide({ filled: 3 }), decide({ filled: 4 }), decide({ filled: -1 })]).toEqual([
    allowed,
    wrong('filled'),
    wrong('filled'),
  ]);
});

test('a recruitment offers at least one post', () => {
  expect([decide({ posts: 1 }), decide({ posts: 0 })]).toEqual([allowed, wrong('posts')]);
});

test('a recruitment closes no earlier than it opens, or stays open', () => {
  expect([
    decide({ openTo: '2024-03-01' }),
    decide({ openTo: '2024-02-29' }),
    decide({ openTo: null }),
    decide({ openFrom: null }),
  ]).toEqual([allowed, wrong('openTo'), allowed, allowed]);
});
