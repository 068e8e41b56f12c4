import { SolutionOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { PrivacySign } from './privacy-sign.tsx';
import { privacyWords } from './locales/index.ts';

export const privacy: Manifest = {
  words: [privacyWords],
  pages: [
    { path: 'privacy', element: later(async () => (await import('./pages.tsx')).RequestsPage) },
    { path: 'privacy/new', element: later(async () => (await import('./pages.tsx')).ReceivePage) },
    { path: 'privacy/:id', element: later(async () => (await import('./pages.tsx')).RequestPage) },
  ],
  navigation: {
    path: 'privacy',
    label: (t) => t('privacy:nav'),
    icon: <SolutionOutlined />,
    sign: <PrivacySign />,
    permission: 'privacy.handle',
  },
  records: { privacy: (id) => `/privacy/${id}` },
};
