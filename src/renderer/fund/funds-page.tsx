import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Money } from '../kernel/components/money.tsx';
import { Page } from '../kernel/components/page.tsx';
import { OpenFundDialog, TakePolicyDialog } from './open-dialogs.tsx';

/** The funds and policies of the units in sight: a handful, each with what is left in it. */
export function FundsPage() {
  const { t } = useTranslation('funds');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { staff } = useSession();
  const [dialog, setDialog] = useState<'fund' | 'policy' | null>(null);
  const list = useQuery({ queryKey: ['funds', 'list'], queryFn: () => api.funds.list() });
  const close = (): void => setDialog(null);
  const opened = (path: string): void => {
    void queries.invalidateQueries({ queryKey: ['funds'] });
    void navigate(path);
  };
  const { funds = [], policies = [] } = list.data ?? {};
  return (
    <Page
      title={t('title')}
      actions={<Button onClick={() => setDialog('policy')}>{t('takePolicy')}</Button>}
      primary={
        staff.capabilities.includes('fund.approve') ? (
          <Button type="primary" onClick={() => setDialog('fund')}>
            {t('openFund')}
          </Button>
        ) : undefined
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <Card size="small" title={<h2>{t('funds')}</h2>} className="heshi-below-m">
        {list.data && funds.length === 0 ? (
          <EmptyState title={t('noFunds')} text={t('noFundsText')} />
        ) : (
          <Table
            aria-label={t('funds')}
            size="small"
            rowKey="id"
            loading={list.isPending}
            dataSource={funds}
            pagination={false}
            columns={[
              {
                key: 'name',
                title: t('column.name'),
                render: (_, { id, name }) => <Link to={`/funds/${id}`}>{name}</Link>,
              },
              { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              {
                key: 'cash',
                title: t('figures.cash'),
                align: 'end',
                render: (_, { cashFen }) => <Money fen={cashFen} />,
              },
              {
                key: 'floor',
                title: t('figures.floor'),
                align: 'end',
                render: (_, { floorFen }) => <Money fen={floorFen} />,
              },
              {
                key: 'owed',
                title: t('figures.owed'),
                align: 'end',
                render: (_, { owedFen }) => <Money fen={owedFen} />,
              },
              { key: 'waiting', title: t('figures.waiting'), align: 'end', dataIndex: 'waiting' },
            ]}
          />
        )}
      </Card>
      <Card size="small" title={<h2>{t('policies')}</h2>}>
        {list.data && policies.length === 0 ? (
          <EmptyState title={t('noPolicies')} text={t('noPoliciesText')} />
        ) : (
          <Table
            aria-label={t('policies')}
            size="small"
            rowKey="id"
            loading={list.isPending}
            dataSource={policies}
            pagination={false}
            columns={[
              {
                key: 'number',
                title: t('column.number'),
                render: (_, { id, number }) => <Link to={`/policies/${id}`}>{number}</Link>,
              },
              { key: 'insurer', title: t('column.insurer'), dataIndex: 'insurer' },
              { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              { key: 'period', title: t('column.period'), render: (_, { from, to }) => `${from} – ${to}` },
              {
                key: 'sum',
                title: t('figures.sum'),
                align: 'end',
                render: (_, { sumFen }) => <Money fen={sumFen} />,
              },
              {
                key: 'remaining',
                title: t('figures.remaining'),
                align: 'end',
                render: (_, { remainingFen }) => <Money fen={remainingFen} />,
              },
              { key: 'claims', title: t('column.claims'), align: 'end', dataIndex: 'claims' },
            ]}
          />
        )}
      </Card>
      {dialog === 'fund' ? (
        <OpenFundDialog onClose={close} onOpened={(id) => opened(`/funds/${id}`)} />
      ) : null}
      {dialog === 'policy' ? (
        <TakePolicyDialog onClose={close} onOpened={(id) => opened(`/policies/${id}`)} />
      ) : null}
    </Page>
  );
}
