import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FleetStation } from '../../contract/centre/fleet.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { When } from '../kernel/components/when.tsx';
import { ResyncDialog } from './resync-dialog.tsx';
import {
  needsLook,
  StationAttention,
  StationClock,
  StationResync,
  StationState,
  StationWaiting,
} from './station-words.tsx';

type Shown = 'all' | 'trouble';

/** The workstations a supervisor answers for: which is silent, which does not get its records out, whose clock is wrong. */
export function FleetPage() {
  const { t } = useTranslation('fleet');
  const [shown, setShown] = useState<Shown>('all');
  const [chosen, setChosen] = useState<FleetStation | null>(null);
  const query = useQuery({
    queryKey: ['fleet'],
    queryFn: () => api.fleet.list({}),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const { data } = query;
  const stations = data?.stations ?? [];
  const trouble = stations.filter(needsLook);
  const rows = shown === 'all' ? stations : trouble;
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
      {data && stations.length === 0 ? <EmptyState title={t('empty')} text={t('emptyText')} /> : null}
      {data && stations.length > 0 ? (
        <>
          <div className="heshi-filters">
            <Segmented<Shown>
              aria-label={t('only')}
              value={shown}
              onChange={setShown}
              options={[
                { value: 'all', label: t('all', { total: stations.length }) },
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
            <Table<FleetStation>
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
                      <StationResync station={row} />
                    </>
                  ),
                },
                {
                  title: t('column.state'),
                  width: 120,
                  render: (_, row) => <StationState station={row} />,
                },
                {
                  title: t('column.waiting'),
                  width: 170,
                  render: (_, row) => <StationWaiting station={row} />,
                },
                {
                  title: t('column.attention'),
                  width: 130,
                  render: (_, row) => <StationAttention station={row} />,
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
                  render: (_, row) => <StationClock station={row} />,
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
      {chosen === null ? null : <ResyncDialog station={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}
