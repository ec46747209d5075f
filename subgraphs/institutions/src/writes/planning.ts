import {
  type Faults,
  MOST_ENTRIES,
  type Mutation,
  type Write,
  type Written,
  actsFor,
  advanced,
  createFaults,
  expectBetween,
  expectSize,
  expectText,
  expectVersion,
  governs,
  lockById,
  newId,
} from '@hutong/kit';
import { hasCode } from '@hutong/schema';
import { Decimal } from 'decimal.js';
import { and, eq, gt, gte, isNull, lte, or } from 'drizzle-orm';
import type {
  OpenOutreachPointInput,
  RecordInvestmentProjectInput,
  RecordSystemConnectionInput,
  SignPairingAgreementInput,
} from '../schema-types.ts';
import { alliances } from '../tables/alliance.ts';
import { institutions, type InstitutionRow } from '../tables/place.ts';
import { investmentProjects, outreachPoints, pairingAgreements, systemConnections } from '../tables/planning.ts';
import {
  actsForOrGoverns,
  expectFromToday,
  expectNotAfterNow,
  expectOpen,
  lockInstitutions,
  regionsByCode,
  texts,
} from './checks.ts';
import { submitResourceAssessment } from './resource-assessment.ts';

/** Mutations of planning 规划与投入. */
export const planningWrites = (mutation: Mutation) => ({
  submitResourceAssessment: mutation('submitResourceAssessment', submitResourceAssessment, assessedTwice),
  openOutreachPoint: mutation('openOutreachPoint', openOutreachPoint),
  recordInvestmentProject: mutation('recordInvestmentProject', recordInvestmentProject),
  signPairingAgreement: mutation('signPairingAgreement', signPairingAgreement),
  recordSystemConnection: mutation('recordSystemConnection', recordSystemConnection),
});

const assessedTwice = { resource_assessments_once: ['VALIDATION_FAILED', 'period'] } as const;

/** Opens a service point; one a weekday of each provider in a village that has no clinic (domain.md S1-43). */
async function openOutreachPoint(input: OpenOutreachPointInput, write: Write): Promise<Written> {
  expectSize(input.services, MOST_ENTRIES, 'services');
  const { villageCode, providedById, weekday } = input;
  const provider = await lockById(write, institutions, providedById, 'providedById');
  const village = (await regionsByCode(write, [villageCode])).get(villageCode);
  const services = [...new Set(input.services.map((service) => service.trim()))];
  const faults = createFaults();
  faults.expect(actsForOrGoverns(write, provider), 'FORBIDDEN', 'providedById', texts.ownInstitution);
  expectOpen(faults, provider, 'providedById');
  faults.expect(village !== undefined, 'NOT_FOUND', 'villageCode');
  if (village !== undefined) {
    faults.expect(village.level === 'VILLAGE', 'VALIDATION_FAILED', 'villageCode', planningTexts.village);
    const near = provider.countyCode === null || villageCode.startsWith(provider.countyCode);
    faults.expect(near, 'VALIDATION_FAILED', 'villageCode', planningTexts.county);
  }
  expectBetween(faults, weekday, [1, 7], 'weekday');
  faults.expect(services.length > 0, 'VALIDATION_FAILED', 'services', planningTexts.services);
  services.forEach((service, index) => expectText(faults, service, `services.${index}`, 100));
  await expectNoClinic(villageCode, write, faults);
  const same = await write.tx
    .select({ id: outreachPoints.id })
    .from(outreachPoints)
    .where(
      and(
        eq(outreachPoints.villageCode, villageCode),
        eq(outreachPoints.providedById, providedById),
        eq(outreachPoints.weekday, weekday),
      ),
    );
  faults.expect(same.length === 0, 'VALIDATION_FAILED', 'weekday', planningTexts.point);
  faults.throwIfAny();

  const id = newId('op');
  await write.tx.insert(outreachPoints).values({ id, villageCode, providedById, weekday, services });
  write.change({ type: 'OutreachPoint', id, kind: 'CREATED', payload: { villageCode, providedById, weekday } });
  return { id };
}

async function expectNoClinic(villageCode: string, { tx }: Write, faults: Faults): Promise<void> {
  const clinics = await tx
    .select({ id: institutions.id })
    .from(institutions)
    .where(
      and(eq(institutions.regionCode, villageCode), eq(institutions.status, 'ACTIVE'), institutions.isPrimaryCare),
    );
  faults.expect(clinics.length === 0, 'VALIDATION_FAILED', 'villageCode', planningTexts.clinic);
}

/** Records a project, or changes it (domain.md S0-45, S0-46). */
async function recordInvestmentProject(input: RecordInvestmentProjectInput, write: Write): Promise<Written> {
  const { regionCode, source, amount } = input;
  const stored = input.id ? await lockById(write, investmentProjects, input.id, 'id') : undefined;
  if (stored !== undefined) expectVersion(stored, input.version);
  const faults = createFaults();
  faults.expect((await regionsByCode(write, [regionCode])).has(regionCode), 'NOT_FOUND', 'regionCode');
  faults.expect(governs(write.caller, regionCode), 'FORBIDDEN', 'regionCode', texts.commission);
  if (stored !== undefined)
    faults.expect(governs(write.caller, stored.regionCode), 'FORBIDDEN', 'id', texts.commission);
  faults.expect(isMoney(amount) && new Decimal(amount).gt(0), 'VALIDATION_FAILED', 'amount', planningTexts.money);
  if (input.paid !== null && input.paid !== undefined)
    faults.expect(
      isMoney(input.paid) && new Decimal(input.paid).lte(amount),
      'VALIDATION_FAILED',
      'paid',
      planningTexts.paid,
    );
  faults.throwIfAny();

  const id = stored?.id ?? newId('ip');
  const next = stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write);
  const values = {
    regionCode,
    source,
    mode: input.mode ?? null,
    purpose: input.purpose ?? null,
    amount,
    paid: input.paid ?? null,
    ...next,
  };
  if (stored === undefined) await write.tx.insert(investmentProjects).values({ id, ...values });
  else await write.tx.update(investmentProjects).set(values).where(eq(investmentProjects.id, id));
  write.change({
    type: 'InvestmentProject',
    id,
    kind: stored === undefined ? 'CREATED' : 'UPDATED',
    payload: { regionCode, source, mode: values.mode, purpose: values.purpose, version: next.version },
  });
  return { id };
}

/** Yuan with at most two places, at most twelve digits before the point. */
function isMoney(text: string): boolean {
  return /^\d{1,12}(\.\d{1,2})?$/.test(text);
}

/** Signs an agreement of a city hospital, which binds itself by it, with the lead of a county community of its city (domain.md S1-47). */
async function signPairingAgreement(input: SignPairingAgreementInput, write: Write): Promise<Written> {
  expectSize(input.specialties, MOST_ENTRIES, 'specialties');
  const { cityHospitalId, leadHospitalId, mode, from } = input;
  const places = await lockInstitutions(write, [cityHospitalId, leadHospitalId]);
  const [city, lead] = [places.get(cityHospitalId), places.get(leadHospitalId)];
  const faults = createFaults();
  expectOpen(faults, city, 'cityHospitalId');
  expectOpen(faults, lead, 'leadHospitalId');
  if (city !== undefined) {
    faults.expect(actsForOrGoverns(write, city), 'FORBIDDEN', 'cityHospitalId', texts.ownInstitution);
    const hospital = city.tier === 'CITY' && city.class.startsWith('A');
    faults.expect(hospital, 'VALIDATION_FAILED', 'cityHospitalId', planningTexts.city);
  }
  if (lead !== undefined) await expectLead(lead, city, write, faults);
  const specialties = [...new Set(input.specialties)];
  const known = specialties.every((specialty) => hasCode('VS-16', specialty));
  faults.expect(known, 'VALIDATION_FAILED', 'specialties', texts.unknownCode);
  const named = mode === 'FULL_TRUSTEESHIP' || specialties.length > 0;
  faults.expect(named, 'VALIDATION_FAILED', 'specialties', planningTexts.specialties);
  expectFromToday(faults, from, write.clock.day, 'from');
  const to = input.to ?? null;
  faults.expect(to === null || to >= from, 'VALIDATION_FAILED', 'to', texts.order);
  const crossed = await write.tx
    .select({ id: pairingAgreements.id })
    .from(pairingAgreements)
    .where(
      and(
        eq(pairingAgreements.cityHospitalId, cityHospitalId),
        eq(pairingAgreements.leadHospitalId, leadHospitalId),
        eq(pairingAgreements.mode, mode),
        or(isNull(pairingAgreements.to), gte(pairingAgreements.to, from)),
        to === null ? undefined : lte(pairingAgreements.from, to),
      ),
    );
  faults.expect(crossed.length === 0, 'SCHEDULE_CONFLICT', 'from', planningTexts.agreement);
  faults.throwIfAny();

  const id = newId('pa');
  await write.tx
    .insert(pairingAgreements)
    .values({ id, cityHospitalId, leadHospitalId, mode, specialties, from, to, updatedAt: write.clock.instant });
  const payload = { cityHospitalId, leadHospitalId, mode, from, to, version: 1 };
  write.change({ type: 'PairingAgreement', id, kind: 'CREATED', payload });
  return { id };
}

async function expectLead(
  lead: InstitutionRow,
  city: InstitutionRow | undefined,
  { tx, clock }: Write,
  faults: Faults,
): Promise<void> {
  const led = await tx
    .select({ id: alliances.id })
    .from(alliances)
    .where(
      and(
        eq(alliances.leadId, lead.id),
        eq(alliances.kind, 'COUNTY_COMMUNITY'),
        or(isNull(alliances.dissolvedOn), gt(alliances.dissolvedOn, clock.day)),
      ),
    );
  faults.expect(led.length > 0, 'VALIDATION_FAILED', 'leadHospitalId', planningTexts.lead);
  if (city !== undefined)
    faults.expect(city.cityCode === lead.cityCode, 'VALIDATION_FAILED', 'leadHospitalId', planningTexts.otherCity);
}

/** Records the state of a system, one row for each at an institution (domain.md S1-16). */
async function recordSystemConnection(input: RecordSystemConnectionInput, write: Write): Promise<Written> {
  const { institutionId, system, connected, unifiedOperation } = input;
  const institution = await lockById(write, institutions, institutionId, 'institutionId');
  const faults = createFaults();
  faults.expect(actsFor(write.caller, institutionId), 'FORBIDDEN', 'institutionId', texts.ownInstitution);
  expectOpen(faults, institution, 'institutionId');
  expectNotAfterNow(faults, input.lastExchangeAt, write.clock.instant, 'lastExchangeAt');
  faults.throwIfAny();
  const [stored] = await write.tx
    .select()
    .from(systemConnections)
    .where(and(eq(systemConnections.institutionId, institutionId), eq(systemConnections.system, system)));
  if (stored !== undefined) expectVersion(stored, input.version);

  const id = stored?.id ?? newId('sy');
  const next = stored === undefined ? { version: 1, updatedAt: write.clock.instant } : advanced(stored, write);
  const lastExchangeAt = input.lastExchangeAt ?? stored?.lastExchangeAt ?? null;
  const values = { institutionId, system, connected, unifiedOperation, lastExchangeAt, ...next };
  if (stored === undefined) await write.tx.insert(systemConnections).values({ id, ...values });
  else await write.tx.update(systemConnections).set(values).where(eq(systemConnections.id, id));
  write.change({
    type: 'SystemConnection',
    id,
    kind: stored === undefined ? 'CREATED' : 'UPDATED',
    payload: { institutionId, system, connected, unifiedOperation, version: next.version },
  });
  return { id };
}

const planningTexts = {
  village: { en: 'A service point stands in a village.', zh: '延伸服务点须设在村。' },
  county: { en: 'The provider is of another county.', zh: '提供机构不在本县。' },
  services: { en: 'Name at least one service.', zh: '须至少填写一项服务。' },
  clinic: { en: 'The village has a clinic.', zh: '该村已有医疗机构。' },
  point: { en: 'This service point exists already.', zh: '该服务点已存在。' },
  money: { en: 'An amount above zero with two places is needed.', zh: '须为大于零、至多两位小数的金额。' },
  paid: { en: 'What is paid must not exceed the amount.', zh: '已拨付金额不得超过总额。' },
  city: { en: 'A city hospital is needed.', zh: '须为城市医院。' },
  lead: { en: 'The hospital leads no county community.', zh: '该医院未牵头县域医共体。' },
  otherCity: { en: 'The hospitals are of different cities.', zh: '两家医院不在同一城市。' },
  specialties: { en: 'Name the specialties.', zh: '须填写专科。' },
  agreement: { en: 'The hospitals have an agreement of this mode at that time.', zh: '两家医院在该期间已有同类协议。' },
};
