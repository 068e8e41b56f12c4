/** How a cell shows its number: as a day or time, filled up with zeros to a width, or plainly. */
export type NumberForm = 'plain' | 'date' | { width: number };

/** Formats every program knows by number: days and times, in the second half those of Chinese, Japanese and Korean ones. */
const DATE_IDS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54,
  55, 56, 57, 58,
]);

/** What a number format makes of a number; `code` is the file's own, where it has one for this id. */
export function formOf(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return DATE_IDS.has(id) ? 'date' : 'plain';
  const zeros = /^0{2,20}$/.exec(code);
  if (zeros) return { width: code.length };
  // What stands in quotes, behind a backslash or in brackets is shown, or colours; only hours beyond a day are in brackets.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(bare.replaceAll(/general/gi, '')) ? 'date' : 'plain';
}

const DAY_MS = 86_400_000;
/** 1970-01-01 as a spreadsheet counts days, from 1900 and from 1904. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;

/** A spreadsheet's day number as `YYYY-MM-DD`, with ` HH:mm:ss` where it has a time, or the time alone. */
export function serialText(serial: number, from1904: boolean): string {
  const milliseconds = (serial - (from1904 ? EPOCH_1904 : EPOCH_1900)) * DAY_MS;
  const date = new Date(Math.round(milliseconds / 1000) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1)
    return plainText(serial);
  const text = date.toISOString();
  const time = text.slice(11, 19);
  if (serial >= 0 && serial < 1 && !from1904) return time;
  return time === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${time}`;
}

/** A date as a library hands it over, in UTC, in the words of `serialText`. */
export function dateText(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : serialText(date.getTime() / DAY_MS + EPOCH_1900, false);
}

/**
 * A number as a spreadsheet shows it, by its fifteen significant digits. An integer with more of them was cut when it was
 * typed: it stays in the form that says so (`1.23456789012346E+17`).
 */
export function plainText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(15));
  if (Math.abs(rounded) >= 1e15)
    return value
      .toExponential(14)
      .replace(/\.?0+e/, 'E')
      .replace('e', 'E');
  const text = String(rounded);
  return /e/i.test(text) ? rounded.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** A number as its cell shows it. */
export function numberText(value: number, form: NumberForm, from1904: boolean): string {
  if (form === 'date') return serialText(value, from1904);
  const text = plainText(value);
  return form !== 'plain' && /^\d+$/.test(text) ? text.padStart(form.width, '0') : text;
}
