import { businessDay, epochDay } from '../../../domain/kernel/calendar/day.ts';
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
/** Days since 1899-12-30, what a spreadsheet shows when a cell lost its date format: 1954 to 2119. */
const SERIAL = /^(\d{5})(?:\.\d+)?$/;

/** True when the text has the look of a date, whether or not the day exists. */
export function looksLikeDate(text: string): boolean {
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
    const match = YEAR_LAST.exec(text.normalize('NFKC').trim());
    if (!match) continue;
    if (Number(match[1]) > 12) dayFirst += 1;
    if (Number(match[2]) > 12) monthFirst += 1;
  }
  if (monthFirst === dayFirst) return 'ambiguous';
  return monthFirst > dayFirst ? 'MDY' : 'DMY';
}

/**
 * Reads a calendar day as `YYYY-MM-DD`; a time of day is dropped, an instant with zone is put into
 * Asia/Shanghai. Years have four digits. A date that starts with its year needs no order.
 * `serials` allows spreadsheet day numbers (only for files that come from one).
 */
export function readDay(text: string, order: DecidedOrder, serials: boolean): Reading<string, DayRule> {
  const normal = text.normalize('NFKC').trim();
  const yearFirst = YEAR_FIRST.exec(normal) ?? PACKED.exec(normal);
  if (yearFirst) {
    if (WITH_ZONE.test(normal) && !Number.isNaN(Date.parse(normal))) {
      return read(businessDay(normal));
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
  const serial = serials ? SERIAL.exec(normal) : null;
  if (serial && Number(serial[1]) >= 20_000 && Number(serial[1]) <= 80_000) {
    return read(new Date((Number(serial[1]) - 25_569) * 86_400_000).toISOString().slice(0, 10));
  }
  return unreadable('bad-date', { value: text.trim() });
}

function existingDay(text: string, year = '', month = '', day = ''): Reading<string, DayRule> {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  try {
    epochDay(iso);
    return read(iso);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return unreadable('bad-date', { value: text.trim() });
  }
}
