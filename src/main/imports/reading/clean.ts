import { mapPrivateUse } from '../../../domain/kernel/text/index.ts';

/** Joiners shape the letters of Uyghur, Mongolian and the scripts of India: behind such a letter they are text. */
const SHAPED = String.raw`[[\p{L}\p{M}]--[\p{Script=Han}\p{Script=Latin}\p{Script=Hangul}]]`;
/** Characters that nobody sees: marks of order, direction and joining, fillers, and controls but for tabs and line ends. */
const INVISIBLE = new RegExp(
  String.raw`(?<!${SHAPED})[\u200c\u200d\u180e]|[\p{Cf}--[\u200c\u200d\u180e]]|[\u034f\u115f\u1160\u3164\uffa0]|[\p{Cc}--[\t\n\r]]`,
  'gv',
);
/** Figures, Latin letters and the commonest ideographs hold none: most cells are of nothing else. */
const PLAIN = /^[\u0020-\u007e\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e]*$/;

/** The text without what nobody sees in it, its blanks trimmed. */
export function visible(text: string): string {
  return (PLAIN.test(text) ? text : text.replaceAll(INVISIBLE, '')).trim();
}

/**
 * What a cell says. `="138…"` keeps a spreadsheet from taking a text for a number, and so does an apostrophe in front, as in
 * our own file of refused rows: both are wrapping. Private-use characters of old systems become what they stand for.
 */
export function cleanCell(text: string): string {
  const seen = PLAIN.test(text) ? text.trim() : mapPrivateUse(visible(text));
  if (seen.startsWith('=')) {
    const quoted = /^="((?:[^"]|"")*)"$/.exec(seen);
    return quoted ? (quoted[1] ?? '').replaceAll('""', '"').trim() : seen;
  }
  return seen.startsWith("'") && seen.length > 1 && !seen.endsWith("'") ? seen.slice(1).trim() : seen;
}
