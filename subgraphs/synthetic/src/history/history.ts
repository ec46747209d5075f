import type { ResidentHistory } from '../facts/region.ts';
import { appointmentNumbers, appointmentsOf } from './appointments.ts';
import { chronicOf, examsOf, followUpsOf } from './chronic.ts';
import { chronicOutpatientOf, claimsOf, coveragesOf, twoDiseaseOf } from './claims.ts';
import type { Subject } from './contact.ts';
import { contractsOf } from './contracts.ts';
import { encountersOf } from './encounters.ts';
import { consentsOf, documentsOf, reservationsOf, satisfactionOf } from './extras.ts';
import { fulfilmentsOf } from './fulfilments.ts';
import { maternalOf } from './maternal.ts';
import { medicationAdviceOf, prescriptionsOf } from './prescriptions.ts';
import {
  childOf,
  deviceMeasurementsOf,
  elderlyOf,
  immunisationsOf,
  infectiousOf,
  mentalOf,
  tbOf,
} from './programmes.ts';
import { referralNumbers, referralsOf } from './referrals.ts';
import { reportsOf } from './reports.ts';
import { timelineOf } from './timeline.ts';

/** Everything of one resident; each part is made when first asked for and then kept. */
export function createHistory(subject: Subject): ResidentHistory {
  const timeline = once(() => timelineOf(subject));
  const contracts = once(() => contractsOf(subject));
  const visits = once(() => dressed(subject, timeline()));
  const encounters = () => visits().encounters;
  const referrals = once(() => referralsOf(subject, timeline().courses, encounters()));
  const prescriptions = once(() => prescriptionsOf(subject, encounters()));
  const reports = once(() => reportsOf(subject, visits()));
  const claims = once(() => claimsOf(subject, encounters(), contracts(), episodeNumbers(timeline().courses)));
  const facts = once(() => encounters().map((one) => one.fact));
  return {
    get contracts() {
      return contracts();
    },
    get fulfilments() {
      return fulfilmentsOf(subject, contracts(), timeline().contacts);
    },
    get chronic() {
      return chronicOf(subject);
    },
    get followUps() {
      return followUpsOf(subject, timeline().contacts);
    },
    get exams() {
      return examsOf(subject, contracts().at(-1)?.packageCodes ?? []);
    },
    get maternal() {
      return maternalOf(subject, timeline().contacts);
    },
    get child() {
      return childOf(subject);
    },
    get elderly() {
      return elderlyOf(subject);
    },
    get immunisations() {
      return immunisationsOf(subject);
    },
    get mental() {
      return mentalOf(subject);
    },
    get tb() {
      return tbOf(subject);
    },
    get infectious() {
      return infectiousOf(subject);
    },
    get deviceMeasurements() {
      return deviceMeasurementsOf(subject);
    },
    get satisfaction() {
      return satisfactionOf(subject, contracts());
    },
    get consents() {
      return consentsOf(contracts(), referrals().referrals);
    },
    get encounters() {
      return facts();
    },
    get appointments() {
      return appointmentsOf(subject, timeline(), contracts());
    },
    get prescriptions() {
      return prescriptions();
    },
    get reports() {
      return reports().reports;
    },
    get recognitions() {
      return reports().recognitions;
    },
    get referrals() {
      return referrals().referrals;
    },
    get episodes() {
      return referrals().episodes;
    },
    get documents() {
      return documentsOf(subject, encounters(), referrals().referrals);
    },
    get remoteConsultations() {
      return reports().remote;
    },
    get reservations() {
      return reservationsOf(subject);
    },
    get medicationAdvice() {
      return medicationAdviceOf(subject, prescriptions());
    },
    get coverages() {
      return coveragesOf(subject);
    },
    get claims() {
      return claims().claims;
    },
    get twoDisease() {
      return twoDiseaseOf(subject);
    },
    get chronicOutpatient() {
      return chronicOutpatientOf(subject);
    },
    get outOfArea() {
      return claims().filings;
    },
  };
}

function dressed(subject: Subject, timeline: ReturnType<typeof timelineOf>) {
  const numbers = referralNumbers(timeline.courses);
  const appointments = appointmentNumbers(timeline);
  return encountersOf(subject, timeline.contacts, {
    referralNo: ({ referral }) => {
      const own = referral === null ? undefined : numbers.get(referral.key);
      return (referral?.role === 'REHAB' ? own?.down : own?.up) ?? null;
    },
    appointmentNo: ({ key, grant }) => (grant === null ? null : (appointments.get(key) ?? null)),
  });
}

/** Episodes are numbered like the courses. */
function episodeNumbers(courses: readonly { readonly key: string }[]): ReadonlyMap<string, number> {
  return new Map(courses.map((course, index) => [course.key, index + 1]));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
