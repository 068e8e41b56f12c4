import { AuditOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { supervisionWords } from './locales/index.ts';

export const supervision: Manifest = {
  words: [supervisionWords],
  pages: [
    {
      path: 'supervision',
      element: later(async () => (await import('./supervision-page.tsx')).SupervisionPage),
    },
  ],
  navigation: {
    path: 'supervision',
    label: (t) => t('common:nav.supervision'),
    icon: <AuditOutlined />,
    permission: 'supervision.read',
  },
};
