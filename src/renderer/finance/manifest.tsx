import type { Manifest } from '../kernel/kit/manifest.ts';
import { financeWords } from './locales/index.ts';

/** What a merchant's credit is worth to a bank stands on the merchant's page. */
export const finance: Manifest = {
  words: [financeWords],
  records: { finance: (id) => `/merchants/${id}` },
};
