import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { financeWords } from './locales/index.ts';

/** What a merchant's credit is worth to a bank stands on the merchant's page; its consent is filled in on a page of its own. */
export const finance: Manifest = {
  words: [financeWords],
  pages: [
    { path: 'merchants/:id/consent', element: later(async () => (await import('./pages.tsx')).ConsentPage) },
  ],
  records: {
    finance: (id) => `/merchants/${id}`,
    consent: (id) => `/merchants/${id.split('.')[0] ?? id}`,
    'credit-line': (id) => `/merchants/${id.split('.')[0] ?? id}`,
  },
};
