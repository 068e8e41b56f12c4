import { maskIdNumber, maskName, maskPhone } from './mask.ts';

/** Runs of figures as numbers of telephones and identity cards are written, in any width, with what people put between them. */
const NUMBERS =
  /(?<![\d０-９])[+＋]?[\d０-９](?:[ \u3000\-－.·()（）]{0,2}[\d０-９]){6,19}[XxＸｘ]?(?![\d０-９])/gu;
/** A day, or an amount of money with its fen, is no number of anybody. */
const NOBODYS = /^(?:\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d+\.\d{1,2})$/;

function maskNumber(found: string): string {
  const plain = found.normalize('NFKC');
  if (NOBODYS.test(plain)) return found;
  const figures = plain.replaceAll(/[^\dXx]/g, '');
  if (/^\d{17}[\dXx]$/.test(figures)) return maskIdNumber(figures);
  return maskPhone(figures.replace(/^(?:00)?86(?=1\d{10}$)/, ''));
}

/**
 * What somebody wrote freely, as it may be shown to the public: numbers of telephones and identity cards are masked wherever they
 * stand, and so are the names that are known to be of people. A name that nobody knows as one stays.
 */
export function maskText(text: string, names: readonly string[] = []): string {
  // Longer ones first: one name may stand within another.
  const people = [...new Set(names.map((name) => name.trim()))]
    .filter((name) => Array.from(name).length > 1)
    .toSorted((a, b) => b.length - a.length);
  return people.reduce(
    (all, name) => all.replaceAll(name, () => maskName(name)),
    text.replaceAll(NUMBERS, maskNumber),
  );
}
