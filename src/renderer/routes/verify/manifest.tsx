import { later, type Manifest } from '../../kit/manifest.ts';

/** Its words are those of documents. */
export const verify: Manifest = {
  words: [],
  pages: [{ path: 'verify', element: later(async () => (await import('./index.tsx')).VerifyPage) }],
  navigation: { path: 'verify', label: (t) => t('common:nav.verify') },
};
