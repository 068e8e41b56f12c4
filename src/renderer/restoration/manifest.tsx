import { ReconciliationOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { restorationWords } from './locales/index.ts';
import { RestorationSign } from './restoration-sign.tsx';

export const restorations: Manifest = {
  words: [restorationWords],
  pages: [
    { path: 'restorations', element: later(async () => (await import('./pages.tsx')).RestorationsPage) },
    { path: 'restorations/new', element: later(async () => (await import('./pages.tsx')).FilePage) },
    { path: 'restorations/:id', element: later(async () => (await import('./pages.tsx')).RestorationPage) },
  ],
  navigation: {
    path: 'restorations',
    label: (t) => t('restorations:nav'),
    icon: <ReconciliationOutlined />,
    sign: <RestorationSign />,
    permission: 'restoration.read',
  },
  records: { restoration: (id) => `/restorations/${id}` },
};
