import { useQuery } from '@tanstack/react-query';
import { Button, Card, Statistic, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { AdvanceView, FundDetail } from '../../contract/workstation/fund.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Money, yuan } from '../kernel/components/money.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag, type Tone } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { FundDialog, type Doing } from './fund-dialog.tsx';
import { LedgerTable } from './ledger-table.tsx';
import './funds.css';

/** One fund: what is in it, what was asked of it, and every entry of its ledger. */
export function FundPage() {
  const { t } = useTranslation('funds');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['funds', 'get', id], queryFn: () => api.funds.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('notFound')}
          text={t('notFoundText')}
          action={<Link to="/funds">{t('back')}</Link>}
        />
      }
    >
      {(data) => <Loaded key={id} detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail }: { detail: FundDetail }) {
  const { t } = useTranslation('funds');
  const say = useDataWords();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { state, summary, advances, canHandle, canApprove } = detail;
  const merchantOf = (account: string): string =>
    advances.find(({ advanceId }) => account === `owed:${advanceId}`)?.merchantName ?? '';
  return (
    <Page
      title={state.name}
      actions={
        <>
          {canApprove ? (
            <Button onClick={() => setDoing({ step: 'fund-floor-set' })}>{t('step.fund-floor-set')}</Button>
          ) : null}
          {canHandle &&
          state.entries.some(({ postings }) => postings.some(({ account }) => account === 'paid-in')) ? (
            <Button onClick={() => setDoing({ step: 'fund-deposit-undone' })}>
              {t('step.fund-deposit-undone')}
            </Button>
          ) : null}
          {canHandle ? (
            <Button onClick={() => setDoing({ step: 'fund-deposited' })}>{t('step.fund-deposited')}</Button>
          ) : null}
        </>
      }
      primary={
        canHandle ? (
          <Button type="primary" onClick={() => setDoing({ step: 'advance-requested' })}>
            {t('step.advance-requested')}
          </Button>
        ) : undefined
      }
    >
      <div className="heshi-stats heshi-below-m">
        {(['cash', 'floor', 'owed'] as const).map((name) => (
          <Card size="small" key={name}>
            <Statistic title={t(`figures.${name}`)} value={yuan(summary[`${name}Fen`])} />
          </Card>
        ))}
        <Card size="small">
          <Statistic title={t('figures.waiting')} value={summary.waiting} />
        </Card>
      </div>
      <div className="heshi-fund">
        <Advances advances={advances} onDo={setDoing} />
        <LedgerTable
          entries={state.entries}
          nameOf={(account) =>
            account.startsWith('owed:')
              ? t('account.owed', { merchant: merchantOf(account) })
              : say(`funds:account.${account}`)
          }
        />
        <Card size="small" title={<h2>{t('history')}</h2>}>
          <History
            entries={detail.timeline}
            title={({ type }) => say(`funds:step.${type}`)}
            body={() => null}
          />
        </Card>
      </div>
      {doing ? (
        <FundDialog
          key={JSON.stringify(doing)}
          detail={detail}
          doing={doing}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </Page>
  );
}

const TONES: Record<AdvanceView['status'], Tone> = {
  requested: 'warning',
  approved: 'warning',
  refused: 'bad',
  paid: 'warning',
  recovered: 'good',
  'written-off': 'neutral',
};

function Advances({ advances, onDo }: { advances: readonly AdvanceView[]; onDo: (doing: Doing) => void }) {
  const { t } = useTranslation('funds');
  if (advances.length === 0)
    return (
      <Card size="small" title={<h2>{t('advances')}</h2>}>
        <p className="heshi-hint">{t('noAdvances')}</p>
      </Card>
    );
  return (
    <Card size="small" title={<h2>{t('advances')}</h2>}>
      <Table
        aria-label={t('advances')}
        size="small"
        rowKey="advanceId"
        dataSource={advances.toReversed()}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          {
            key: 'case',
            title: t('column.case'),
            className: 'heshi-nowrap',
            render: (_, { caseId, caseNumber }) => <Link to={`/cases/${caseId}`}>{caseNumber}</Link>,
          },
          { key: 'merchant', title: t('column.merchant'), dataIndex: 'merchantName', ellipsis: true },
          { key: 'consumer', title: t('column.consumer'), dataIndex: 'consumerName', width: 96 },
          {
            key: 'amount',
            title: t('column.amount'),
            align: 'end',
            width: 120,
            render: (_, { fen }) => <Money fen={fen} />,
          },
          {
            key: 'owed',
            title: t('column.owed'),
            align: 'end',
            width: 120,
            render: (_, { owedFen }) => <Money fen={owedFen} />,
          },
          {
            key: 'status',
            title: t('column.status'),
            render: (_, advance) => (
              <>
                <StatusTag tone={TONES[advance.status]}>{t(`status.${advance.status}`)}</StatusTag>
                <Said advance={advance} />
              </>
            ),
          },
          {
            key: 'steps',
            title: t('column.steps'),
            render: (_, { advanceId, steps, caseNumber }) => (
              <span className="heshi-row">
                {steps.map((step) => (
                  <Button
                    key={step}
                    size="small"
                    aria-label={`${t(`step.${step}`)} ${caseNumber}`}
                    onClick={() => onDo({ step, advanceId })}
                  >
                    {t(`step.${step}`)}
                  </Button>
                ))}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** Who approved, refused or proposes what, in a line below the status. */
function Said({ advance: { status, approvals, refused, paid, writeOff } }: { advance: AdvanceView }) {
  const { t } = useTranslation('funds');
  const { t: tReturns } = useTranslation('returns');
  const said = refused
    ? t('refusedBecause', refused)
    : writeOff
      ? t('proposedWriteOff', writeOff)
      : status === 'paid' && paid
        ? t('recoverBy', { day: paid.recoverBy })
        : approvals.length > 0
          ? t('approvals', {
              count: approvals.length,
              names: approvals.map(({ name }) => name).join(tReturns('comma')),
            })
          : null;
  return said === null ? null : <div className="heshi-note">{said}</div>;
}
