import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { sessionWords } from './locales/index.ts';

/** Enrolment, sign-in and the lock stand before all pages; one's own account among them. */
export const session: Manifest = {
  words: [sessionWords],
  pages: [{ path: 'account', element: later(async () => (await import('./account-page.tsx')).AccountPage) }],
  navigation: { path: 'account', label: (t) => t('session:account.title') },
};
