import { FieldTimeOutlined } from '@ant-design/icons';
import { DeadlineSign } from './deadline-badge.tsx';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { deadlinesWords } from './locales/index.ts';

export const deadlines: Manifest = {
  words: [deadlinesWords],
  pages: [{ path: 'deadlines', element: later(async () => (await import('./pages.tsx')).DeadlinesPage) }],
  navigation: {
    path: 'deadlines',
    label: (t) => t('common:nav.deadlines'),
    icon: <FieldTimeOutlined />,
    sign: <DeadlineSign />,
    permission: 'case.read',
  },
};
