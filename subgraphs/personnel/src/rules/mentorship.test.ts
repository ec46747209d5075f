import { expect, test } from 'vitest';
import { type MentorshipRequest, decideMentorship, decideMentorshipClose } from './mentorship.ts';

const request = (change: Partial<MentorshipRequest>): MentorshipRequest => ({
  mentorId: 'pr_1',
  apprenticeId: 'pr_2',
  topic: 'CHRONIC',
  from: '2024-03-01',
  to: null,
  ...change,
});
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('nobody is mentor of oneself, and no mentorship ends before it starts', () => {
  expect([
    decideMentorship(request({}), []),
    decideMentorship(request({ apprenticeId: 'pr_1' }), []),
    decideMentorship(request({ to: '2024-02-29' }), []),
  ]).toEqual([allowed, refused('VALIDATION_FAILED', 'apprenticeId'), refused('VALIDATION_FAILED', 'to')]);
});

test('an apprentice has one mentor of a topic at a time', () => {
  const other = { topic: 'CHRONIC', from: '2023-01-01', to: '2024-03-01' } as const;
  expect([
    decideMentorship(request({}), [other]),
    decideMentorship(request({}), [{ ...other, to: '2024-02-29' }]),
    decideMentorship(request({}), [{ ...other, topic: 'TCM' }]),
  ]).toEqual([refused('SCHEDULE_CONFLICT', 'from'), allowed, allowed]);
});

test('a mentorship closes once, with an assessment, between its start and today', () => {
  const running = { from: '2024-03-01', assessment: null };
  const close = (to: string, assessment: string) => decideMentorshipClose(running, { to, assessment }, '2024-12-31');
  expect([
    close('2024-12-31', '合格'),
    close('2025-01-01', '合格'),
    close('2024-02-29', '合格'),
    close('2024-12-31', ''),
    decideMentorshipClose({ ...running, assessment: '合格' }, { to: '2024-12-31', assessment: '优秀' }, '2024-12-31'),
  ]).toEqual([
    allowed,
    refused('VALIDATION_FAILED', 'to'),
    refused('VALIDATION_FAILED', 'to'),
    refused('VALIDATION_FAILED', 'assessment'),
    refused('INVALID_TRANSITION'),
  ]);
});
