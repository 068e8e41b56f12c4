import { RollbackOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { returnsWords } from './locales/index.ts';

export const returns: Manifest = {
  words: [returnsWords],
  pages: [
    { path: 'returns', element: later(async () => (await import('./pages.tsx')).ReturnsPage) },
    { path: 'returns/new', element: later(async () => (await import('./pages.tsx')).NewReturnPage) },
    { path: 'returns/between', element: later(async () => (await import('./pages.tsx')).BetweenPage) },
    { path: 'returns/:id', element: later(async () => (await import('./pages.tsx')).ReturnPage) },
  ],
  navigation: {
    path: 'returns',
    label: (t) => t('common:nav.returns'),
    icon: <RollbackOutlined />,
    permission: 'return.read',
  },
  commands: [
    {
      path: '/returns/new',
      label: (t) => t('common:action.newReturn'),
      shortcut: { code: 'KeyN', shift: true },
      keys: (t, host) => t(`common:shortcuts.newReturn.${host}`),
      permission: 'return.handle',
    },
  ],
  records: { return: (id) => `/returns/${id}` },
};
