import { BankOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { financeWords } from './locales/index.ts';

/**
 * What a merchant's credit is worth to a bank stands on the merchant's page; its consent is filled in on a page of its own. A bank's
 * officers have the consents that were given to their bank.
 */
export const finance: Manifest = {
  words: [financeWords],
  pages: [
    { path: 'merchants/:id/consent', element: later(async () => (await import('./pages.tsx')).ConsentPage) },
    { path: 'consented', element: later(async () => (await import('./pages.tsx')).ConsentedPage) },
    { path: 'consented/:id', element: later(async () => (await import('./pages.tsx')).ConsentedDetailPage) },
  ],
  navigation: {
    path: 'consented',
    label: (t) => t('finance:bank.nav'),
    icon: <BankOutlined />,
    permission: 'consent.read',
  },
  records: {
    finance: (id) => `/merchants/${id}`,
    consent: (id) => `/merchants/${id.split('.')[0] ?? id}`,
    'credit-line': (id) => `/merchants/${id.split('.')[0] ?? id}`,
  },
};
