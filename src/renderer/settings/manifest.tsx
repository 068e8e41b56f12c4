import { SettingOutlined } from '@ant-design/icons';
import { later, type Manifest } from '../kernel/kit/manifest.ts';
import { settingsWords } from './locales/index.ts';

export const settings: Manifest = {
  words: [settingsWords],
  pages: [
    { path: 'settings', element: later(async () => (await import('./settings-page.tsx')).SettingsPage) },
  ],
  navigation: { path: 'settings', label: (t) => t('common:nav.settings'), icon: <SettingOutlined /> },
};
