import { RollbackOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../../kit/manifest.ts';
import { returnsWords } from './locales/index.ts';

export const returns: Manifest = {
  words: [returnsWords],
  pages: [
    { path: 'returns', element: later(async () => (await import('./index.tsx')).ReturnsPage) },
    { path: 'returns/new', element: later(async () => (await import('./index.tsx')).NewReturnPage) },
    { path: 'returns/:id', element: later(async () => (await import('./index.tsx')).ReturnPage) },
  ],
  navigation: { path: 'returns', label: (t) => t('common:nav.returns'), icon: <RollbackOutlined /> },
  commands: [
    {
      path: '/returns/new',
      label: (t) => t('common:action.newReturn'),
      shortcut: { code: 'KeyN', shift: true },
      keys: (t, host) => t(`common:shortcuts.newReturn.${host}`),
    },
  ],
  records: { return: (id) => `/returns/${id}` },
};
