import type {
  AppointmentFact,
  DocumentFact,
  EncounterFact,
  EpisodeFact,
  MedicationAdviceFact,
  PrescriptionFact,
  RecognitionFact,
  ReferralFact,
  RemoteConsultationFact,
  ReportFact,
  ReservationFact,
  SlotSessionFact,
} from './care.ts';
import type { DrugFact, PriceItemFact, RecognitionItemFact } from './catalogue.ts';
import type {
  BenefitPlanFact,
  ChronicOutpatientFact,
  ClaimFact,
  CoverageFact,
  DrgGroupFact,
  DrgPolicyFact,
  OutOfAreaFact,
  TwoDiseaseFact,
} from './insurance.ts';
import type {
  AllianceFact,
  Division,
  InstitutionFact,
  PairingAgreementFact,
  Place,
  PlaceKey,
  Scenario,
  SlotReleasePolicyFact,
} from './places.ts';
import type {
  CentralisedSessionFact,
  ChildFact,
  ChronicFact,
  ConsentFact,
  ContractFact,
  DeviceMeasurementFact,
  ElderlyFact,
  ExamFact,
  FollowUpFact,
  FulfilmentFact,
  ImmunisationFact,
  InfectiousFact,
  MaternalFact,
  MentalFact,
  SatisfactionFact,
  ServicePackageFact,
  TbFact,
} from './public-health.ts';
import type { ResidentFact } from './residents.ts';
import type {
  GuidanceGroupFact,
  HeadcountFact,
  PractitionerFact,
  SecondmentFact,
  StaffingFact,
  TeamFact,
  TrainingCourseFact,
  TrainingFact,
} from './staff.ts';

export interface RegionOptions {
  readonly seed: string;
  readonly residentsPerPlace: number;
  /** 1 is the real number of visits (domain.md 8.3); default 0.25. */
  readonly visitScale: number;
  /** Number of years that end with 2024: 1 to 3. */
  readonly years: number;
  readonly scenario: Scenario;
  readonly places?: readonly PlaceKey[];
}

/** Everything of one resident; each list is made when first asked for, so ask only for what you store. */
export interface ResidentHistory {
  readonly contracts: readonly ContractFact[];
  readonly fulfilments: readonly FulfilmentFact[];
  readonly chronic: readonly ChronicFact[];
  readonly followUps: readonly FollowUpFact[];
  readonly exams: readonly ExamFact[];
  readonly maternal: readonly MaternalFact[];
  readonly child: ChildFact | null;
  readonly elderly: readonly ElderlyFact[];
  readonly immunisations: readonly ImmunisationFact[];
  readonly mental: MentalFact | null;
  readonly tb: TbFact | null;
  readonly infectious: readonly InfectiousFact[];
  readonly deviceMeasurements: readonly DeviceMeasurementFact[];
  readonly satisfaction: readonly SatisfactionFact[];
  readonly consents: readonly ConsentFact[];
  readonly encounters: readonly EncounterFact[];
  readonly appointments: readonly AppointmentFact[];
  readonly prescriptions: readonly PrescriptionFact[];
  readonly reports: readonly ReportFact[];
  readonly recognitions: readonly RecognitionFact[];
  readonly referrals: readonly ReferralFact[];
  readonly episodes: readonly EpisodeFact[];
  readonly documents: readonly DocumentFact[];
  readonly remoteConsultations: readonly RemoteConsultationFact[];
  readonly reservations: readonly ReservationFact[];
  readonly medicationAdvice: readonly MedicationAdviceFact[];
  readonly coverages: readonly CoverageFact[];
  readonly claims: readonly ClaimFact[];
  readonly twoDisease: readonly TwoDiseaseFact[];
  readonly chronicOutpatient: readonly ChronicOutpatientFact[];
  readonly outOfArea: readonly OutOfAreaFact[];
}

export type FixtureName =
  | 'rs_demo_wang'
  | 'rs_demo_li'
  | 'rs_demo_zhang'
  | 'rs_demo_chen'
  | 'rs_demo_yi'
  | 'pr_demo_gp'
  | 'pr_demo_sec'
  | 'al_pei_1'
  | `al_qj_${string}`;

/** Tables that do not depend on place or resident. */
export interface Catalogues {
  readonly drugs: readonly DrugFact[];
  readonly priceItems: readonly PriceItemFact[];
  readonly recognitionItems: readonly RecognitionItemFact[];
  readonly servicePackages: readonly ServicePackageFact[];
  readonly benefitPlans: readonly BenefitPlanFact[];
  readonly drgGroups: readonly DrgGroupFact[];
  readonly drgPolicy: DrgPolicyFact;
}

/** The demo region: every function gives the same facts for the same options, in any order and in any process. */
export interface Region {
  readonly options: RegionOptions;
  /** 2024-12-31T23:59:59+08:00. */
  readonly asOf: string;
  readonly years: readonly number[];
  readonly places: readonly Place[];
  readonly catalogues: Catalogues;
  readonly fixtures: Readonly<Record<FixtureName, string>>;
  /** Divisions of the place and those above it, parents first; institutions outside add theirs. */
  divisions(place: PlaceKey): Iterable<Division>;
  institutions(place: PlaceKey): Iterable<InstitutionFact>;
  alliances(place: PlaceKey): Iterable<AllianceFact>;
  pairingAgreements(place: PlaceKey): Iterable<PairingAgreementFact>;
  slotPolicies(place: PlaceKey): Iterable<SlotReleasePolicyFact>;
  practitioners(place: PlaceKey): Iterable<PractitionerFact>;
  teams(place: PlaceKey): Iterable<TeamFact>;
  guidanceGroups(place: PlaceKey): Iterable<GuidanceGroupFact>;
  secondments(place: PlaceKey): Iterable<SecondmentFact>;
  headcountPools(place: PlaceKey): Iterable<HeadcountFact>;
  staffing(place: PlaceKey): Iterable<StaffingFact>;
  trainingCourses(place: PlaceKey): Iterable<TrainingCourseFact>;
  training(place: PlaceKey): Iterable<TrainingFact>;
  centralisedSessions(place: PlaceKey): Iterable<CentralisedSessionFact>;
  /** Consulting sessions with their slots; every appointment of a history names one of these slots. */
  slotSessions(place: PlaceKey): Iterable<SlotSessionFact>;
  residents(place: PlaceKey): Iterable<ResidentFact>;
  /** One resident generated alone: equal to the one of the stream. */
  resident(place: PlaceKey, index: number): ResidentFact;
  history(resident: ResidentFact): ResidentHistory;
}
