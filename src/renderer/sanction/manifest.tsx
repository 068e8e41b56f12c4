import { FileExclamationOutlined } from '@ant-design/icons';
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
