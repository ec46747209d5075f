import { expect, test } from 'vitest';
import { type StudyRequest, decideStudy, decideStudyResult } from './further-study.ts';

const decide = (change: Partial<StudyRequest>, others: readonly { from: string; to: string | null }[] = []) =>
  decideStudy(
    { atInstitutionId: 'in_city', primaryInstitutionId: 'in_town', from: '2024-03-01', to: '2024-08-31', ...change },
    others,
  );
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('a study is at another institution and ends no earlier than it starts', () => {
  expect([
    decide({}),
    decide({ atInstitutionId: 'in_town' }),
    decide({ to: '2024-02-29' }),
    decide({ to: null }),
  ]).toEqual([allowed, refused('VALIDATION_FAILED', 'atInstitutionId'), refused('VALIDATION_FAILED', 'to'), allowed]);
});

test('a person is at one study at a time', () => {
  expect([
    decide({}, [{ from: '2023-09-01', to: '2024-03-01' }]),
    decide({}, [{ from: '2023-09-01', to: '2024-02-29' }]),
    decide({}, [{ from: '2024-09-01', to: null }]),
  ]).toEqual([refused('SCHEDULE_CONFLICT', 'from'), allowed, allowed]);
});

test('the result of a study is told once, in words, when it is over', () => {
  const study = { from: '2024-03-01', to: '2024-08-31', result: null };
  const tell = (to: string, result: string) => decideStudyResult(study, { to, result }, '2024-08-31');
  expect([
    tell('2024-08-31', '合格'),
    tell('2024-09-01', '合格'),
    tell('2024-02-29', '合格'),
    tell('2024-08-31', ' '),
    decideStudyResult({ ...study, result: '合格' }, { to: '2024-08-31', result: '优秀' }, '2024-08-31'),
  ]).toEqual([
    allowed,
    refused('VALIDATION_FAILED', 'to'),
    refused('VALIDATION_FAILED', 'to'),
    refused('VALIDATION_FAILED', 'result'),
    refused('INVALID_TRANSITION'),
  ]);
});
