import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Damage } from '../../contract/workstation/sync.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { When } from '../kernel/components/when.tsx';

/** What a check of this computer's database found: what happened, what was put right, and what is left to do. */
export function DamageNotice({ damage }: { damage: Damage }) {
  const { t } = useTranslation('common');
  const [error, setError] = useState<unknown>(null);
  const { altered, restored, missing, mended, at } = damage;
  const note = async (): Promise<void> => {
    try {
      await api.sync.noteDamage();
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Alert
      type="error"
      showIcon
      title={t('sync.damage.title')}
      description={
        <div className="heshi-stack">
          <span>
            <When at={at} />
          </span>
          {missing > 0 ? <span>{t('sync.damage.missing', { count: missing })}</span> : null}
          {altered > 0 ? <span>{t('sync.damage.altered', { count: altered, restored })}</span> : null}
          {mended > 0 ? <span>{t('sync.damage.mended', { count: mended })}</span> : null}
          {error ? <ErrorNotice error={error} kept={false} /> : null}
          <Button size="small" onClick={() => void note()}>
            {t('sync.damage.noted')}
          </Button>
        </div>
      }
    />
  );
}
