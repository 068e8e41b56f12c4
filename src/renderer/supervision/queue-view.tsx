import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { QueueFilter, QueueItem } from '../../contract/workstation/supervision.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportButton } from '../kernel/components/export-button.tsx';
import { shownTotal } from '../kernel/components/total.ts';
import type { StepName } from '../case/index.ts';
import type { ViewProps } from './supervision-page.tsx';
import { QueueTable } from './queue-table.tsx';
import { StepHere } from './step-here.tsx';
import { UnitChoice } from './unit-choice.tsx';

const PAGE = 50;
const SHOW = ['all', 'overdue', 'escalated'] as const;

/** Escalated and overdue cases of the scope, nearest deadline first, and what to do about each at once. */
export function QueueView({ address, frame, onError }: ViewProps) {
  const { t } = useTranslation('supervision');
  const common = useTranslation('common');
  const navigate = useNavigate();
  const [acting, setActing] = useState<{ item: QueueItem; step: StepName } | null>(null);
  const [path, holder] = [address.get('path'), address.get('holder')];
  const show = SHOW.find((one) => one === address.get('show')) ?? 'all';
  const filter: QueueFilter = {
    show,
    ...(path === undefined ? {} : { path }),
    ...(holder === undefined ? {} : { holder }),
  };
  const list = useInfiniteQuery({
    queryKey: ['supervision', 'queue', filter],
    queryFn: ({ pageParam }) =>
      api.supervision.queue({ filter, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const totals = first && {
    all: shownTotal(first.all),
    overdue: shownTotal(first.overdue),
    escalated: shownTotal(first.escalated),
  };
  const narrowed = path !== undefined || holder !== undefined || show !== 'all';
  const holders = new Map(
    items.flatMap(({ assigned }) => (assigned ? [[assigned.staffId, assigned.name] as const] : [])),
  );
  return frame({
    actions: <ExportButton of={{ view: 'queue', filter }} onError={onError} />,
    primary: (
      <Button
        type="primary"
        disabled={items.length === 0}
        onClick={() => void navigate(`/cases/${items[0]?.id ?? ''}`)}
      >
        {t('queue.openFirst')}
      </Button>
    ),
    children: (
      <>
        <search className="heshi-filters" aria-label={t('queue.show')}>
          <Segmented<QueueFilter['show']>
            aria-label={t('queue.show')}
            value={show}
            onChange={(value) => address.set({ show: value === 'all' ? undefined : value })}
            options={SHOW.map((value) => ({
              value,
              label: t(`queue.${value}`, { total: totals?.[value] ?? '…' }),
            }))}
          />
          <UnitChoice
            value={path}
            units={first?.units ?? []}
            onChange={(value) => address.set({ path: value })}
          />
          <Select<string>
            aria-label={t('holder.label')}
            className="heshi-choice"
            value={holder ?? ''}
            onChange={(value) => address.set({ holder: value === '' ? undefined : value })}
            options={[
              { value: '', label: `${t('holder.label')} · ${t('holder.anyone')}` },
              {
                value: 'nobody',
                label:
                  first && holder === undefined
                    ? t('holder.nobodyCount', { total: shownTotal(first.nobody) })
                    : t('holder.nobody'),
              },
              ...[...holders].map(([value, label]) => ({ value, label })),
            ]}
          />
        </search>
        {list.error && !list.data ? <ErrorNotice error={list.error} kept={false} /> : null}
        {list.isLoading ? <Skeleton active /> : null}
        {list.data && items.length === 0 ? (
          <EmptyState
            title={t(narrowed ? 'queue.none' : 'queue.empty')}
            text={t(narrowed ? 'queue.noneText' : 'queue.emptyText')}
            action={
              narrowed ? (
                <Button onClick={() => address.set({ path: undefined, holder: undefined, show: undefined })}>
                  {t('queue.clear')}
                </Button>
              ) : null
            }
          />
        ) : null}
        {items.length > 0 ? (
          <>
            <QueueTable
              items={items}
              paused={acting !== null}
              onAct={(item, step) => setActing({ item, step })}
            />
            <p className="heshi-hint">
              {t('queue.keys')} · {t('queue.scope')}
            </p>
          </>
        ) : null}
        {list.hasNextPage ? (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {common.t('action.showMore')}
          </Button>
        ) : null}
        {acting ? (
          <StepHere caseId={acting.item.id} step={acting.step} onClose={() => setActing(null)} />
        ) : null}
      </>
    ),
  });
}
