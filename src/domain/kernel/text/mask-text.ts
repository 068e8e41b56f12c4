import { maskIdNumber, maskName, maskPhone } from './mask.ts';

/** Digit runs as telephone and identity numbers are written, in any width and with the usual separators. */
const NUMBERS =
  /(?<![\d０-９])[+＋]?[\d０-９](?:[ \u3000\-－.·()（）]{0,2}[\d０-９]){6,19}[XxＸｘ]?(?![\d０-９])/gu;
/** Dates and amounts of money are not personal numbers. */
const NOBODYS = /^(?:\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d+\.\d{1,2})$/;

function maskNumber(found: string): string {
  const plain = found.normalize('NFKC');
  if (NOBODYS.test(plain)) return found;
  const figures = plain.replaceAll(/[^\dXx]/g, '');
  if (/^\d{17}[\dXx]$/.test(figures)) return maskIdNumber(figures);
  return maskPhone(figures.replace(/^(?:00)?86(?=1\d{10}$)/, ''));
}

/**
 * Free text as it may be shown to the public: telephone and identity numbers are masked wherever they occur, and so are the given names
 * of people. A name that is not among them stays.
 */
export function maskText(text: string, names: readonly string[] = []): string {
  // Longer names first: one may contain another.
  const people = [...new Set(names.map((name) => name.trim()))]
    .filter((name) => Array.from(name).length > 1)
    .toSorted((a, b) => b.length - a.length);
  return people.reduce(
    (all, name) => all.replaceAll(name, () => maskName(name)),
    text.replaceAll(NUMBERS, maskNumber),
  );
}
