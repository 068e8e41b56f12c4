import type { Manifest } from '../kernel/kit/manifest.ts';
import { disclosuresWords } from './locales/index.ts';

/** What was told of a merchant stands on the merchant's page. */
export const disclosures: Manifest = {
  words: [disclosuresWords],
  records: { disclosure: (id) => `/merchants/${id}` },
};
