import { Draws } from '../chance/draws.ts';
import { RECOGNITION_ITEM_OF } from '../catalogues/price-items.ts';
import type { ReportFact } from '../facts/care.ts';
import type { RecognitionItemFact } from '../facts/catalogue.ts';
import type { CareLevel } from '../facts/places.ts';
import type { NumberedContact, Subject } from './contact.ts';

/** An examination that was made. */
export interface PerformedOrder {
  readonly no: number;
  readonly key: string;
  readonly item: RecognitionItemFact;
  readonly contact: NumberedContact;
  /** Minutes since 1970 as minutesOf counts them. */
  readonly performed: number;
  readonly grade: ReportFact['qualityGrade'];
}

/** An order for which a recognisable report existed. */
export interface RecognitionDecision {
  readonly report: PerformedOrder;
  readonly contact: NumberedContact;
  readonly key: string;
  readonly recognised: boolean;
}

/** Examinations and decisions of a resident so far. */
export interface OrderLedger {
  readonly performed: PerformedOrder[];
  readonly decisions: RecognitionDecision[];
}

/** Grades from the weakest; a report is good enough for a target that requires no more (VS-30). */
const GRADES: readonly ReportFact['qualityGrade'][] = ['NONE', 'ALLIANCE', 'CITY', 'PROVINCE', 'NATIONAL'];

/** After a referral the hospital often wants what was already examined below. */
const ORDERED_AGAIN = 0.7;

/** Enters the orders of a contact and says which examinations were made: what was recognised is not made again (3.7). */
export function placeOrders(
  subject: Subject,
  contact: NumberedContact,
  keys: readonly string[],
  ledger: OrderLedger,
): string[] {
  const made: string[] = [];
  for (const key of ordersOf(subject, contact, keys, ledger)) {
    const item = RECOGNITION_ITEM_OF.get(key);
    if (item === undefined) continue;
    const draws = new Draws(subject.world.seed, `${subject.path}/order/${contact.key}/${key}`);
    const known = recognisable(ledger, contact, item);
    const recognised = contact.script?.name === 'TV-52' || draws.chance(subject.world.model.recognised);
    if (known !== null) ledger.decisions.push({ report: known, contact, key, recognised });
    if (known !== null && recognised) continue;
    const after = contact.kind === 'INPATIENT' ? draws.integer(60, 600) : 12;
    ledger.performed.push({
      no: ledger.performed.length + 1,
      key,
      item,
      contact,
      performed: contact.day * 1440 + contact.minutes + after,
      grade: contact.script?.name === 'chest CT' ? 'PROVINCE' : gradeOf(contact.level, draws.uniform()),
    });
    made.push(key);
  }
  return made;
}

function ordersOf(
  subject: Subject,
  contact: NumberedContact,
  keys: readonly string[],
  ledger: OrderLedger,
): ReadonlySet<string> {
  const orders = new Set(keys);
  if (contact.script?.name === 'TV-52') orders.add('CT_CHEST');
  if (contact.referral?.role !== 'ARRIVAL') return orders;
  const referral = contact.referral.key;
  const before = ledger.performed.filter((one) => one.contact.referral?.key === referral);
  for (const { key } of before) {
    if (new Draws(subject.world.seed, `${subject.path}/again/${contact.key}/${key}`).chance(ORDERED_AGAIN))
      orders.add(key);
  }
  return orders;
}

/** The latest report of the item from another institution that is in time and good enough (domain.md 3.7). */
function recognisable(ledger: OrderLedger, contact: NumberedContact, item: RecognitionItemFact): PerformedOrder | null {
  const now = contact.day * 1440 + contact.minutes;
  const required = GRADES.indexOf(REQUIRED[contact.level]);
  return (
    ledger.performed.findLast(
      (one) =>
        one.item === item &&
        one.contact.site !== contact.site &&
        now < one.performed + item.validityDays * 1440 &&
        GRADES.indexOf(one.grade) >= required,
    ) ?? null
  );
}

const REQUIRED: Readonly<Record<CareLevel, ReportFact['qualityGrade']>> = {
  V: 'ALLIANCE',
  T: 'ALLIANCE',
  C: 'ALLIANCE',
  M: 'CITY',
  O: 'PROVINCE',
};

function gradeOf(level: CareLevel, u: number): ReportFact['qualityGrade'] {
  if (level === 'T' || level === 'V') return u < 0.6 ? 'ALLIANCE' : 'CITY';
  if (level === 'C') return u < 0.2 ? 'ALLIANCE' : u < 0.7 ? 'CITY' : 'PROVINCE';
  return u < 0.6 ? 'PROVINCE' : 'NATIONAL';
}
