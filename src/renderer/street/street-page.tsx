import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { StorefrontRow, StreetDetail } from '../../contract/workstation/street.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { RecordTable } from '../kernel/kit/list-page.tsx';
import { RecordPage } from '../kernel/kit/record-page.tsx';
import { useStreetWords } from './words.ts';
import './street.css';

/** One street: its shops with plaque, score and re-check, and the patrols along it. */
export function StreetPage() {
  const { t } = useTranslation('streets');
  const { id = '' } = useParams();
  const detail = useQuery({ queryKey: ['streets', 'get', id], queryFn: () => api.streets.get({ id }) });
  return (
    <RecordPage
      query={detail}
      title={t('title')}
      gone={
        <EmptyState
          title={t('notFound')}
          text={t('notFoundText')}
          action={<Link to="/streets">{t('back')}</Link>}
        />
      }
    >
      {(data) => <Loaded detail={data} />}
    </RecordPage>
  );
}

function Loaded({ detail: { state, unitName, shops, can } }: { detail: StreetDetail }) {
  const { t } = useTranslation('streets');
  const navigate = useNavigate();
  const [joining, setJoining] = useState(false);
  const columns = useColumns();
  const patrols = state.patrols.toReversed();
  return (
    <Page
      title={state.name}
      tags={<span className="heshi-muted">{unitName}</span>}
      actions={can.patrol ? <Button onClick={() => setJoining(true)}>{t('join')}</Button> : undefined}
      primary={
        can.patrol && shops.length > 0 ? (
          <Button type="primary" onClick={() => void navigate(`/streets/${state.id}/patrol`)}>
            {t('patrol.action')}
          </Button>
        ) : undefined
      }
    >
      <div className="heshi-stack heshi-street">
        <Card size="small" title={<h2>{t('shopsTitle')}</h2>}>
          <RecordTable
            items={shops.map((shop) => ({ ...shop, id: shop.merchantId }))}
            pathOf={({ id }) => `/streets/shops/${id}`}
            label={t('shopsTitle')}
            columns={columns}
            empty={<EmptyState title={t('noShops')} text={t('noShopsText')} />}
          />
        </Card>
        <Card size="small" title={<h2>{t('patrols')}</h2>}>
          {patrols.length === 0 ? (
            t('noPatrols')
          ) : (
            <ul className="heshi-flush">
              {patrols.map(({ patrolId, on, shops: count, by }) => (
                <li key={patrolId}>{t('patrolLine', { on, shops: count, name: by.name })}</li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      {joining ? <JoinDialog streetId={state.id} onClose={() => setJoining(false)} /> : null}
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<StorefrontRow & { id: string }>['columns']> {
  const { t } = useTranslation('streets');
  const { points } = useStreetWords();
  return [
    {
      key: 'shop',
      title: t('column.shop'),
      render: (_, row) => <Link to={`/streets/shops/${row.merchantId}`}>{row.merchantName}</Link>,
    },
    { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
    {
      key: 'plaque',
      title: t('column.plaque'),
      className: 'heshi-nowrap',
      render: (_, { plaqueOn }) =>
        plaqueOn === null ? (
          <StatusTag tone="neutral">{t('noPlaque')}</StatusTag>
        ) : (
          <StatusTag tone="good">{t('hangs', { on: plaqueOn })}</StatusTag>
        ),
    },
    {
      key: 'last',
      title: t('column.last'),
      className: 'heshi-nowrap',
      render: (_, { lastOn }) => lastOn ?? t('never'),
    },
    {
      key: 'score',
      title: t('column.score'),
      align: 'end',
      className: 'heshi-nowrap',
      render: (_, { basisPoints }) => points(basisPoints),
    },
    {
      key: 'recheck',
      title: t('column.recheck'),
      className: 'heshi-nowrap',
      render: (_, { recheckOn, late }) =>
        recheckOn === null ? (
          '—'
        ) : (
          <>
            {recheckOn} {late ? <StatusTag tone="bad">{t('overdue')}</StatusTag> : null}
          </>
        ),
    },
  ];
}

function JoinDialog({ streetId, onClose }: { streetId: string; onClose: () => void }) {
  const { t } = useTranslation('streets');
  const queries = useQueryClient();
  return (
    <Dialog
      title={t('join')}
      text={t('joinText')}
      onClose={onClose}
      fields={[
        {
          kind: 'record',
          name: 'merchantId',
          label: t('field.merchant'),
          find: async (search) =>
            (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map(
              (one) => ({ value: one.id, label: one.name }),
            ),
        },
      ]}
      save={async ({ merchantId }, eventId) => {
        await api.streets.join({ eventId, streetId, merchantId: String(merchantId) });
        await queries.invalidateQueries({ queryKey: ['streets'] });
      }}
    />
  );
}
