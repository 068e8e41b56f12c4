export { defaultProcedure } from './default-procedure.ts';
export { codeEntry } from './overview.ts';
export {
  Code,
  type CodeEntry,
  type CodeListName,
  type Ground,
  HonestyTag,
  type InstrumentCode,
  type Limit,
  type Procedure,
  Wording,
  codeListOf,
  entriesOf,
  instrumentFor,
  levelRules,
  numberPatternOf,
} from './procedure.ts';
export {
  type Rulebook,
  asOfImports,
  calendarAt,
  calendarImports,
  officeScheduleAt,
  procedureInForce,
  procedureOf,
  procedureOfCase,
  shippedRules,
  topOf,
  withCalendar,
  withProcedure,
} from './rulebook.ts';
