import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from '../../contract/workstation/session.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';

type Known = NonNullable<NonNullable<SessionState['enrolment']>['centreKey']>;

/** By which key this workstation knows its centre, and whether a person has compared it. */
export function CentreKey({ known: { fingerprint, compared } }: { known: Known }) {
  const { t } = useTranslation('common');
  return (
    <Space size="small" wrap>
      <code>{fingerprint}</code>
      <Tag color={compared ? 'success' : 'warning'} variant="outlined">
        {compared ? t('sync.centre.compared') : t('sync.centre.uncompared')}
      </Tag>
    </Space>
  );
}

/** Where a person compares the centre's fingerprint, which has come by another way than the line. */
export function CompareCentre({ differs }: { differs: boolean }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const [fingerprint, setFingerprint] = useState('');
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      await api.session.trustCentre({ fingerprint });
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Alert
      type="info"
      title={differs ? t('sync.centre.title') : t('sync.centre.label')}
      description={
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <p className="heshi-flush-top">
            {differs ? t('sync.centre.text') : t('sync.centre.uncomparedText')}
          </p>
          {error ? (
            <div className="heshi-below-m">
              <ErrorNotice error={error} kept={false} />
            </div>
          ) : null}
          <Space.Compact block>
            <Input
              aria-label={t('sync.centre.fingerprint')}
              placeholder="7D3V-0KMF-Q2TA-81HX"
              value={fingerprint}
              onChange={(event) => setFingerprint(event.target.value)}
            />
            <Button
              type="primary"
              htmlType="submit"
              loading={running}
              disabled={fingerprint.trim().length < 16}
            >
              {t('sync.centre.submit')}
            </Button>
          </Space.Compact>
        </form>
      }
    />
  );
}
