/** `node --import`: little districts fill several batches and pages too, as a year of a real one does. */
import { editSources } from './source-edits.ts';

editSources([
  { file: 'src/central/kernel/feeds/snapshot.ts', from: 'SPAN = 2000;', to: 'SPAN = 6;' },
  { file: 'src/contract/centre/snapshot.ts', from: 'SNAPSHOT_FROM = 2000;', to: 'SNAPSHOT_FROM = 12;' },
  { file: 'src/contract/centre/exchange.ts', from: 'PUSH_LIMIT = 1000;', to: 'PUSH_LIMIT = 5;' },
  { file: 'src/contract/centre/exchange.ts', from: 'FEED_LIMIT = 2000;', to: 'FEED_LIMIT = 7;' },
]);
