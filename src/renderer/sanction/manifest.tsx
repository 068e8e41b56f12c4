import { FileExclamationOutlined, PhoneOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { sanctionWords } from './locales/index.ts';

/** Published decisions about merchants; a merchant's own stand on its page as well. */
export const sanctions: Manifest = {
  words: [sanctionWords],
  pages: [
    { path: 'sanctions', element: later(async () => (await import('./sanctions-page.tsx')).SanctionsPage) },
    { path: 'sanctions/:id', element: later(async () => (await import('./sanction-page.tsx')).SanctionPage) },
  ],
  navigation: {
    path: 'sanctions',
    label: (t) => t('sanction:nav'),
    icon: <FileExclamationOutlined />,
    permission: 'credit.read',
  },
  records: { sanction: (id) => `/sanctions/${id}` },
};

/** Merchants that this unit is to call about their records. */
export const calls: Manifest = {
  words: [],
  pages: [{ path: 'calls', element: later(async () => (await import('./calls-page.tsx')).CallsPage) }],
  navigation: {
    path: 'calls',
    label: (t) => t('sanction:calls.nav'),
    icon: <PhoneOutlined />,
    permission: 'restoration.handle',
  },
};
