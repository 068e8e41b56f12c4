import { SafetyCertificateOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { creditWords } from './locales/index.ts';

/** A merchant's own credit stands on the merchant's page; here is the list of those below. */
export const credit: Manifest = {
  words: [creditWords],
  pages: [
    { path: 'credit', element: later(async () => (await import('./credits-page.tsx')).CreditsPage) },
    { path: 'credit/figures', element: later(async () => (await import('./figures-page.tsx')).FiguresPage) },
    {
      path: 'credit/policy',
      element: later(async () => (await import('./policy/policy-page.tsx')).CreditPolicyPage),
    },
  ],
  navigation: {
    path: 'credit',
    label: (t) => t('credit:title'),
    icon: <SafetyCertificateOutlined />,
    permission: 'credit.record',
  },
  records: { credit: (id) => `/merchants/${id}` },
};
