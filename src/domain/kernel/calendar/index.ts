export {
  addNaturalDays,
  addWorkingDays,
  calendarOf,
  extendCalendar,
  HolidayYear,
  isCovered,
  isWorkingDay,
  workingDaysBetween,
  type Calendar,
  type CalendarImport,
  type PeriodEnd,
} from './calendar.ts';
export {
  businessDay,
  Day,
  dayEnd,
  dayStart,
  minuteOfDay,
  monthOf,
  naturalDaysBetween,
  nextMonth,
  parseDayText,
  shiftDay,
  weekdayOf,
} from './day.ts';
export { addMonths, wholeMonths } from './months.ts';
export { defaultCalendar } from './default-calendar.ts';
export {
  addOfficeMinutes,
  endOfOfficeDays,
  isOfficeOpen,
  officeMinutesBetween,
  type OfficeEnd,
} from './office.ts';
export { OfficeHours, officeSchedule, type OfficeSchedule } from './office-hours.ts';
export { endWithPauses, type Stop } from './pauses.ts';
