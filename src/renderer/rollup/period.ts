import { naturalDaysBetween, shiftDay } from '../../domain/kernel/calendar/index.ts';

export const PRESETS = ['this-month', 'last-month', 'this-quarter', 'this-year', 'last-365-days'] as const;
export type Preset = (typeof PRESETS)[number];
export type PeriodChoice = Preset | 'custom';
export type Period = { from: string; to: string };

/**
 * The days a preset stands for on a day `YYYY-MM-DD`, both included. A running period ends today, so
 * that the centre compares it with as many days before it and not with a whole month.
 */
export function periodOf(preset: Preset, today: string): Period {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const firstOf = (ofYear: number, ofMonth: number): string =>
    `${String(ofYear).padStart(4, '0')}-${String(ofMonth).padStart(2, '0')}-01`;
  switch (preset) {
    case 'this-month':
      return { from: firstOf(year, month), to: today };
    case 'last-month': {
      const first = month === 1 ? firstOf(year - 1, 12) : firstOf(year, month - 1);
      return { from: first, to: shiftDay(firstOf(year, month), -1) };
    }
    case 'this-quarter':
      return { from: firstOf(year, month - ((month - 1) % 3)), to: today };
    case 'this-year':
      return { from: firstOf(year, 1), to: today };
    case 'last-365-days':
      return { from: shiftDay(today, -364), to: today };
  }
}

/** The preset that a word in the address stands for; anything else is a custom period. */
export function readChoice(text: string | null): PeriodChoice {
  return PRESETS.find((preset) => preset === text) ?? (text === 'custom' ? 'custom' : 'last-365-days');
}

/** The days of a choice in an address: those of a preset, or its own, which begin as the last 365. */
export function readPeriod(parameters: URLSearchParams, choice: PeriodChoice, today: string): Period {
  if (choice !== 'custom') return periodOf(choice, today);
  const fallback = periodOf('last-365-days', today);
  const day = (name: string, other: string): string => {
    const text = parameters.get(name) ?? '';
    return /^\d{4}-\d\d-\d\d$/.test(text) ? text : other;
  };
  return { from: day('from', fallback.from), to: day('to', fallback.to) };
}

/** The period of the same length right before, as the centre compares it. */
export function periodBefore({ from, to }: Period): Period {
  const before = shiftDay(from, -1);
  return { from: shiftDay(before, -naturalDaysBetween(from, to)), to: before };
}
