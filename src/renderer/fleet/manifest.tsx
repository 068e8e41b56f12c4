import { ClusterOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { fleetWords } from './locales/index.ts';

export const fleet: Manifest = {
  words: [fleetWords],
  pages: [{ path: 'fleet', element: later(async () => (await import('./fleet-page.tsx')).FleetPage) }],
  navigation: {
    path: 'fleet',
    label: (t) => t('common:nav.fleet'),
    icon: <ClusterOutlined />,
    permission: 'supervision.read',
  },
};
