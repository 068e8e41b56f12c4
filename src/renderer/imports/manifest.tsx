import { ImportOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { importsWords } from './locales/index.ts';

export const imports: Manifest = {
  words: [importsWords],
  pages: [{ path: 'imports', element: later(async () => (await import('./imports-page.tsx')).ImportsPage) }],
  navigation: {
    path: 'imports',
    label: (t) => t('common:nav.imports'),
    icon: <ImportOutlined />,
    permission: 'merchant.edit',
  },
};
