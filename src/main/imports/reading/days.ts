import { businessDay, epochDay } from '../../../domain/kernel/calendar/day.ts';
import { namesYear, parseDay } from '../../../domain/kernel/text/index.ts';
import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { read, unreadable, type Reading } from './result.ts';

export type DateOrder = ImportMapping['dateOrder'];
/** What `auto` comes to for a file: an order, or `ambiguous` when no date in it tells. */
export type DecidedOrder = Exclude<DateOrder, 'auto'> | 'ambiguous';
export type DayRule = 'bad-date' | 'ambiguous-date';

const YEAR_FIRST = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]|$)/;
const PACKED = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?$/;
const YEAR_LAST = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?:[\sT]|$)/;
const WITH_ZONE = /T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** Days since 1899-12-30 or 1904-01-01, what a spreadsheet shows when a cell lost its date format. */
const SERIAL = /^(\d{5})(?:\.\d+)?$/;

/** True when the text has the look of a date, whether or not the day exists. */
export function looksLikeDate(text: string): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return true;
  const normal = text.normalize('NFKC').trim();
  return YEAR_FIRST.test(normal) || PACKED.test(normal) || YEAR_LAST.test(normal);
}

/**
 * The order of day and month where the year stands last, from all dates of the file together: one
 * number over 12 tells. Where both orders are shown, the more frequent wins and the others are bad dates.
 */
export function decideDateOrder(order: DateOrder, texts: Iterable<string>): DecidedOrder {
  if (order !== 'auto') return order;
  let monthFirst = 0;
  let dayFirst = 0;
  for (const text of texts) {
    if (/^\d{4}/.test(text)) continue;
    const match = YEAR_LAST.exec(text.normalize('NFKC').trim());
    if (!match) continue;
    if (Number(match[1]) > 12) dayFirst += 1;
    if (Number(match[2]) > 12) monthFirst += 1;
  }
  if (monthFirst === dayFirst) return 'ambiguous';
  return monthFirst > dayFirst ? 'MDY' : 'DMY';
}

/** `assumed`: the text names no year, or a day only by its distance from today. */
export type ReadDay = { day: string; assumed: boolean };
export type DayContext = {
  order: DecidedOrder;
  /** From which year a spreadsheet's day numbers count; null for files that have none. */
  serials: 1900 | 1904 | null;
  /** `YYYY-MM-DD`. */
  today: string;
};

/**
 * Reads a calendar day as `YYYY-MM-DD`, by the reader of the forms, and besides what only files hold: an instant with a zone,
 * which is put into Asia/Shanghai, a year that stands last, and a spreadsheet's day number that lost its format.
 */
export function readDay(text: string, { order, serials, today }: DayContext): Reading<ReadDay, DayRule> {
  const plain = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (plain) return existingDay(text, plain[1], plain[2], plain[3]);
  const normal = text.normalize('NFKC').trim();
  const yearFirst = YEAR_FIRST.exec(normal) ?? PACKED.exec(normal);
  if (yearFirst) {
    if (WITH_ZONE.test(normal) && !Number.isNaN(Date.parse(normal))) {
      return read({ day: businessDay(normal), assumed: false });
    }
    return existingDay(text, yearFirst[1], yearFirst[2], yearFirst[3]);
  }
  const yearLast = YEAR_LAST.exec(normal);
  if (yearLast) {
    const [, first, second, year] = yearLast;
    if (order === 'DMY') return existingDay(text, year, second, first);
    if (order === 'MDY' || first === second) return existingDay(text, year, first, second);
    return unreadable('ambiguous-date', { value: text.trim() });
  }
  const serial = serials === null ? null : SERIAL.exec(normal);
  if (serial) {
    const days = Number(serial[1]) - (serials === 1904 ? 24_107 : 25_569);
    const day = new Date(days * 86_400_000).toISOString().slice(0, 10);
    if (day >= '1954' && day < '2120') return read({ day, assumed: false });
  }
  const written = parseDay(normal, today, 'past');
  return written.kind === 'day'
    ? read({ day: written.day, assumed: !namesYear(normal) })
    : unreadable('bad-date', { value: text.trim() });
}

function existingDay(text: string, year = '', month = '', day = ''): Reading<ReadDay, DayRule> {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    epochDay(iso);
    return read({ day: iso, assumed: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable('bad-date', { value: text.trim() });
  }
}
