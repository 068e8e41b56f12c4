import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Collapse, Descriptions, Progress, Spin, Statistic, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepairState, RepairWay, RepairWork } from '../../contract/workstation/repair.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { LanguageSwitch } from '../kernel/components/language-switch.tsx';
import { Result } from './result.tsx';
import { Ways } from './ways.tsx';
import './repair.css';

const LOOKS_MS = 400;

/** Instead of all pages while the store does not open: what happened, what is safe, and the ways out. */
export function StartScreen() {
  const { t } = useTranslation('repair');
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const state = useQuery({
    queryKey: ['repair'],
    queryFn: () => api.repair.state(),
    refetchInterval: (query) => (query.state.data?.work == null ? false : LOOKS_MS),
  });
  const begin = async (way: RepairWay): Promise<void> => {
    setError(null);
    try {
      queries.setQueryData(['repair'], await api.repair.begin({ way }));
    } catch (failure) {
      setError(failure);
    }
  };
  const open = async (): Promise<void> => {
    setError(null);
    setTried(false);
    try {
      const { opened } = await api.repair.open();
      // A new page, with nothing of this one's: the workstation behind it is another.
      if (opened) location.reload();
      else {
        setTried(true);
        await state.refetch();
      }
    } catch (failure) {
      setError(failure);
    }
  };
  const { data } = state;
  const isOpen = data?.fault === null;
  // What can be read was opened to be looked at: it stands behind this page by now.
  useEffect(() => {
    if (isOpen) location.reload();
  }, [isOpen]);
  if (data === undefined || isOpen)
    return state.error ? <ErrorNotice error={state.error} kept={false} /> : <Spin fullscreen />;
  const fault = data.fault ?? 'other';
  const { work, result, failed } = data;
  const possible = data.offers.filter((offer) => offer.possible);
  return (
    <main className="heshi-repair">
      <Card>
        <div className="heshi-repair-head">
          <Typography.Title level={1} className="heshi-repair-title">
            {result === null
              ? t(`fault.${fault}.title`)
              : t(result.way === 'anew' ? 'result.readyAnew' : 'result.title')}
          </Typography.Title>
          <LanguageSwitch />
        </div>
        {result === null ? (
          <>
            <p>{t(`fault.${fault}.text`)}</p>
            {possible.length > 0 || data.counted !== null ? <Safe state={data} /> : null}
          </>
        ) : null}
        {failed === null ? null : (
          <Alert
            type="error"
            showIcon
            role="alert"
            className="heshi-below-m"
            title={t('failed.title')}
            description={t('failed.text')}
          />
        )}
        {error ? <ErrorNotice error={error} kept={false} /> : null}
        {work !== null ? (
          <Working work={work} />
        ) : result !== null ? (
          <Result result={result} onOpen={() => void open()} />
        ) : (
          <>
            {possible.length === 0 ? null : <Ways offers={possible} onBegin={(way) => void begin(way)} />}
            {tried ? <p role="status">{t('stillNot')}</p> : null}
            <Button
              type={possible.length === 0 ? 'primary' : 'default'}
              className="heshi-above-m"
              onClick={() => void open()}
            >
              {t('again')}
            </Button>
          </>
        )}
        <Details state={data} />
      </Card>
    </main>
  );
}

/** What can be counted; nothing is claimed of what cannot. */
function Safe({ state: { counted, offers } }: { state: RepairState }) {
  const { t } = useTranslation('repair');
  const copy = offers.find(({ way }) => way === 'copy');
  return (
    <section>
      <h2 className="heshi-section-title">{t('safe.title')}</h2>
      {counted === null || counted.here === 0 ? (
        <p>
          {t('safe.nothing')} {copy?.possible ? t('safe.inCopy', { facts: copy.facts }) : null}
        </p>
      ) : (
        <div className="heshi-repair-counts">
          <Statistic title={t('safe.here')} value={counted.here} />
          <Statistic title={t('safe.unsent')} value={counted.unsent} />
          <Statistic title={t('safe.atCentre')} value={counted.atCentre} />
        </div>
      )}
    </section>
  );
}

function Working({ work: { way, stage, done, total } }: { work: RepairWork }) {
  const { t } = useTranslation('repair');
  const known = total > 0;
  return (
    <section aria-live="polite">
      <h2 className="heshi-section-title">{t(`ways.${way}.title`)}</h2>
      <Progress
        aria-label={t(`work.${stage}`)}
        status="active"
        percent={known ? Math.min(100, Math.round((100 * done) / total)) : 0}
        showInfo={known}
      />
      <p>
        {t(`work.${stage}`)} {known ? t('work.count', { done: Math.min(done, total), total }) : null}
      </p>
    </section>
  );
}

function Details({ state: { folder, detail, failed } }: { state: RepairState }) {
  const { t } = useTranslation('repair');
  return (
    <Collapse
      ghost
      size="small"
      className="heshi-above-m"
      items={[
        {
          key: 'details',
          label: t('details'),
          children: (
            <Descriptions
              size="small"
              column={1}
              items={[
                { key: 'folder', label: t('folder'), children: <code>{folder}</code> },
                { key: 'error', label: t('error'), children: <code>{failed ?? detail}</code> },
              ]}
            />
          ),
        },
      ]}
    />
  );
}
