import { lotOf } from '../case/index.ts';

/** An organ or a number as it is compared: one decision is typed with all kinds of brackets, widths and blanks. */
export function sameText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether both name one decision. */
export function isSameDecision(
  a: { organ: string | null; number: string | null },
  b: { organ: string | null; number: string | null },
): boolean {
  if (a.organ === null || b.organ === null || a.number === null || b.number === null) return false;
  return sameText(a.organ) === sameText(b.organ) && sameText(a.number) === sameText(b.number);
}

/** Hexadecimal digits of one lot. */
const DIGITS = 8;

/** An id that follows from a text, the same wherever it is worked out; `letter` tells kinds of records apart. */
export function derivedId(letter: string, text: string): string {
  const parts = ['a', 'b', 'c', 'd'].map((salt) =>
    lotOf(`${salt}${text}${salt}`).toString(16).padStart(DIGITS, '0'),
  );
  return `${letter}-${parts.join('')}`;
}

/**
 * The id of the record of a decision about a merchant: two desks that enter the same one, each without the other, make one record, and
 * the second is refused. `again` tells it from records that bore this organ and number before and were corrected to others.
 */
export function sanctionIdOf(
  merchantId: string,
  { organ, number }: { organ: string; number: string },
  again = 0,
): string {
  return derivedId('s', JSON.stringify([merchantId, sameText(organ), sameText(number), again]));
}
