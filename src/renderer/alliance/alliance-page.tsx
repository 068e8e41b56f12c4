import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { useRuleWords } from './wordings.ts';

/** The shops of the alliance in sight. */
export function AlliancePage() {
  const { t } = useTranslation('alliance');
  const say = useRuleWords();
  const [joining, setJoining] = useState(false);
  const list = useQuery({ queryKey: ['alliance', 'list'], queryFn: () => api.alliance.list() });
  const { shops = [], rules } = list.data ?? {};
  return (
    <Page
      title={t('title')}
      primary={
        <Button type="primary" onClick={() => setJoining(true)}>
          {t('join')}
        </Button>
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <Card size="small" title={<h2>{t('shops')}</h2>}>
        {list.data && shops.length === 0 ? (
          <EmptyState title={t('none')} text={t('noneText')} />
        ) : (
          <Table
            aria-label={t('shops')}
            size="small"
            rowKey="id"
            loading={list.isPending}
            dataSource={shops}
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            columns={[
              {
                key: 'name',
                title: t('column.name'),
                render: (_, { id, merchantName }) => <Link to={`/alliance/${id}`}>{merchantName}</Link>,
              },
              { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
              { key: 'joined', title: t('column.joinedOn'), dataIndex: 'joinedOn', width: 120 },
              {
                key: 'inForce',
                title: t('column.inForce'),
                dataIndex: 'inForce',
                align: 'end',
                width: 120,
              },
              {
                key: 'status',
                title: t('column.status'),
                width: 120,
                render: (_, { left }) => (
                  <StatusTag tone={left ? 'neutral' : 'good'}>{t(left ? 'left' : 'member')}</StatusTag>
                ),
              },
            ]}
          />
        )}
      </Card>
      {rules?.tag === 'assumption' ? (
        <p className="heshi-hint">
          {t('provisional', { source: say(rules.source), version: rules.version })}
        </p>
      ) : null}
      {joining ? <JoinDialog onClose={() => setJoining(false)} /> : null}
    </Page>
  );
}

function JoinDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('alliance');
  const navigate = useNavigate();
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
          label: t('field.merchantId'),
          help: t('field.merchantHint'),
          find: async (search) =>
            (await api.merchants.list({ limit: 20, ...(search === '' ? {} : { search }) })).items.map(
              ({ id, name }) => ({ value: id, label: name }),
            ),
        },
      ]}
      save={async (values, eventId) => {
        const merchantId = String(values['merchantId']);
        await api.alliance.join({ merchantId, eventId });
        void queries.invalidateQueries({ queryKey: ['alliance'] });
        void navigate(`/alliance/${merchantId}`);
      }}
    />
  );
}
