import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FleetWorkstation } from '../../contract/centre/fleet.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { When } from '../kernel/components/when.tsx';
import { ResyncDialog } from './resync-dialog.tsx';
import {
  needsLook,
  WorkstationAttention,
  WorkstationClock,
  WorkstationResync,
  WorkstationState,
  WorkstationWaiting,
} from './workstation-cells.tsx';

type Shown = 'all' | 'trouble';

/** The workstations a supervisor answers for: which is silent, which does not get its records out, whose clock is wrong. */
export function FleetPage() {
  const { t } = useTranslation('fleet');
  const [shown, setShown] = useState<Shown>('all');
  const [chosen, setChosen] = useState<FleetWorkstation | null>(null);
  const query = useQuery({
    queryKey: ['fleet'],
    queryFn: () => api.fleet.list({}),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const { data } = query;
  const workstations = data?.stations ?? [];
  const trouble = workstations.filter(needsLook);
  const rows = shown === 'all' ? workstations : trouble;
  const refresh = (
    <Button onClick={() => void query.refetch()} loading={query.isFetching && !query.isLoading}>
      {t('refresh')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={refresh}>
      <p className="heshi-hint">{t('hint')}</p>
      {query.error ? <ErrorNotice error={query.error} kept={false} action={refresh} /> : null}
      {query.isLoading ? <Skeleton active /> : null}
      {data && workstations.length === 0 ? <EmptyState title={t('empty')} text={t('emptyText')} /> : null}
      {data && workstations.length > 0 ? (
        <>
          <div className="heshi-filters">
            <Segmented<Shown>
              aria-label={t('only')}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'all', label: t('all', { total: workstations.length }) },
                { value: 'trouble', label: t('trouble', { total: trouble.length }) },
              ]}
            />
            <span role="status">
              {t(
                data.completeness.reported === data.completeness.workstations ? 'complete' : 'incomplete',
                data.completeness,
              )}
            </span>
          </div>
          {rows.length === 0 ? (
            <EmptyState title={t('noTrouble')} text={t('noTroubleText')} />
          ) : (
            <Table<FleetWorkstation>
              size="small"
              rowKey="deviceId"
              aria-label={t('label')}
              className="heshi-figures"
              dataSource={rows}
              pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
              columns={[
                {
                  title: t('column.station'),
                  render: (_, row) => (
                    <>
                      {row.name === row.unitName ? row.name : `${row.unitName} · ${row.name}`}{' '}
                      <span className="heshi-hint">{row.code}</span>
                      <WorkstationResync workstation={row} />
                    </>
                  ),
                },
                {
                  title: t('column.state'),
                  width: 120,
                  render: (_, row) => <WorkstationState workstation={row} />,
                },
                {
                  title: t('column.waiting'),
                  width: 170,
                  render: (_, row) => <WorkstationWaiting workstation={row} />,
                },
                {
                  title: t('column.attention'),
                  width: 130,
                  render: (_, row) => <WorkstationAttention workstation={row} />,
                },
                {
                  title: t('column.seen'),
                  width: 130,
                  render: (_, row) => (row.lastSeenAt === null ? t('never') : <When at={row.lastSeenAt} />),
                },
                {
                  title: t('column.release'),
                  width: 100,
                  render: (_, row) =>
                    row.report?.release ?? <span className="heshi-hint">{t('unreported')}</span>,
                },
                {
                  title: t('column.clock'),
                  width: 110,
                  render: (_, row) => <WorkstationClock workstation={row} />,
                },
                {
                  title: t('column.action'),
                  width: 100,
                  render: (_, row) =>
                    row.status === 'revoked' ? null : (
                      <Button
                        size="small"
                        aria-label={t('resync.askNamed', { name: row.name })}
                        onClick={() => setChosen(row)}
                      >
                        {t('resync.ask')}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </>
      ) : null}
      {chosen === null ? null : <ResyncDialog workstation={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}
