import { Decimal } from 'decimal.js';
import type {
  LicenceStatus,
  PracticeRegistrationKind,
  PracticeRegistrationStatus,
  PractitionerCategory,
} from '../schema-types.ts';
import { type Decision, ALLOWED, firstRefusal, refuse } from './decision.ts';
import { type Interval, covers, isOrdered, overlaps } from './interval.ts';

/** A licence 执业证书 as registration sees it. */
export interface LicenceTerms {
  readonly status: LicenceStatus | null;
  /** Practice class 执业类别. */
  readonly kind: string | null;
  /** Scope of practice 执业范围. */
  readonly scope: string | null;
  /** Periodic assessment passed until, inclusive; null before the first. */
  readonly assessedUntil: string | null;
}

/** A registration that a practitioner holds; `from` and `to` are the days it is valid. */
export interface HeldRegistration extends Interval {
  readonly institutionId: string;
  readonly kind: PracticeRegistrationKind;
  readonly status: PracticeRegistrationStatus;
  readonly daysPerWeek: string | null;
}

/** A registration asked for: where, as what, and for which practice class and scope. */
export interface RegistrationRequest extends Interval {
  readonly institutionId: string;
  readonly kind: PracticeRegistrationKind;
  readonly daysPerWeek: string | null;
  readonly licenceKind: string | null;
  readonly licenceScope: string | null;
  /** The institution shares an ACTIVE alliance with that of the PRIMARY registration. */
  readonly sharesAlliance: boolean;
}

/** What a practitioner brings to a registration. */
export interface RegisteredPractitioner {
  readonly licence: LicenceTerms;
  readonly registrations: readonly HeldRegistration[];
}

const daysOfAWeek = 7;

/** Whether a practitioner may be registered at a place (domain.md 3.13): one PRIMARY, the licence's scope, seven days a week. */
export function decideRegistration(person: RegisteredPractitioner, request: RegistrationRequest): Decision {
  const held = person.registrations.filter(({ status }) => status !== 'ENDED');
  const beside = held.filter((one) => overlaps(one, request));
  return firstRefusal([
    isOrdered(request) ? ALLOWED : refuse('VALIDATION_FAILED', 'validTo'),
    isLicenceInForce(person.licence, request.from) ? ALLOWED : refuse('VALIDATION_FAILED', 'practitionerId'),
    kindDecision(person.licence, beside, request),
    beside.some(({ institutionId }) => institutionId === request.institutionId)
      ? refuse('VALIDATION_FAILED', 'institutionId')
      : ALLOWED,
    daysDecision(beside, request),
  ]);
}

/** Whether a licence 执业证书 is in force on a day (domain.md 3.13): VALID, and its assessment not expired. */
export function isLicenceInForce({ status, assessedUntil }: LicenceTerms, day: string): boolean {
  return status === 'VALID' && (assessedUntil === null || day <= assessedUntil);
}

/** Who may sign prescriptions 处方权, as far as it is the person's own: what the others are told of a practitioner. */
export interface PrescribingRight {
  /** Physicians, assistants and village doctors 乡村医生 may prescribe at all (domain.md 3.13). */
  readonly prescriber: boolean;
  /** Physicians 执业医师 also first issue long prescriptions (domain.md 3.18). */
  readonly physician: boolean;
  readonly licensed: boolean;
  /** Last day of the licence's assessment, inclusive; null before the first. */
  readonly licensedUntil: string | null;
}

/** The right to prescribe that follows from the category and licence of a practitioner's row. */
export function prescribingRight(person: {
  readonly category?: unknown;
  readonly licenceStatus?: unknown;
  readonly licenceAssessedUntil?: unknown;
}): PrescribingRight {
  const { category, licenceStatus, licenceAssessedUntil } = person;
  return {
    prescriber: prescribers.has(category),
    physician: category === physician,
    licensed: licenceStatus === 'VALID',
    licensedUntil: typeof licenceAssessedUntil === 'string' ? licenceAssessedUntil : null,
  };
}

const physician: PractitionerCategory = 'PHYSICIAN';
const prescribers: ReadonlySet<unknown> = new Set<PractitionerCategory>([
  physician,
  'ASSISTANT_PHYSICIAN',
  'VILLAGE_DOCTOR',
]);

function kindDecision(
  licence: LicenceTerms,
  beside: readonly HeldRegistration[],
  request: RegistrationRequest,
): Decision {
  const primary = beside.filter(({ kind }) => kind === 'PRIMARY');
  const founded = primary.some((one) => covers(one, request.from)) ? ALLOWED : refuse('VALIDATION_FAILED', 'kind');
  switch (request.kind) {
    case 'PRIMARY':
      return primary.length === 0 ? ALLOWED : refuse('VALIDATION_FAILED', 'kind');
    case 'ADDITIONAL':
      return firstRefusal([
        founded,
        request.licenceKind === licence.kind ? ALLOWED : refuse('VALIDATION_FAILED', 'licenceKind'),
        request.licenceScope === licence.scope ? ALLOWED : refuse('VALIDATION_FAILED', 'licenceScope'),
      ]);
    case 'FILING':
      return firstRefusal([founded, request.sharesAlliance ? ALLOWED : refuse('VALIDATION_FAILED', 'kind')]);
  }
}

/** The fullest week begins where a registration begins, so only those days are summed. */
function daysDecision(beside: readonly HeldRegistration[], request: RegistrationRequest): Decision {
  const asked = new Decimal(request.daysPerWeek ?? 0);
  const starts = [request.from, ...beside.map(({ from }) => from).filter((day) => covers(request, day))];
  const fullest = starts.map((day) => beside.filter((one) => covers(one, day)).reduce(addDaysPerWeek, asked));
  const fits = fullest.every((days) => days.lte(daysOfAWeek));
  const told = request.daysPerWeek === null || asked.gt(0);
  return told && fits ? ALLOWED : refuse('VALIDATION_FAILED', 'daysPerWeek');
}

function addDaysPerWeek(sum: Decimal, { daysPerWeek }: HeldRegistration): Decimal {
  return sum.plus(daysPerWeek ?? 0);
}
