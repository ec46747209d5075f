/** A citizen number of the demo (domain.md 3.21.1) for a day of birth and a serial number of at most 999, odd for men. */
export function citizenNumber(birthDate: string, serial: number): string {
  const digits = `990322${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return `${digits}${checkCharacter(digits)}`;
}

function checkCharacter(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return '10X98765432'.charAt(sum % 11);
}
