import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';

/** Over every page of what could be read of a damaged store. */
export function ReadOnlyBanner() {
  const { t } = useTranslation('repair');
  const back = async (): Promise<void> => {
    await api.repair.open();
    location.reload();
  };
  return (
    <Alert
      banner
      type="warning"
      role="alert"
      title={t('reading.banner')}
      action={<Button onClick={() => void back()}>{t('reading.back')}</Button>}
    />
  );
}
