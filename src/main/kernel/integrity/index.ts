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
export { createHeadKeeper, keptHead, type HeadKeeper, type OwnHead } from './kept-head.ts';
