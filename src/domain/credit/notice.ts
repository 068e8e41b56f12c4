import { canonicalJson } from '../kernel/event/canonical.ts';
import { PublishedGrade } from './events.ts';

/** So much of a merchant's id stands in the number of its notices: its end, since ids begin with the time. */
const ID_END = 12;

const NUMBER = /^G-([0-9A-F]{12})-(\d{4})(\d{2})$/;

/** The number of the notice of a merchant's grade of a month `2026-11`. */
export function noticeNumber(merchantId: string, month: string): string {
  return `G-${merchantId.replaceAll('-', '').slice(-ID_END).toUpperCase()}-${month.replace('-', '')}`;
}

/** Which merchant's id ends how, and which month, a number says; null when it is none of a notice. */
export function readNoticeNumber(number: string): { idEnd: string; month: string } | null {
  const read = NUMBER.exec(number.trim().toUpperCase());
  return read ? { idEnd: (read[1] ?? '').toLowerCase(), month: `${read[2]}-${read[3]}` } : null;
}

/**
 * All that was published of a grade, as one text of which the code of its notice is made. A grade that took its place in the same
 * month has the same number and another code. When notice was given stands in none.
 */
export function noticeContent(merchantId: string, grade: PublishedGrade): string {
  return canonicalJson({ merchantId, ...PublishedGrade.parse(grade) });
}
