import { expect, test } from 'vitest';
import { decideCourse, decideEnrolment } from './course-enrolment.ts';

const course = { openFrom: '2024-03-01', openTo: '2024-06-30', targetCategories: ['VILLAGE_DOCTOR'] } as const;
const always = { openFrom: null, openTo: null, targetCategories: [] };
const villageDoctor = { category: 'VILLAGE_DOCTOR', enrolled: false } as const;
const allowed = { kind: 'ALLOWED' };
const refused = (code: string, ...path: string[]) => ({ kind: 'REFUSED', code, path });

test('a course takes people while it is open', () => {
  const days = ['2024-02-29', '2024-03-01', '2024-06-30', '2024-07-01'];
  const closed = refused('VALIDATION_FAILED', 'courseId');
  expect(days.map((day) => decideEnrolment(course, villageDoctor, day))).toEqual([closed, allowed, allowed, closed]);
  expect(decideEnrolment(always, villageDoctor, '2024-07-01')).toEqual(allowed);
});

test('a course takes whom it is meant for, once', () => {
  const nurse = { category: 'NURSE', enrolled: false } as const;
  expect([
    decideEnrolment(course, nurse, '2024-03-01'),
    decideEnrolment(always, nurse, '2024-03-01'),
    decideEnrolment(course, { ...villageDoctor, enrolled: true }, '2024-03-01'),
  ]).toEqual([refused('VALIDATION_FAILED', 'practitionerId'), allowed, refused('INVALID_TRANSITION')]);
});

test('a course closes no earlier than it opens', () => {
  expect([
    decideCourse(course),
    decideCourse(always),
    decideCourse({ ...course, openTo: '2024-03-01' }),
    decideCourse({ ...course, openTo: '2024-02-29' }),
  ]).toEqual([allowed, allowed, allowed, refused('VALIDATION_FAILED', 'openTo')]);
});
