import { Day } from '../calendar/day.ts';
import { normaliseTyped } from './normalise.ts';

export type IdentifierRule =
  | 'id-length'
  | 'id-character'
  | 'id-birthday'
  | 'id-check-digit'
  | 'credit-code-length'
  | 'credit-code-character'
  | 'credit-code-check-digit';

/** The rules a unified social credit code can break. */
export type CreditCodeRule = Extract<IdentifierRule, `credit-code-${string}`>;

export type CheckedIdentifier<Rule extends IdentifierRule = IdentifierRule> =
  /** `number` without spaces and in capital letters, as documents write it. */
  | { kind: 'valid'; number: string }
  | { kind: 'refused'; rule: Rule; parameters: Record<string, string | number> };

const refused = <Rule extends IdentifierRule>(
  rule: Rule,
  parameters: Record<string, string | number> = {},
): CheckedIdentifier<Rule> => ({ kind: 'refused', rule, parameters });

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

/** Figures and capital letters without I, O, S, V and Z; a character's place is its value. */
const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of a unified social credit code's first 17 places (GB 32100-2015, MOD 31). */
export function creditCodeCheckDigit(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += CREDIT_CODE_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** Checks a unified social credit code (统一社会信用代码): places, alphabet, region figures, check digit. */
export function checkCreditCode(text: string): CheckedIdentifier<CreditCodeRule> {
  const number = typedCode(text);
  if (number.length !== 18) return refused('credit-code-length', { length: number.length });
  const wrong = Array.from(number).find((character) => !CREDIT_CODE_ALPHABET.includes(character));
  if (wrong !== undefined) return refused('credit-code-character', { character: wrong });
  const region = number.slice(2, 8);
  if (!/^\d{6}$/.test(region)) return refused('credit-code-character', { character: region });
  return number.endsWith(creditCodeCheckDigit(number.slice(0, 17)))
    ? { kind: 'valid', number }
    : refused('credit-code-check-digit');
}
