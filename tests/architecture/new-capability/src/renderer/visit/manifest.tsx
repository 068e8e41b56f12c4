import { EnvironmentOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { visitsWords } from './locales/index.ts';

export const visits: Manifest = {
  words: [visitsWords],
  pages: [{ path: 'visits', element: later(async () => (await import('./visits-page.tsx')).VisitsPage) }],
  navigation: {
    path: 'visits',
    label: (t) => t('visits:title'),
    icon: <EnvironmentOutlined />,
    permission: 'case.read',
  },
};
