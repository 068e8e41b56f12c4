import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

/** Reasons that a new identity mends. */
export const ENROL_AGAIN_REASONS: ReadonlySet<string> = new Set([
  'chain-broken',
  'device-revoked',
  'device-unknown',
  'host-key-lost',
]);

/** The way on for a workstation whose identity the centre does not go on with: a new code, and nothing is lost. */
export function EnrolAgain({ waiting, onDone }: { waiting: number; onDone: (salvaged: number) => void }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      const { salvaged } = await api.session.enrolAgain({ code });
      await queries.invalidateQueries();
      onDone(salvaged);
    } catch (failure) {
      setError(failure);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Alert
      type="info"
      title={t('sync.enrolAgain.title')}
      description={
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <p className="heshi-flush-top">
            {waiting === 0 ? t('sync.enrolAgain.textNone') : t('sync.enrolAgain.text', { count: waiting })}
          </p>
          {error ? (
            <div className="heshi-below-m">
              <ErrorNotice error={error} kept={false} />
            </div>
          ) : null}
          <Space.Compact block>
            <Input
              aria-label={t('sync.enrolAgain.code')}
              placeholder="K7QM2-P9XAB-7D3V-0KMF-Q2TA-81HX"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
            <Button type="primary" htmlType="submit" loading={running} disabled={code.trim().length < 6}>
              {t('sync.enrolAgain.submit')}
            </Button>
          </Space.Compact>
        </form>
      }
    />
  );
}
