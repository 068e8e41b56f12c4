import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ConsentedDetail } from '../../contract/workstation/finance.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { useSyncStatus } from '../kernel/app/use-sync-status.ts';
import { Lines } from './lines.tsx';
import { STANDING_TONES } from './standing.ts';
import { Told } from './told.tsx';
import './finance.css';

/** How long an answer stays on the screen before it has to be asked for again (assumption). */
const SHOWN_MS = 10 * 60_000;

/** One consent to the officer's own bank: what it covers, and on asking what it lets the bank be told. */
export function ConsentedDetailPage() {
  const { t } = useTranslation('finance');
  const { id = '' } = useParams();
  const detail = useQuery({
    queryKey: ['finance', 'consent', id],
    queryFn: () => api.finance.consent({ consentId: id }),
  });
  const back = <Link to="/consented">{t('bank.back')}</Link>;
  return (
    <RecordPage
      personal
      query={detail}
      title={t('bank.title')}
      actions={back}
      gone={<EmptyState title={t('bank.gone')} text={t('bank.goneText')} action={back} />}
    >
      {(data) => (
        <Page
          title={data.merchantName}
          tags={
            <StatusTag tone={STANDING_TONES[data.standing]}>
              {t(`consents.standing.${data.standing}`)}
            </StatusTag>
          }
          actions={back}
        >
          <div className="heshi-stack">
            <Terms detail={data} />
            <Information key={id} detail={data} />
            <OwnLines detail={data} />
          </div>
        </Page>
      )}
    </RecordPage>
  );
}

/** What can be asked for under the consent, or why nothing can. */
function Information({ detail }: { detail: ConsentedDetail }) {
  const { t } = useTranslation('finance');
  const { standing, manner, from, endedOn } = detail;
  const note = (type: 'info' | 'warning', title: string) => (
    <Alert type={type} showIcon role="status" title={title} />
  );
  if (standing === 'to-come') return note('info', t('bank.notYet', { day: from }));
  if (standing !== 'in-force') return note('warning', t('bank.over', { day: endedOn }));
  if (manner === 'on-paper') return note('info', t('bank.onPaper'));
  // What was told belongs to this consent alone, and goes with it.
  return <Asking detail={detail} />;
}

function Terms({ detail }: { detail: ConsentedDetail }) {
  const { t } = useTranslation('finance');
  const entries = [
    ['number', t('consents.number'), detail.number],
    ['recipient', t('form.recipient'), `${detail.recipient.name} · ${detail.recipient.contact}`],
    ['items', t('form.items'), detail.items.map((item) => t(`item.${item}`)).join(t('separator'))],
    ['purpose', t('form.purpose'), detail.purpose],
    ['period', t('consents.period'), `${detail.from} – ${detail.until}`],
    ['manner', t('form.manner'), t(`form.manners.${detail.manner}`)],
    [
      'signed',
      t('form.who'),
      t('bank.signed', { day: detail.grantedOn, as: t(`capacity.${detail.signedAs}`) }),
    ],
  ] as const;
  return (
    <Card size="small" title={<h2>{t('form.what')}</h2>} className="heshi-finance">
      <Descriptions
        size="small"
        column={2}
        items={entries.map(([key, label, children]) => ({ key, label, children }))}
      />
    </Card>
  );
}

/**
 * Asks the centre and shows what it tells. The answer is held by this screen alone, never by the workstation: it goes with the consent,
 * with the line to the centre, on leaving, and after some minutes.
 */
function Asking({ detail: { id: consentId, products } }: { detail: ConsentedDetail }) {
  const { t } = useTranslation('finance');
  const ask = useMutation({ mutationFn: () => api.finance.ask({ consentId }), gcTime: 0 });
  const { data: answer, reset } = ask;
  return (
    <Card
      size="small"
      className="heshi-finance"
      title={<h2>{t('bank.told')}</h2>}
      extra={
        <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
          {t('bank.ask')}
        </Button>
      }
    >
      <p className="heshi-note">{t('bank.askText')}</p>
      {ask.error ? <ErrorNotice error={ask.error} kept={false} /> : null}
      {answer?.kind === 'ended' ? (
        <Alert type="warning" showIcon role="status" title={t('bank.notInForce')} />
      ) : null}
      {answer?.kind === 'not-asked' ? (
        <Alert
          type={answer.reason === 'offline' ? 'info' : 'warning'}
          showIcon
          role="status"
          title={t(`bank.${answer.reason}`)}
        />
      ) : null}
      {answer?.kind === 'told' ? (
        <>
          <Told at={answer.at} items={answer.items} products={products} />
          <Forgetting onTime={reset} />
        </>
      ) : null}
    </Card>
  );
}

/** Takes an answer off the screen when the centre cannot be reached any more, and after some minutes. */
function Forgetting({ onTime }: { onTime: () => void }) {
  const offline = useSyncStatus()?.sign === 'offline';
  useEffect(() => {
    if (offline) onTime();
  }, [offline, onTime]);
  useEffect(() => {
    const timer = setTimeout(onTime, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [onTime]);
  return null;
}

/** What this bank has lent the merchant: its own record, which a consent that ended leaves as it is. */
function OwnLines({ detail }: { detail: ConsentedDetail }) {
  const queries = useQueryClient();
  const { id, number, merchantName, standing, lines } = detail;
  if (lines.length === 0 && standing !== 'in-force') return null;
  return (
    <Card size="small" className="heshi-finance">
      <Lines
        lines={lines}
        products={detail.products.filter(({ own }) => own)}
        canLend
        asksCategory
        consents={standing === 'in-force' ? [{ value: id, label: `${merchantName} · ${number}` }] : []}
        save={async (line, category) => {
          const next = await api.finance.lend({ consentId: id, category, line });
          queries.setQueryData(['finance', 'consent', id], next);
        }}
      />
    </Card>
  );
}
