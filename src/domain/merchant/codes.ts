import { normaliseTyped } from '../kernel/text/index.ts';

export type CreditCodeRule =
  | 'credit-code-length'
  | 'credit-code-character'
  | 'credit-code-prefix'
  | 'credit-code-area'
  | 'credit-code-organisation-digit'
  | 'credit-code-check-digit';

export type CreditCodeFinding = {
  rule: CreditCodeRule;
  /** The places concerned, counted from 1; empty where the code does not tell. */
  positions: readonly number[];
  parameters: Record<string, string | number>;
};

export type CheckedCreditCode =
  | { kind: 'empty' }
  | { kind: 'fine'; code: string }
  /** A 15-digit registration number (GS 15-2006), which was replaced by the code: it is kept beside it, never in its place. */
  | { kind: 'registration-number'; number: string; sound: boolean }
  /** It looks wrong and may be right all the same: codes of the first years are in use that fail their own check. */
  | {
      kind: 'doubtful';
      code: string;
      findings: readonly CreditCodeFinding[];
      /** The one character that would make all of it right, where there is only one. */
      likely: { position: number; character: string } | null;
    }
  /** Words, or too long to be kept. */
  | { kind: 'no-code'; rule: 'credit-code-none' | 'credit-code-too-long'; length: number };

export const CREDIT_CODE_LENGTH = 18;

/** Figures and capital letters without I, O, S, V and Z; a character's place is its value (GB 32100-2015). */
const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** GB 11714 counts all letters, so that J is 19 there and 18 above. */
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** Letters that are taken for others: those that codes never use, and Cyrillic and Greek ones of the same look. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: '0',
  I: '1',
  Z: '2',
  S: '5',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: '0',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Η: 'H',
  Ι: '1',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: '0',
  Ρ: 'P',
  Τ: 'T',
  Χ: 'X',
  Υ: 'Y',
};
/** Where only figures stand, letters of the alphabet may be meant for them as well. */
const FIGURE_LOOKALIKES: Readonly<Record<string, string>> = {
  ...LOOKALIKES,
  B: '8',
  D: '0',
  G: '6',
  L: '1',
  Q: '0',
};

/**
 * Kinds of body by the department that registers them (GB 32100-2015, table 1; common knowledge). A pair that is not here
 * is asked about, not refused.
 */
const KINDS_OF_DEPARTMENT: Readonly<Record<string, string>> = {
  '1': '1239',
  '2': '19',
  '3': '123459',
  '4': '19',
  '5': '1239',
  '6': '19',
  '7': '129',
  '8': '19',
  '9': '1239',
  A: '19',
  N: '1239',
  Y: '1',
};

/** The first two figures of GB/T 2260: provinces and their like, and 10 for what is registered for the whole country. */
const PROVINCES: ReadonlySet<string> = new Set(
  '10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
);

const AREA = { from: 3, to: 8 };
const ORGANISATION = { from: 9, to: 17 };

const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A code as documents write it: half-width capitals, without spaces, hyphens and what cannot be seen. */
export function normaliseCode(text: string): string {
  return normaliseTyped(text)
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
}

/** The check character of a code's first 17 places (GB 32100-2015, MOD 31), all of the alphabet. */
export function creditCodeCheckDigit(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += CODE_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CODE_ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** The check character of an organisation code's first 8 places (GB 11714-1997), the code's places 9 to 16. */
export function organisationCheckDigit(first8: string): string {
  let sum = 0;
  ORGANISATION_WEIGHTS.forEach((weight, index) => {
    sum += ORGANISATION_ALPHABET.indexOf(first8[index] ?? '') * weight;
  });
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** The check figure of a registration number's first 14 (GS 15-2006, ISO 7064 MOD 11,10). */
export function registrationCheckDigit(first14: string): string {
  let product = 10;
  for (const figure of first14) {
    const sum = (product + Number(figure)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Checks what was typed as a unified social credit code. It says what looks wrong and where, and changes nothing but the writing. */
export function checkCreditCode(text: string): CheckedCreditCode {
  const code = normaliseCode(text);
  if (code === '') return { kind: 'empty' };
  const old = asRegistrationNumber(code);
  if (old !== null) return { kind: 'registration-number', ...old };
  const { length } = code;
  if (!Array.from(code).every((one) => /[0-9A-Z]/.test(one) || Object.hasOwn(LOOKALIKES, one)))
    return { kind: 'no-code', rule: 'credit-code-none', length };
  if (length > CREDIT_CODE_LENGTH) return { kind: 'no-code', rule: 'credit-code-too-long', length };
  if (length < CREDIT_CODE_LENGTH)
    return {
      kind: 'doubtful',
      code,
      findings: [{ rule: 'credit-code-length', positions: [], parameters: { length } }],
      likely: null,
    };
  const findings = [...strangeCharacters(code), ...failedParts(code)];
  return findings.length === 0 ? { kind: 'fine', code } : doubtful(code, findings);
}

/** Whether it is an old registration number, and its check figure fits; cooperatives have `NA` and `X` in theirs. */
function asRegistrationNumber(number: string): { number: string; sound: boolean } | null {
  if (/^\d{6}NA\d{6}X$/.test(number)) return { number, sound: true };
  if (!/^\d{15}$/.test(number)) return null;
  return { number, sound: number.endsWith(registrationCheckDigit(number.slice(0, 14))) };
}

/** Characters that cannot stand where they stand, each with what may be meant. */
function strangeCharacters(code: string): CreditCodeFinding[] {
  return Array.from(code).flatMap((character, index): CreditCodeFinding[] => {
    const position = index + 1;
    const figure = position >= AREA.from && position <= AREA.to;
    if (figure ? /\d/.test(character) : CODE_ALPHABET.includes(character)) return [];
    const meant = (figure ? FIGURE_LOOKALIKES : LOOKALIKES)[character] ?? '?';
    return [{ rule: 'credit-code-character', positions: [position], parameters: { character, meant } }];
  });
}

/** Parts of a code of 18 places that are none, as far as its characters tell. */
function failedParts(code: string): CreditCodeFinding[] {
  const findings: CreditCodeFinding[] = [];
  const find = (rule: CreditCodeRule, positions: readonly number[], part: string): void => {
    findings.push({ rule, positions, parameters: { part } });
  };
  const readable = (from: number, to: number): boolean =>
    Array.from(code.slice(from - 1, to)).every((one) => CODE_ALPHABET.includes(one));
  const [department = '', kind = ''] = code;
  if (readable(1, 2) && !(KINDS_OF_DEPARTMENT[department] ?? '').includes(kind))
    find('credit-code-prefix', [1, 2], department + kind);
  const province = code.slice(2, 4);
  if (/^\d\d$/.test(province) && !PROVINCES.has(province)) find('credit-code-area', [3, 4], province);
  if (readable(ORGANISATION.from, ORGANISATION.to) && code[16] !== organisationCheckDigit(code.slice(8, 16)))
    find('credit-code-organisation-digit', span(ORGANISATION.from, ORGANISATION.to), code.slice(8, 17));
  if (readable(1, 18) && code[17] !== creditCodeCheckDigit(code.slice(0, 17)))
    find('credit-code-check-digit', span(1, CREDIT_CODE_LENGTH), code.slice(17));
  return findings;
}

/**
 * Every single character that would make the whole code right. The two checks leave few: of a wrong place among 9 to 17
 * both fail, of one among 1 to 8 or 18 the last alone.
 */
function corrections(code: string): { position: number; character: string }[] {
  const strange = strangeCharacters(code).flatMap(({ positions }) => positions);
  // Of two that cannot stand where they stand, one put right leaves the other.
  if (strange.length > 1) return [];
  return (strange.length === 1 ? strange : span(1, CREDIT_CODE_LENGTH)).flatMap((position) =>
    Array.from(CODE_ALPHABET)
      .filter((character) => {
        if (character === code[position - 1]) return false;
        const changed = code.slice(0, position - 1) + character + code.slice(position);
        // The last character is the cheapest to ask for, and leaves one in thirty.
        if (changed[17] !== creditCodeCheckDigit(changed.slice(0, 17))) return false;
        return strangeCharacters(changed).length === 0 && failedParts(changed).length === 0;
      })
      .map((character) => ({ position, character })),
  );
}

/** Narrows the places of failed checks to those where one wrong character would explain them all. */
function doubtful(code: string, findings: readonly CreditCodeFinding[]): CheckedCreditCode {
  const possible = corrections(code);
  const places = [...new Set(possible.map(({ position }) => position))];
  const [only, ...others] = possible;
  return {
    kind: 'doubtful',
    code,
    findings: findings.map((one) =>
      one.rule.endsWith('-digit') && places.length > 0 ? { ...one, positions: places } : one,
    ),
    likely: only !== undefined && others.length === 0 ? only : null,
  };
}

/** Places as people write them: `3, 9–17`. */
export function positionsText(positions: readonly number[]): string {
  const runs: number[][] = [];
  for (const position of positions) {
    const run = runs.at(-1);
    if (run && run.at(-1) === position - 1) run.push(position);
    else runs.push([position]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : String(run[0]))).join(', ');
}

/** What is asked about a code before it is recorded, one entry a finding, in the form in which cautions are worded. */
export function creditCodeCautions(
  text: string,
): { field: 'creditCode'; rule: string; parameters: Record<string, string | number> }[] {
  const checked = checkCreditCode(text);
  if (checked.kind !== 'doubtful') return [];
  const { findings, likely } = checked;
  return [
    ...findings.map(({ rule, positions, parameters }) => ({
      field: 'creditCode' as const,
      rule,
      parameters: { ...parameters, positions: positionsText(positions) },
    })),
    ...(likely === null
      ? []
      : [{ field: 'creditCode' as const, rule: 'credit-code-likely', parameters: likely }]),
  ];
}

/** What a typed code is recorded as: the code, or an old number beside it; null of what is none. */
export function recordedCode(text: string): { creditCode: string | null; alias: string | null } | null {
  const checked = checkCreditCode(text);
  switch (checked.kind) {
    case 'empty':
      return { creditCode: null, alias: null };
    case 'fine':
    case 'doubtful':
      return { creditCode: checked.code, alias: null };
    case 'registration-number':
      return { creditCode: null, alias: checked.number };
    case 'no-code':
      return null;
  }
}
