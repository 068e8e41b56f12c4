import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { StreetSummary } from '../../contract/workstation/street.ts';
import { api } from '../kernel/api/client.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { Dialog } from '../kernel/kit/dialog.tsx';
import { RecordTable } from '../kernel/kit/list-page.tsx';

/** The streets in sight, and how their shops stand. */
export function StreetsPage() {
  const { t } = useTranslation('streets');
  const { staff } = useSession();
  const [opening, setOpening] = useState(false);
  const list = useQuery({ queryKey: ['streets', 'list'], queryFn: () => api.streets.list() });
  const columns = useColumns();
  return (
    <Page
      title={t('title')}
      primary={
        staff.capabilities.includes('street.decide') ? (
          <Button type="primary" onClick={() => setOpening(true)}>
            {t('open')}
          </Button>
        ) : undefined
      }
    >
      {list.error ? <ErrorNotice error={list.error} kept={false} /> : null}
      <RecordTable
        items={list.data ?? []}
        pathOf={({ id }) => `/streets/${id}`}
        label={t('label')}
        columns={columns}
        pending={list.isPending}
        empty={<EmptyState title={t('none')} text={t('noneText')} />}
      />
      {opening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<StreetSummary>['columns']> {
  const { t } = useTranslation('streets');
  return [
    {
      key: 'name',
      title: t('column.name'),
      render: (_, row) => <Link to={`/streets/${row.id}`}>{row.name}</Link>,
    },
    { key: 'unit', title: t('column.unit'), dataIndex: 'unitName' },
    { key: 'shops', title: t('column.shops'), align: 'end', dataIndex: 'shops' },
    { key: 'plaques', title: t('column.plaques'), align: 'end', dataIndex: 'plaques' },
    {
      key: 'rechecks',
      title: t('column.rechecks'),
      align: 'end',
      className: 'heshi-nowrap',
      render: (_, { rechecks, late }) => (
        <>
          {rechecks} {late > 0 ? <StatusTag tone="bad">{t('late', { count: late })}</StatusTag> : null}
        </>
      ),
    },
    {
      key: 'last',
      title: t('column.last'),
      className: 'heshi-nowrap',
      render: (_, { lastPatrolOn }) => lastPatrolOn ?? t('never'),
    },
  ];
}

/** Level of a mall: below it there is no street. */
const LOWEST_LEVEL = 2;

function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('streets');
  const { staff } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const units = useQuery({ queryKey: ['rollup', 'units'], queryFn: () => api.rollup.units() });
  return (
    <Dialog
      title={t('open')}
      text={t('openText')}
      onClose={onClose}
      fields={[
        { kind: 'text', name: 'name', label: t('field.name') },
        {
          kind: 'choice',
          name: 'unitPath',
          label: t('field.unit'),
          initial: staff.unit.path,
          options: (units.data ?? [])
            .filter(({ level }) => level >= LOWEST_LEVEL)
            .map(({ path, name }) => ({ value: path, label: name })),
        },
      ]}
      save={async ({ name, unitPath }, streetId) => {
        await api.streets.open({ streetId, name: String(name), unitPath: String(unitPath) });
        void queries.invalidateQueries({ queryKey: ['streets'] });
        void navigate(`/streets/${streetId}`);
      }}
    />
  );
}
