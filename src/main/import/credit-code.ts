import { read, unreadable, type Reading } from './result.ts';

export type CreditCodeRule = 'credit-code-length' | 'credit-code-characters' | 'credit-code-check-digit';

/** GB 32100-2015: 31 characters, without I, O, Z, S and V; a character's place is its value. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check character of the first 17, GB 32100-2015: weights 3^i mod 31, 31 minus the sum mod 31. */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Reads a 统一社会信用代码: spaces are dropped and letters raised, then length, alphabet and check digit are verified. */
export function readCreditCode(text: string): Reading<string, CreditCodeRule> {
  const code = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (code.length !== 18) {
    return unreadable('credit-code-length', { value: code.slice(0, 40), length: code.length });
  }
  if (code.split('').some((character) => !ALPHABET.includes(character))) {
    return unreadable('credit-code-characters', { value: code });
  }
  if (creditCodeCheckCharacter(code.slice(0, 17)) !== code.charAt(17)) {
    return unreadable('credit-code-check-digit', { value: code });
  }
  return read(code);
}

/** The kind of operator a code tells: 91 enterprise, 92 individual business (GB 32100-2015, table 1). */
export function categoryOfCreditCode(code: string): 'enterprise' | 'individual-business' | 'other-operator' {
  if (code.startsWith('91')) return 'enterprise';
  return code.startsWith('92') ? 'individual-business' : 'other-operator';
}
