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
import { Dialog } from '../kernel/kit/dialog.tsx';

/** The Love Funds of the units in sight, each with what is in it. */
export function CharitiesPage() {
  const { t } = useTranslation('charity');
  const { staff } = useSession();
  const [opening, setOpening] = useState(false);
  const list = useQuery({ queryKey: ['charity', 'list'], queryFn: () => api.charity.list() });
  const funds = list.data ?? [];
  return (
    <Page
      title={t('title')}
      primary={
        staff.capabilities.includes('charity.approve') ? (
          <Button type="primary" onClick={() => setOpening(true)}>
            {t('open')}
          </Button>
        ) : undefined
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <Card size="small">
        {list.data && funds.length === 0 ? (
          <EmptyState title={t('none')} text={t('noneText')} />
        ) : (
          <Table
            aria-label={t('title')}
            size="small"
            rowKey="id"
            loading={list.isPending}
            dataSource={funds}
            pagination={false}
            columns={[
              {
                key: 'name',
                title: t('column.name'),
                render: (_, { id, name }) => <Link to={`/charity/${id}`}>{name}</Link>,
              },
              { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              ...(['balance', 'donated', 'paid'] as const).map((name) => ({
                key: name,
                title: t(`figures.${name}`),
                align: 'end' as const,
                render: (_: unknown, fund: (typeof funds)[number]) => <Money fen={fund[`${name}Fen`]} />,
              })),
              { key: 'waiting', title: t('figures.waiting'), align: 'end', dataIndex: 'waiting' },
            ]}
          />
        )}
      </Card>
      {opening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </Page>
  );
}

function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('charity');
  const { state } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const units = useQuery({ queryKey: ['merchants', 'units'], queryFn: () => api.merchants.units() });
  return (
    <Dialog
      title={t('open')}
      text={t('openText')}
      onClose={onClose}
      fields={[
        { kind: 'text', name: 'name', label: t('field.name'), initial: t('title') },
        {
          kind: 'choice',
          name: 'unitPath',
          label: t('field.unitPath'),
          ...(state.enrolment?.unit ? { initial: state.enrolment.unit.path } : {}),
          options: (units.data ?? [])
            .filter(({ party }) => party !== 'merchant')
            .map(({ path, name }) => ({ value: path, label: name })),
        },
      ]}
      save={async (values, charityId) => {
        await api.charity.open({
          charityId,
          name: String(values['name']),
          unitPath: String(values['unitPath']),
        });
        void queries.invalidateQueries({ queryKey: ['charity'] });
        void navigate(`/charity/${charityId}`);
      }}
    />
  );
}
