import { HistoryOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { accessWords } from './locales/index.ts';

export const accesses: Manifest = {
  words: [accessWords],
  pages: [
    { path: 'accesses', element: later(async () => (await import('./accesses-page.tsx')).AccessesPage) },
  ],
  navigation: {
    path: 'accesses',
    label: (t) => t('accesses:nav'),
    icon: <HistoryOutlined />,
    permission: 'supervision.read',
  },
};
