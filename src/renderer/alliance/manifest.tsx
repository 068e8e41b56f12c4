import { GiftOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { allianceWords } from './locales/index.ts';

export const alliance: Manifest = {
  words: [allianceWords],
  pages: [
    { path: 'alliance', element: later(async () => (await import('./pages.tsx')).AlliancePage) },
    { path: 'alliance/:id', element: later(async () => (await import('./pages.tsx')).AllianceShopPage) },
  ],
  navigation: {
    path: 'alliance',
    label: (t) => t('alliance:nav'),
    icon: <GiftOutlined />,
    permission: 'alliance.handle',
  },
  records: { alliance: (id) => `/alliance/${id}` },
};
