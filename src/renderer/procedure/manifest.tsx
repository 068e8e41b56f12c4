import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { procedureWords } from './locales/index.ts';

export const procedure: Manifest = {
  words: [procedureWords],
  pages: [
    {
      path: 'settings/procedure',
      element: later(async () => (await import('./procedure-page.tsx')).ProcedurePage),
    },
  ],
};
