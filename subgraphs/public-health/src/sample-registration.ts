import { expect } from 'vitest';
import type { Asking } from './sample-caller.ts';
import { doctor, type Answer, type Writing } from './sample-writing.ts';

/** A citizen number of a generated person, with its check character (domain.md 3.21.1). */
export function citizenNumber(birthDate: string, serial: number): string {
  const body = `990322${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body.charAt(index)), 0);
  return `${body}${'10X98765432'.charAt(sum % 11)}`;
}

/** A newcomer as a desk registers one. */
export const newcomer = {
  institutionId: 'in_TOWN',
  idNumber: citizenNumber('1970-05-06', 101),
  name: '赵某',
  sex: 'MALE',
  birthDate: '1970-05-06',
  regionCode: '320322100201',
  residentType: '1',
};

const fields = `id healthRecordNo name idNumber sex birthDate status region { code } servingInstitution { id } focusGroups
  household { headId members { resident { id } relation { code } } }
  healthRecord { id openedOn openedAt { id } completeness version } version`;

/** Who was registered. */
interface Registered {
  readonly id: string;
  readonly healthRecordNo: string;
}

/** Adds the divisions in which tests register. */
export async function addDivisions({ database }: Writing): Promise<void> {
  await database.sql`insert into divisions (code, name) values
    ('320322100200', '龙固村'), ('320322100201', '三里村'), ('320322104200', '安国村'), ('320322100', '龙固镇')`;
}

/** Registers the newcomer, or somebody else. */
export function register(writing: Writing, input: object, asking: Asking = doctor): Promise<Answer> {
  const select = `resident { ${fields} } candidates { id }`;
  return writing.write('registerResident', { ...newcomer, ...input }, { select, ...asking });
}

/** Registers somebody who must be registered. */
export async function registered(writing: Writing, input: object): Promise<Registered> {
  const { errors, resident } = await register(writing, input);
  expect(errors).toEqual([]);
  return Object(resident);
}

/** Somebody of the village whom nobody else resembles, by a number of the test's own. */
export function somebody(writing: Writing, serial: number, more: object = {}): Promise<Registered> {
  const idNumber = citizenNumber('1980-02-03', serial);
  return registered(writing, { idNumber, birthDate: '1980-02-03', sex: 'FEMALE', name: `某${serial}`, ...more });
}
