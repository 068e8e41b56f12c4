import { FieldTimeOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { figuresWords } from './locales/index.ts';

export const figures: Manifest = {
  words: [figuresWords],
  pages: [{ path: 'figures', element: later(async () => (await import('./figures-page.tsx')).FiguresPage) }],
  navigation: {
    path: 'figures',
    label: (t) => t('common:nav.figures'),
    icon: <FieldTimeOutlined />,
    permission: 'figures.read',
  },
};
