import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { archiveWords } from './locales/index.ts';

export const archive: Manifest = {
  words: [archiveWords],
  pages: [
    { path: 'cases/archive', element: later(async () => (await import('./pages.tsx')).ArchivePage) },
    { path: 'cases/archive/:id', element: later(async () => (await import('./pages.tsx')).ArchivedCasePage) },
  ],
};
