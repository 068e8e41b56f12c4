export {
  checkStore,
  checkStreams,
  noteDamage,
  readDamage,
  restoreAltered,
  startCheck,
  tellMissing,
  type CheckParts,
} from './check.ts';
export { createHeadKeeper, type HeadKeeper } from './kept-head.ts';
