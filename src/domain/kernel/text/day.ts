import { Day, naturalDaysBetween, parseDayText, shiftDay } from '../calendar/day.ts';
import { normaliseTyped } from './normalise.ts';
import { parseChineseInteger } from './numerals.ts';

export type DayRule = 'day-empty' | 'day-unreadable' | 'day-not-existing';
export type ParsedDay = { kind: 'day'; day: Day } | { kind: 'refused'; rule: DayRule };

/** Which year (or month) a day without one falls into: of a purchase the last, of a promise the next. */
export type DayLean = 'past' | 'nearest' | 'future';

const refused = (rule: DayRule): ParsedDay => ({ kind: 'refused', rule });
const found = (day: Day): ParsedDay => ({ kind: 'day', day });

const RELATIVE: Record<string, number> = {
  大前天: -3,
  前天: -2,
  前日: -2,
  昨天: -1,
  昨日: -1,
  今天: 0,
  今日: 0,
  today: 0,
  yesterday: -1,
  明天: 1,
  明日: 1,
  tomorrow: 1,
  后天: 2,
  大后天: 3,
};

const WEEKDAYS = '一二三四五六日';
const YEARS: Record<string, number> = { 去年: -1, 今年: 0, 明年: 1 };

const HALF = '凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|夜里|am|pm';
const CLOCK =
  '\\d{1,2}(?::\\d{1,2}){1,2}(?:\\.\\d+)?|\\d{1,2}[时点](?:\\s*半|\\s*\\d{1,2}\\s*分?(?:\\s*\\d{1,2}\\s*秒)?)?';
/** A time behind a day: parted from it by a blank, by its 日, or by the half of the day that it names. */
const TIME_BEHIND = new RegExp(
  `(?:(?<=[日号])\\s*|[\\st,]+|(?=(?:${HALF})))(?:(?:${HALF})\\s*)?(?:${CLOCK})?\\s*(?:am|pm|左右)?$`,
  'u',
);
const WEEKDAY_BEHIND = /(?<=[\d日号])\s*[([【]?\s*(?:周|星期|礼拜)[一二三四五六日天]\s*[)\]】]?/u;
const CHINESE_YEAR = /^[〇零一二三四五六七八九]{4}(?=年)/u;
const FIGURES = '〇一二三四五六七八九';
/** Hyphens and dashes that compatibility forms do not make plain. */
const DASHES = /[\u2010-\u2015\u2212]/gu;

/**
 * What is left of a written day without blanks, without the weekday and the time that may stand behind it, its dashes
 * plain and its year in figures: none of these is a fault, and none changes the day.
 */
function bareDay(text: string): string {
  const typed = normaliseTyped(text).replaceAll(DASHES, '-').toLowerCase().replace(WEEKDAY_BEHIND, '').trim();
  const behind = TIME_BEHIND.exec(typed);
  const before = behind === null ? typed : typed.slice(0, behind.index);
  return (/[\d日号天]$/u.test(before) ? before : typed)
    .replaceAll(' ', '')
    .replace(CHINESE_YEAR, (year) =>
      Array.from(year, (figure) => String(Math.max(0, FIGURES.indexOf(figure)))).join(''),
    );
}

/** True when the text says its year itself, in four figures: of any other the year, or the day, was worked out. */
export function namesYear(text: string): boolean {
  return /^\d{4}/.test(bareDay(text));
}

/** `2026`, `26`, `11` or `十一`. */
function integer(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : (parseChineseInteger(text) ?? Number.NaN);
}

function dayAt(year: number, month: number, day: number): Day | null {
  const pad = (number: number, length: number): string => String(number).padStart(length, '0');
  const parsed = Day.safeParse(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
  return parsed.success ? parsed.data : null;
}

/**
 * Reads a day as people type it: `昨天`, `3天前`, `上周五`, `11-20`, `11月20日`, `20号`, `2026/11/20`,
 * `去年11月20日`, `26.11.20`, `20261120`. `today` is the day in Asia/Shanghai. Without a year the nearest
 * day is meant unless `lean` says otherwise.
 */
export function parseDay(text: string, today: string, lean: DayLean = 'nearest'): ParsedDay {
  const base = parseDayText(today);
  const typed = bareDay(text);
  if (typed === '') return refused('day-empty');
  const relative = RELATIVE[typed];
  if (relative !== undefined) return found(shiftDay(base, relative));
  return (
    counted(typed, base) ?? inWeek(typed, base) ?? written(typed, base, lean) ?? refused('day-unreadable')
  );
}

/** `3天前`, `两周后`. */
function counted(typed: string, today: Day): ParsedDay | null {
  const parts = /^(\d{1,4}|[一二两三四五六七八九十百]{1,5})个?(天|日|周|星期|礼拜)(?:以?(前|后))$/u.exec(
    typed,
  );
  if (!parts) return null;
  const [, number = '', unit, direction] = parts;
  const days = integer(number) * (unit === '天' || unit === '日' ? 1 : 7);
  if (Number.isNaN(days) || days > 3660) return null;
  return found(shiftDay(today, direction === '前' ? -days : days));
}

/** `上周五`, `本周一`, `下星期天`; weeks begin on Monday. */
function inWeek(typed: string, today: Day): ParsedDay | null {
  const parts = /^(上上|上|本|这|下|下下)个?(?:周|星期|礼拜)([一二三四五六日天])$/u.exec(typed);
  if (!parts) return null;
  const [, which = '', weekday = ''] = parts;
  const weeks = { 上上: -2, 上: -1, 本: 0, 这: 0, 下: 1, 下下: 2 }[which] ?? 0;
  // 1970-01-05 was a Monday.
  const sinceMonday = ((naturalDaysBetween('1970-01-05', today) % 7) + 7) % 7;
  const target = WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday);
  return found(shiftDay(today, weeks * 7 + target - sinceMonday));
}

const NUMBER = '\\d{1,2}|[一二三四五六七八九十]{1,3}';
const FULL = new RegExp(
  `^(?<year>\\d{4}|\\d{2})(?:年|[-/.])(?<month>${NUMBER})(?:月|[-/.])(?<day>${NUMBER})[日号]?$`,
  'u',
);
const COMPACT = /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/;
const NAMED_YEAR = new RegExp(
  `^(?<named>去年|今年|明年)(?<month>${NUMBER})(?:月|[-/.])(?<day>${NUMBER})[日号]?$`,
  'u',
);
const MONTH_AND_DAY = new RegExp(`^(?<month>${NUMBER})(?:月|[-/.])(?<day>${NUMBER})[日号]?$`, 'u');
const DAY_OF_MONTH = new RegExp(`^(?<day>${NUMBER})[日号]$`, 'u');

function written(typed: string, today: Day, lean: DayLean): ParsedDay | null {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const exact = (FULL.exec(typed) ?? COMPACT.exec(typed) ?? NAMED_YEAR.exec(typed))?.groups;
  if (exact) {
    const named = exact['named'];
    const typedYear = named === undefined ? Number(exact['year']) : year + (YEARS[named] ?? 0);
    const day = dayAt(
      typedYear < 100 ? 2000 + typedYear : typedYear,
      integer(exact['month'] ?? ''),
      integer(exact['day'] ?? ''),
    );
    return day ? found(day) : refused('day-not-existing');
  }
  const parts = (MONTH_AND_DAY.exec(typed) ?? DAY_OF_MONTH.exec(typed))?.groups;
  if (!parts) return null;
  const dayNumber = integer(parts['day'] ?? '');
  const typedMonth = parts['month'];
  // A day without a year, or without a month, is tried one period before and after.
  const candidates = [-1, 0, 1].map((offset) => {
    if (typedMonth !== undefined) return dayAt(year + offset, integer(typedMonth), dayNumber);
    const months = year * 12 + month - 1 + offset;
    return dayAt(Math.floor(months / 12), (months % 12) + 1, dayNumber);
  });
  return closest(
    candidates.filter((one) => one !== null),
    today,
    lean,
  );
}

function closest(candidates: Day[], today: Day, lean: DayLean): ParsedDay {
  const wanted = candidates.filter(
    (one) => lean === 'nearest' || (lean === 'past' ? one <= today : one >= today),
  );
  const distance = (day: Day): number => Math.abs(naturalDaysBetween(today, day));
  const [first] = (wanted.length > 0 ? wanted : candidates).toSorted(
    (one, other) => distance(one) - distance(other),
  );
  return first === undefined ? refused('day-not-existing') : found(first);
}
