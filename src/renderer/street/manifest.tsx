import { TagsOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { streetsWords } from './locales/index.ts';

/** Priced-clearly streets: their shops, patrols and plaques. */
export const streets: Manifest = {
  words: [streetsWords],
  pages: [
    { path: 'streets', element: later(async () => (await import('./pages.tsx')).StreetsPage) },
    {
      path: 'streets/shops/:merchantId',
      element: later(async () => (await import('./pages.tsx')).StorefrontPage),
    },
    { path: 'streets/:id', element: later(async () => (await import('./pages.tsx')).StreetPage) },
    { path: 'streets/:id/patrol', element: later(async () => (await import('./pages.tsx')).PatrolPage) },
  ],
  navigation: {
    path: 'streets',
    label: (t) => t('streets:nav'),
    icon: <TagsOutlined />,
    permission: 'street.patrol',
  },
  records: { street: (id) => `/streets/${id}`, storefront: (id) => `/streets/shops/${id}` },
};
