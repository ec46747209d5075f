import { dateOf, firstDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import { publicId } from '../chance/identifiers.ts';
import type { TrainingCourseFact, TrainingFact } from '../facts/staff.ts';
import { type PlaceWorld, practitionerId } from '../place-world.ts';

const TOPICS: readonly (readonly [string, string])[] = [
  ['COMMON_DISEASE', '基层常见病诊疗规范'],
  ['CHRONIC', '高血压与糖尿病基层管理'],
  ['ACUTE_CRITICAL', '急危重症识别与转诊'],
  ['TCM', '中医适宜技术推广'],
  ['REHAB', '康复护理基本技能'],
  ['PUBLIC_HEALTH', '基本公共卫生服务规范'],
  ['HEALTH_IT', '基层信息化应用'],
  ['CONTRACT', '家庭医生签约服务'],
];

const MODES = ['ONLINE_MOOC', 'OFFLINE', 'ROTATION', 'ONSITE_MEETING'];

/** Courses of a place and year: each topic online and offline, class I in every fourth. */
export function trainingCourses(world: PlaceWorld, year: number): TrainingCourseFact[] {
  const hosts = world.geography.sites.filter((site) => site.kind === 'COUNTY_GENERAL');
  return TOPICS.flatMap(([topic, title], topicIndex) =>
    MODES.map((mode, modeIndex) => {
      const number = topicIndex * MODES.length + modeIndex;
      const path = `${world.model.key}/course/${year}/${number}`;
      const draws = new Draws(world.seed, `${path}/fact`);
      const classI = modeIndex === 1;
      return {
        id: publicId('tc', new Draws(world.seed, path)),
        title: `${title}（${year}，示例）`,
        topic,
        mode,
        hostInstitutionId: hosts[number % hosts.length]?.id ?? '',
        credits: (classI ? 6 : 8).toFixed(1),
        creditClass: classI ? 'I' : 'II',
        hours: 24 + draws.integer(0, 3) * 8,
        free: true,
        targetCategories: topic === 'HEALTH_IT' ? ['70', '11'] : ['11', '12', '60'],
        openFrom: `${year}-01-15`,
        openTo: `${year}-12-15`,
      };
    }),
  );
}

/** Courses completed in a year by doctors, village doctors and nurses: about three each (domain.md 8.7). */
export function* trainingOf(world: PlaceWorld, year: number): Generator<TrainingFact> {
  const courses = trainingCourses(world, year);
  for (const site of world.geography.sites) {
    if (site.kind === 'OUTSIDE') continue;
    for (const segment of world.staff.get(site.id) ?? []) {
      const mean = TRAINED[segment.category] ?? 0;
      if (mean === 0) continue;
      for (let position = segment.from; position < segment.from + segment.count; position += 1) {
        const draws = new Draws(world.seed, `${site.path}/staff/${position}/training/${year}`);
        const count = Math.min(courses.length, draws.integer(mean - 1, mean + 1));
        const first = draws.integer(0, courses.length - 1);
        const person = practitionerId(site, position);
        for (let number = 0; number < count; number += 1) {
          const course = courses[(first + number * 5) % courses.length];
          if (course !== undefined) yield record(world, course, person, year, draws);
        }
      }
    }
  }
}

/** Mean number of courses a year by category (VS-15). */
const TRAINED: Readonly<Record<string, number>> = { '11': 4, '12': 4, '60': 4, '21': 3, '22': 3 };

function record(
  world: PlaceWorld,
  course: TrainingCourseFact,
  person: string,
  year: number,
  draws: Draws,
): TrainingFact {
  const passed = draws.chance(0.96);
  const score = passed ? 60 + draws.uniform() * 40 : 30 + draws.uniform() * 29;
  return {
    id: publicId('tr', new Draws(world.seed, `${course.id}/${person}`)),
    practitionerId: person,
    courseId: course.id,
    completedOn: dateOf(firstDayOf(year) + draws.integer(20, 345)),
    score: score.toFixed(1),
    passed,
    creditsEarned: passed ? course.credits : '0.0',
  };
}
