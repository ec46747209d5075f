import { type Day, dateOf, instantOf, lastDayOf } from '../chance/calendar.ts';
import { Draws } from '../chance/draws.ts';
import type { MaternalFact } from '../facts/public-health.ts';
import type { Pregnancy } from '../residents/person.ts';
import type { NumberedContact, Subject } from './contact.ts';

const AS_OF: Day = lastDayOf(2024);

const at = (day: Day, draws: Draws) => instantOf(day, 8 * 60 + draws.integer(0, 480));

/** Weeks of antenatal visits (domain.md 3.10: at least five). */
const ANTENATAL_WEEKS = [11, 18, 23, 30, 34, 38];

/** The maternal record of a pregnancy, up to AS_OF. */
export function maternalOf(subject: Subject, contacts: readonly NumberedContact[]): MaternalFact[] {
  const { pregnancy } = subject.person;
  if (pregnancy === null) return [];
  const draws = new Draws(subject.world.seed, `${subject.path}/maternal`);
  const demo = subject.person.fixture !== null;
  const weeks = registeredWeeks(subject, pregnancy);
  const registered = pregnancy.lmpDay + weeks * 7;
  const end = Math.min(pregnancy.deliveryDay ?? AS_OF, AS_OF);
  const birth = contacts.find((one) => one.delivery !== null);
  const weight = 52 + draws.normal() * 6;
  return [
    {
      no: 1,
      lmp: dateOf(pregnancy.lmpDay),
      edd: dateOf(pregnancy.lmpDay + 280),
      registeredOn: dateOf(registered),
      registeredWeeks: weeks,
      gravidity: draws.integer(1, 3),
      riskColour: draws.weighted([
        ['GREEN', 70] as const,
        ['YELLOW', 22] as const,
        ['ORANGE', 6] as const,
        ['RED', 1.5] as const,
        ['PURPLE', 0.5] as const,
      ]),
      visits: ANTENATAL_WEEKS.flatMap((week) => {
        const day = pregnancy.lmpDay + week * 7 + draws.integer(0, 6);
        const missed = draws.chance(0.05) && !demo;
        if (day > end || day < registered || missed) return [];
        return [
          {
            at: at(day, draws),
            weeks: week,
            weightKg: (weight + week * 0.32).toFixed(1),
            sbp: Math.round(112 + draws.normal() * 8),
            dbp: Math.round(71 + draws.normal() * 6),
          },
        ];
      }),
      delivery:
        pregnancy.deliveryDay === null || birth === undefined
          ? null
          : {
              on: dateOf(pregnancy.deliveryDay),
              mode: birth.delivery ?? 'VAGINAL',
              institutionId: birth.site.id,
              liveBirths: 1,
              encounterNo: birth.no,
            },
      postpartum: postpartum(pregnancy.deliveryDay, draws),
      status: pregnancy.deliveryDay !== null && pregnancy.deliveryDay + 42 <= AS_OF ? 'CLOSED' : 'OPEN',
    },
  ];
}

/** Day on which a pregnancy was registered; null without one. */
export function registeredDay(subject: Subject): Day | null {
  const { pregnancy } = subject.person;
  return pregnancy === null ? null : pregnancy.lmpDay + registeredWeeks(subject, pregnancy) * 7;
}

/** Most register by week 12, some late; who is pregnant for less than that at AS_OF registered then at the latest. */
function registeredWeeks(subject: Subject, { lmpDay }: Pregnancy): number {
  if (subject.person.fixture !== null) return 9;
  const draws = new Draws(subject.world.seed, `${subject.path}/maternal/registered`);
  const weeks = draws.chance(0.92) ? draws.integer(7, 12) : draws.integer(14, 20);
  return Math.min(weeks, Math.floor((AS_OF - lmpDay) / 7));
}

function postpartum(deliveryDay: Day | null, draws: Draws): MaternalFact['postpartum'] {
  if (deliveryDay === null) return [];
  const days = [draws.integer(3, 7), 42].filter(() => !draws.chance(0.05));
  return days.filter((day) => deliveryDay + day <= AS_OF).map((day) => ({ at: at(deliveryDay + day, draws), day }));
}
