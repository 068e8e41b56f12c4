/** The last day of the month of `year` and `month` (0 to 11), which may run over. */
const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The same day of the month so many months later, or earlier when negative; the month's last where it has no such day. */
export function shiftMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const to = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(to / 12), ((to % 12) + 12) % 12];
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(toYear).padStart(4, '0')}-${two(toMonth + 1)}-${two(Math.min(date, lastDay(toYear, toMonth)))}`;
}

/** Whole months from one day to a later one: as many as can be added to the first without passing the second. */
export function wholeMonths(from: string, to: string): number {
  const of = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = of(to) - of(from);
  return shiftMonths(from, months) <= to ? months : months - 1;
}
