import { HeartOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { charityWords } from './locales/index.ts';

export const charity: Manifest = {
  words: [charityWords],
  pages: [
    { path: 'charity', element: later(async () => (await import('./pages.tsx')).CharitiesPage) },
    { path: 'charity/:id', element: later(async () => (await import('./pages.tsx')).CharityPage) },
  ],
  navigation: {
    path: 'charity',
    label: (t) => t('charity:nav'),
    icon: <HeartOutlined />,
    permission: 'charity.handle',
  },
  records: { charity: (id) => `/charity/${id}` },
};
