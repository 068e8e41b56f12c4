import { BankOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { merchantsWords } from './locales/index.ts';

export const merchants: Manifest = {
  words: [merchantsWords],
  pages: [
    { path: 'merchants', element: later(async () => (await import('./pages.tsx')).MerchantsPage) },
    { path: 'merchants/coverage', element: later(async () => (await import('./pages.tsx')).CoveragePage) },
    {
      path: 'merchants/duplicates',
      element: later(async () => (await import('./pages.tsx')).DuplicatesPage),
    },
    { path: 'merchants/:id', element: later(async () => (await import('./pages.tsx')).MerchantPage) },
  ],
  navigation: {
    path: 'merchants',
    label: (t) => t('common:nav.merchants'),
    icon: <BankOutlined />,
    permission: 'merchant.read',
  },
  records: { merchant: (id) => `/merchants/${id}` },
};
