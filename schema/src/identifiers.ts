/** Weights and check characters of GB 11643 (domain.md 3.21.1). */
const citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const citizenCheckCharacters = '10X98765432';

/** Characters of GB 32100 in the order of their values 0–30: without I O S V Z (domain.md 3.21.2). */
const usccCharacters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Division prefix of generated persons; no real province has it. */
const syntheticPrefix = '99';

/** A citizen number 公民身份号码 as it is stored: trimmed, the check character x in upper case. */
export function normalizeCitizenNumber(text: string): string {
  return text.trim().toUpperCase();
}

/** Whether a text is a citizen number with a real birth date and the right check character, GB 11643 (domain.md 3.21.1). */
export function isCitizenNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  if (!isCalendarDay(text.slice(6, 14))) return false;
  const sum = citizenWeights.reduce((total, weight, index) => total + weight * Number(text.charAt(index)), 0);
  return citizenCheckCharacters.charAt(sum % 11) === text.charAt(17);
}

/** Whether a citizen number belongs to a generated person: production refuses it (domain.md 3.21.1). */
export function isSyntheticCitizenNumber(text: string): boolean {
  return text.startsWith(syntheticPrefix);
}

/** What a citizen number tells about its holder: birth date, and sex by the parity of the serial (odd = male). */
export function citizenNumberFacts(text: string): { readonly birthDate: string; readonly sex: 'MALE' | 'FEMALE' } {
  const birthDate = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  return { birthDate, sex: Number(text.charAt(16)) % 2 === 1 ? 'MALE' : 'FEMALE' };
}

/** Whether a text is a unified social credit code 统一社会信用代码 with the right check character, GB 32100 (domain.md 3.21.2). */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false;
  const values = Array.from(text, (character) => usccCharacters.indexOf(character));
  if (values.includes(-1)) return false;
  const sum = usccWeights.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  return (31 - (sum % 31)) % 31 === values[17];
}

/** Whether a text has the form of a resident health record number 居民健康档案编号: 17 digits (domain.md 3.21.3). */
export function isHealthRecordNo(text: string): boolean {
  return /^\d{17}$/.test(text);
}

function isCalendarDay(digits: string): boolean {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
