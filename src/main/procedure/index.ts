export {
  committeeHere,
  instrumentsHere,
  pickActive,
  procedureNow,
  procedureOfCase,
  procedureToday,
  unitHere,
} from './applicable.ts';
