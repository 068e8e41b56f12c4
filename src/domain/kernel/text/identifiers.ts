import { Day } from '../calendar/day.ts';
import { normaliseTyped } from './normalise.ts';

export type IdentifierRule = 'id-length' | 'id-character' | 'id-birthday' | 'id-check-digit';

export type CheckedIdentifier =
  /** `number` without spaces and in capital letters, as documents write it. */
  | { kind: 'valid'; number: string }
  | { kind: 'refused'; rule: IdentifierRule; parameters: Record<string, string | number> };

const refused = (
  rule: IdentifierRule,
  parameters: Record<string, string | number> = {},
): CheckedIdentifier => ({ kind: 'refused', rule, parameters });

function typedCode(text: string): string {
  return normaliseTyped(text).replaceAll(/[\s-]/g, '').toUpperCase();
}

const ID_CHECKS = '10X98765432';

/** The check character of a resident identity number's first 17 figures (GB 11643-1999, ISO 7064 MOD 11-2). */
export function residentIdCheckDigit(first17: string): string {
  let sum = 0;
  Array.from(first17).forEach((figure, index) => {
    sum += Number(figure) * (2 ** (17 - index) % 11);
  });
  return ID_CHECKS[sum % 11] ?? '';
}

/**
 * Checks a resident identity number: 18 places, an existing birthday, the check digit. It proves that
 * the number is well formed, not that it belongs to anyone. 15-figure numbers ended in 2013.
 */
export function checkResidentId(text: string): CheckedIdentifier {
  const number = typedCode(text);
  if (number.length !== 18) return refused('id-length', { length: number.length });
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return refused('id-character');
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!Day.safeParse(birthday).success || birthday < '1850-01-01') return refused('id-birthday');
  const expected = residentIdCheckDigit(number.slice(0, 17));
  return number.endsWith(expected) ? { kind: 'valid', number } : refused('id-check-digit');
}
