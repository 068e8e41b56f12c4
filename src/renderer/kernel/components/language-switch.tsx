import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../app/preferences.tsx';
import { ownName } from './own-name.ts';

/** zh-CN or English, kept for this workstation. */
export function LanguageSwitch() {
  const { t } = useTranslation('common');
  const { settings, change } = usePreferences();
  return (
    <Segmented
      aria-label={t('language.label')}
      value={settings.language}
      onChange={(language) => void change({ language })}
      options={[
        { value: 'zh-CN' as const, label: ownName('zh-CN') },
        { value: 'en' as const, label: ownName('en') },
      ]}
    />
  );
}
