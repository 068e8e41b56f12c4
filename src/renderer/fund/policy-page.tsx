import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Statistic, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PolicyDetail } from '../../contract/workstation/fund.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Money, yuan } from '../kernel/components/money.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { History } from '../kernel/components/timeline.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';
import { useToday } from '../kernel/kit/now.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { LedgerTable } from './ledger-table.tsx';
import './funds.css';

/** One policy: what is left of its sum, its claims, and every entry of its ledger. */
export function PolicyPage() {
  const { t } = useTranslation('funds');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['funds', 'policy', id], queryFn: () => api.funds.policy({ id }) });
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

function Loaded({ detail }: { detail: PolicyDetail }) {
  const { t } = useTranslation('funds');
  const say = useDataWords();
  const [doing, setDoing] = useState<{ undo: string | null } | null>(null);
  const { state, summary, canHandle } = detail;
  return (
    <Page
      title={`${state.insurer} ${state.number}`}
      primary={
        canHandle ? (
          <Button type="primary" onClick={() => setDoing({ undo: null })}>
            {t('step.claim-filed')}
          </Button>
        ) : undefined
      }
    >
      <div className="heshi-stats heshi-below-m">
        {(['sum', 'remaining'] as const).map((name) => (
          <Card size="small" key={name}>
            <Statistic title={t(`figures.${name}`)} value={yuan(summary[`${name}Fen`])} />
          </Card>
        ))}
      </div>
      <p>
        {t('terms', {
          from: state.from,
          to: state.to,
          percent: state.ratePerMille / 10,
          limit: yuan(state.perCaseFen),
        })}
      </p>
      <div className="heshi-fund">
        <Card size="small" title={<h2>{t('claims')}</h2>}>
          {state.claims.length === 0 ? (
            <p className="heshi-hint">{t('noClaims')}</p>
          ) : (
            <Table
              aria-label={t('claims')}
              size="small"
              rowKey="claimId"
              dataSource={state.claims.toReversed()}
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              columns={[
                {
                  key: 'day',
                  title: t('column.day'),
                  dataIndex: 'on',
                  className: 'heshi-nowrap',
                  width: 120,
                },
                {
                  key: 'return',
                  title: t('column.return'),
                  className: 'heshi-nowrap',
                  render: (_, { returnId, returnNumber }) => (
                    <Link to={`/returns/${returnId}`}>{returnNumber}</Link>
                  ),
                },
                { key: 'merchant', title: t('column.merchant'), dataIndex: 'merchantName', ellipsis: true },
                { key: 'goods', title: t('column.goods'), dataIndex: 'goodsName', ellipsis: true },
                {
                  key: 'price',
                  title: t('column.price'),
                  align: 'end',
                  render: (_, { priceFen }) => <Money fen={priceFen} />,
                },
                {
                  key: 'payable',
                  title: t('column.payable'),
                  align: 'end',
                  render: (_, { payableFen }) => <Money fen={payableFen} />,
                },
                { key: 'by', title: t('column.by'), dataIndex: 'by', width: 110 },
                {
                  key: 'steps',
                  title: t('column.steps'),
                  render: (_, { claimId, undone, returnNumber }) =>
                    undone ? (
                      <>
                        <StatusTag tone="neutral">{t('step.claim-undone')}</StatusTag>
                        <div className="heshi-note">
                          {t('refusedBecause', { name: undone.by, reason: undone.reason })}
                        </div>
                      </>
                    ) : canHandle ? (
                      <Button
                        size="small"
                        aria-label={`${t('step.claim-undone')} ${returnNumber}`}
                        onClick={() => setDoing({ undo: claimId })}
                      >
                        {t('step.claim-undone')}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )}
        </Card>
        <LedgerTable entries={state.entries} nameOf={(account) => say(`funds:account.${account}`)} />
        <Card size="small" title={<h2>{t('history')}</h2>}>
          <History
            entries={detail.timeline}
            title={({ type }) => say(`funds:step.${type}`)}
            body={() => null}
          />
        </Card>
      </div>
      {doing ? (
        <ClaimDialog
          key={doing.undo ?? ''}
          detail={detail}
          undo={doing.undo}
          onClose={() => setDoing(null)}
        />
      ) : null}
    </Page>
  );
}

function ClaimDialog({
  detail: { state },
  undo,
  onClose,
}: {
  detail: PolicyDetail;
  undo: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation('funds');
  const queries = useQueryClient();
  const today = useToday();
  const step = undo === null ? 'claim-filed' : 'claim-undone';
  const on = { kind: 'day', name: 'on', label: t('field.on'), initial: today } as const;
  return (
    <Dialog
      title={t(`step.${step}`)}
      text={t(`text.${step}`)}
      onClose={onClose}
      fields={
        undo === null
          ? [
              {
                kind: 'record',
                name: 'returnId',
                label: t('field.return'),
                help: t('field.returnHint'),
                find: async (search) =>
                  (
                    await api.returns.list({
                      limit: 20,
                      filter: { status: ['granted'], ...(search === '' ? {} : { search }) },
                    })
                  ).items.map((one) => ({
                    value: one.id,
                    label: `${one.number} ${one.goodsName} ${yuan(one.amountFen)} · ${one.merchantName}`,
                  })),
              },
              on,
            ]
          : [{ kind: 'long', name: 'reason', label: t('field.reason') }, on]
      }
      save={async (values, eventId) => {
        const day = String(values['on']);
        const next = await api.funds.claim({
          id: state.id,
          revision: state.revision,
          eventId,
          action:
            undo === null
              ? { step: 'claim-filed', payload: { returnId: String(values['returnId']), on: day } }
              : {
                  step: 'claim-undone',
                  payload: { claimId: undo, reason: String(values['reason']), on: day },
                },
        });
        queries.setQueryData(['funds', 'policy', state.id], next);
        void queries.invalidateQueries({ queryKey: ['funds', 'list'] });
      }}
    />
  );
}
