import { PieChartOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { rollupWords } from './locales/index.ts';

export const rollup: Manifest = {
  words: [rollupWords],
  pages: [{ path: 'rollup', element: later(async () => (await import('./rollup-page.tsx')).RollupPage) }],
  navigation: {
    path: 'rollup',
    label: (t) => t('common:nav.rollup'),
    icon: <PieChartOutlined />,
    permission: 'rollup.read',
  },
};
