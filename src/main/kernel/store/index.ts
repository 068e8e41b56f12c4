export {
  asStorageError,
  DATA_FAULTS,
  databaseIn,
  markDamaged,
  requireDatabase,
  StorageError,
  unmarkDamaged,
  type StorageFault,
} from './fault.ts';
export { createDirectory, type Directory } from './directory.ts';
export {
  appendLocal,
  envelopeOf,
  openEvents,
  RevisionMoved,
  RuleRefused,
  type LocalContext,
  type NewFact,
} from './event-log.ts';
export { applyRuns } from './confirmed-run.ts';
export { applyFeedPage, applyReceipts, FeedBroken, readCursor, type Cursor } from './incoming.ts';
export {
  lastRecorded,
  lastUndoable,
  takeBack,
  takeBackStreams,
  undoableStreams,
  type MadeTogether,
} from './undo.ts';
export { readMeta, writeMeta } from './meta.ts';
export { startSealing } from './record-keys.ts';
export { holdsHead, SecondLog, startNewLog } from './second-log.ts';
export {
  applyHistoryPage,
  applySnapshotPage,
  checkBases,
  isEmpty,
  readBootstrap,
  type Bootstrap,
} from './snapshot.ts';
export { findRecorded, type Recorded, type RecordedAs } from './recorded.ts';
export { openStore, type Reader, type Store, type StoreOptions, type Writer } from './store.ts';
export { loadState, loadStates, type StreamKey } from './streams.ts';
export type { DirectoryUnit, UnitsAndRules } from './units-and-rules.ts';
