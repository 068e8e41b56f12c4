import { FieldTimeOutlined } from '@ant-design/icons';
import { DeadlineSign } from '../../app/deadline-badge.tsx';
import { later, type Manifest } from '../../kit/manifest.ts';
import { deadlinesWords } from './locales/index.ts';

export const deadlines: Manifest = {
  words: [deadlinesWords],
  pages: [{ path: 'deadlines', element: later(async () => (await import('./index.tsx')).DeadlinesPage) }],
  navigation: {
    path: 'deadlines',
    label: (t) => t('common:nav.deadlines'),
    icon: <FieldTimeOutlined />,
    sign: <DeadlineSign />,
  },
};
