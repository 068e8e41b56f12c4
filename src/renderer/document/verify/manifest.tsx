import { later, type Manifest } from '../../kernel/kit/manifest.ts';

/** Its words are those of documents. */
export const verify: Manifest = {
  words: [],
  pages: [{ path: 'verify', element: later(async () => (await import('./pages.tsx')).VerifyPage) }],
  navigation: { path: 'verify', label: (t) => t('common:nav.verify'), permission: 'case.read' },
};
