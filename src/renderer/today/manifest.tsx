import { CalendarOutlined } from '@ant-design/icons';
import type { Manifest } from '../kernel/kit/manifest.ts';
import { TodayPage } from './today-page.tsx';

export const today: Manifest = {
  words: [],
  pages: [{ path: 'today', element: <TodayPage /> }],
  navigation: {
    path: 'today',
    label: (t) => t('common:nav.today'),
    icon: <CalendarOutlined />,
    permission: 'case.read',
  },
};
