import { ShopOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { shopWords } from './locales/index.ts';

/** A shop's own day and month, for its manager. */
export const shop: Manifest = {
  words: [shopWords],
  pages: [{ path: 'shop', element: later(async () => (await import('./shop-page.tsx')).ShopPage) }],
  navigation: {
    path: 'shop',
    label: (t) => t('shop:title'),
    icon: <ShopOutlined />,
    permission: 'shop.manage',
  },
};
