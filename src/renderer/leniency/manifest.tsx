import type { Manifest } from '../kernel/kit/manifest.ts';
import { leniencyWords } from './locales/index.ts';

/** Decisions by leniency; they stand on the page of inspection, where their findings are. */
export const leniency: Manifest = {
  words: [leniencyWords],
  records: { leniency: () => '/inspections?view=leniency' },
};
