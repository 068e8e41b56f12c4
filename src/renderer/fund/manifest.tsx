import { SafetyCertificateOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { fundsWords } from './locales/index.ts';

export const funds: Manifest = {
  words: [fundsWords],
  pages: [
    { path: 'funds', element: later(async () => (await import('./pages.tsx')).FundsPage) },
    { path: 'funds/:id', element: later(async () => (await import('./pages.tsx')).FundPage) },
    { path: 'policies/:id', element: later(async () => (await import('./pages.tsx')).PolicyPage) },
  ],
  navigation: {
    path: 'funds',
    label: (t) => t('funds:nav'),
    icon: <SafetyCertificateOutlined />,
    permission: 'fund.handle',
  },
  records: { fund: (id) => `/funds/${id}`, insurance: (id) => `/policies/${id}` },
};
