import { useQuery } from '@tanstack/react-query';
import { Button, Card, Statistic } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CharityDetail } from '../../contract/workstation/charity.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { yuan } from '../kernel/components/money.tsx';
import { Page } from '../kernel/components/page.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { AccountTable } from './account-table.tsx';
import { Applications } from './applications.tsx';
import { CharityDialog, type Doing } from './charity-dialogs.tsx';
import './charity.css';

/** One Love Fund: what is in it, who applied, and what came in and went out. */
export function CharityPage() {
  const { t } = useTranslation('charity');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['charity', 'get', id], queryFn: () => api.charity.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('notFound')}
          text={t('notFoundText')}
          action={<Link to="/charity">{t('back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail }: { detail: CharityDetail }) {
  const { t } = useTranslation('charity');
  const say = useDataWords();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { state, summary, canHandle } = detail;
  const anyDonation = state.donations.some(({ undone }) => undone === null);
  return (
    <Page
      title={state.name}
      actions={
        canHandle ? (
          <>
            {anyDonation ? (
              <Button onClick={() => setDoing({ step: 'donation-undone' })}>
                {t('step.donation-undone')}
              </Button>
            ) : null}
            <Button onClick={() => setDoing({ step: 'donation-received' })}>
              {t('step.donation-received')}
            </Button>
          </>
        ) : undefined
      }
      primary={
        canHandle ? (
          <Button type="primary" onClick={() => setDoing({ step: 'charity-applied' })}>
            {t('step.charity-applied')}
          </Button>
        ) : undefined
      }
    >
      <div className="heshi-stats heshi-below-m">
        {(['balance', 'donated', 'paid'] as const).map((name) => (
          <Card size="small" key={name}>
            <Statistic title={t(`figures.${name}`)} value={yuan(summary[`${name}Fen`])} />
          </Card>
        ))}
        <Card size="small">
          <Statistic title={t('figures.waiting')} value={summary.waiting} />
        </Card>
      </div>
      <div className="heshi-charity">
        <Applications detail={detail} onDo={setDoing} />
        <AccountTable detail={detail} />
        <Card size="small" title={<h2>{t('history')}</h2>}>
          <History entries={detail.timeline} title={({ type }) => say(`charity:step.${type}`)} />
        </Card>
      </div>
      {doing ? <CharityDialog detail={detail} doing={doing} onClose={() => setDoing(null)} /> : null}
    </Page>
  );
}
