import { CoffeeOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { stationsWords } from './locales/index.ts';

/** Stations for riders, as the public reads them. */
export const stations: Manifest = {
  words: [stationsWords],
  pages: [
    { path: 'stations', element: later(async () => (await import('./stations-page.tsx')).StationsPage) },
  ],
  navigation: {
    path: 'stations',
    label: (t) => t('stations:nav'),
    icon: <CoffeeOutlined />,
    permission: 'station.handle',
  },
  records: { station: () => '/stations' },
};
