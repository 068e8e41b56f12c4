import { FileSearchOutlined } from '@ant-design/icons';
import type { Manifest } from '../kernel/kit/manifest.ts';
import { CasePage } from './case-page.tsx';
import { CasesPage } from './cases-page.tsx';
import { documentsWords } from '../document/index.ts';
import { evidenceWords } from '../evidence/index.ts';
import { casesWords } from './locales/index.ts';
import { NewCasePage } from './new-case-page.tsx';

export const cases: Manifest = {
  words: [casesWords, documentsWords, evidenceWords],
  pages: [
    { path: 'cases', element: <CasesPage /> },
    { path: 'cases/new', element: <NewCasePage /> },
    { path: 'cases/:id', element: <CasePage /> },
  ],
  navigation: {
    path: 'cases',
    label: (t) => t('common:nav.cases'),
    icon: <FileSearchOutlined />,
    permission: 'case.read',
  },
  commands: [
    {
      path: '/cases/new',
      label: (t) => t('common:action.newCase'),
      shortcut: { code: 'KeyN', shift: false },
      keys: (t, host) => t(`common:shortcuts.newCase.${host}`),
      permission: 'case.handle',
    },
  ],
  records: { case: (id) => `/cases/${id}` },
};
