import type { OrientedStudentStatus } from '../schema-types.ts';
import { addDays, addMonths } from './calendar.ts';
import { type Decision, type Refused, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type StateTable, type Step, step } from './state-table.ts';

/** An agreement with an oriented student 定向医学生协议. */
export interface OrientedAgreement {
  readonly enrolledOn: string;
  readonly graduatesOn: string | null;
  readonly serviceYears: number;
}

/** What happens to an oriented student. */
export type OrientedStudentEvent = 'ENTER_RESIDENCY' | 'START_SERVICE' | 'COMPLETE_SERVICE' | 'BREACH';

const table: StateTable<OrientedStudentStatus, OrientedStudentEvent> = {
  STUDYING: { ENTER_RESIDENCY: 'RESIDENCY', START_SERVICE: 'SERVING', BREACH: 'BREACHED' },
  RESIDENCY: { START_SERVICE: 'SERVING', BREACH: 'BREACHED' },
  SERVING: { COMPLETE_SERVICE: 'COMPLETED', BREACH: 'BREACHED' },
  COMPLETED: {},
  BREACHED: {},
};

/** Whether an agreement may be signed (S0-15): graduation after enrolment, and at least a year of service. */
export function decideAgreement({ enrolledOn, graduatesOn, serviceYears }: OrientedAgreement): Decision {
  return firstRefusal([
    graduatesOn !== null && graduatesOn <= enrolledOn ? refuse('VALIDATION_FAILED', 'graduatesOn') : ALLOWED,
    Number.isInteger(serviceYears) && serviceYears >= 1 ? ALLOWED : refuse('VALIDATION_FAILED', 'serviceYears'),
  ]);
}

/** Last day of the service owed 服务期满日期 (S0-15): so many years from its first day. */
export function serviceEndsOn(serviceFrom: string, serviceYears: number): string {
  return addDays(addMonths(serviceFrom, serviceYears * 12), -1);
}

/** Status of an oriented student after an event (S0-15); the service is complete when its last day has come. */
export function advanceStudent(
  student: { readonly status: OrientedStudentStatus; readonly serviceEndsOn: string | null },
  event: OrientedStudentEvent,
  day: string,
): Step<OrientedStudentStatus> | Refused {
  const next = step(table, student.status, event);
  if (next.kind === 'REFUSED' || event !== 'COMPLETE_SERVICE') return next;
  return student.serviceEndsOn === null || day < student.serviceEndsOn ? refuse('INVALID_TRANSITION') : next;
}
