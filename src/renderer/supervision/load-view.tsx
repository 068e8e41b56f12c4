import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Skeleton, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LoadFigures, LoadRow } from '../../contract/workstation/supervision.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportButton } from '../kernel/components/export-button.tsx';
import { PeriodBar, periodOf, readChoice, useWords } from '../rollup/index.ts';

import type { ViewProps } from './supervision-page.tsx';
import { useLevelWord } from './level-word.ts';
import { UnitChoice } from './unit-choice.tsx';

const COUNTS = ['open', 'overdue', 'week', 'closed'] as const;
type Count = (typeof COUNTS)[number];

const valueOf = (figures: LoadFigures, count: Count): number =>
  count === 'week' ? figures.dueThisWeek : figures[count];

/** Who carries how much: every figure opens the cases that it counts. */
export function LoadView({ address, frame, onError }: ViewProps) {
  const { t } = useTranslation('supervision');
  const words = useWords();
  const levelWord = useLevelWord();
  const path = address.get('path');
  const choice = readChoice(address.get('period') ?? 'this-month');
  const period =
    choice === 'custom'
      ? address.period('from', 'to', periodOf('this-month', address.today))
      : periodOf(choice, address.today);
  const query = { ...(path === undefined ? {} : { path }), period };
  const load = useQuery({
    queryKey: ['supervision', 'load', path, period],
    queryFn: () => api.supervision.load(query),
    enabled: period.from <= period.to,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
  const { data } = load;

  const hrefOf = (count: Count, who: { handling: string; assigned: string } | { under: string }): string =>
    `/cases?${new URLSearchParams({
      ...who,
      ...(count === 'overdue' ? { overdue: '1' } : {}),
      ...(count === 'week' ? { week: '1' } : {}),
      ...(count === 'closed' ? { show: 'all', closedFrom: period.from, closedTo: period.to } : {}),
    })}`;
  const figure = (
    figures: LoadFigures,
    count: Count,
    name: string,
    who: Parameters<typeof hrefOf>[1],
  ): React.ReactNode => {
    const value = valueOf(figures, count);
    const total = words.count(value);
    if (value === 0) return <span className="heshi-hint">0</span>;
    return (
      <Link
        to={hrefOf(count, who)}
        className={count === 'overdue' ? 'heshi-late' : ''}
        aria-label={t('load.openNamed', { name, what: t(`load.${count}`), total })}
      >
        {total}
      </Link>
    );
  };
  const days = (value: number | null): string =>
    value === null ? '—' : t('load.days', { days: words.days(value) });

  return frame({
    actions: <ExportButton of={{ view: 'load', query }} onError={onError} />,
    children: (
      <>
        <search className="heshi-filters" aria-label={t('views.load')}>
          <UnitChoice value={path} onChange={(value) => address.set({ path: value })} />
          <PeriodBar
            choice={choice}
            period={period}
            onChange={(next, chosen) =>
              address.set({ period: next, ...(next === 'custom' ? (chosen ?? period) : {}) })
            }
          />
        </search>
        {load.error && !data ? <ErrorNotice error={load.error} kept={false} /> : null}
        {load.isLoading ? <Skeleton active /> : null}
        {data && data.rows.length === 0 ? (
          <EmptyState title={t('load.empty')} text={t('load.emptyText')} />
        ) : null}
        {data && data.rows.length > 0 ? (
          <>
            <Table<LoadRow>
              size="small"
              rowKey={(row) => `${row.unitPath} ${row.staffId ?? ''}`}
              aria-label={t('load.label')}
              className="heshi-figures"
              dataSource={data.rows}
              pagination={false}
              columns={[
                {
                  title: t('unit'),
                  // A unit's name stands once above its people.
                  onCell: (row, index) => {
                    const rows = data.rows;
                    const at = index ?? 0;
                    if (rows[at - 1]?.unitPath === row.unitPath) return { rowSpan: 0 };
                    return { rowSpan: rows.filter((one) => one.unitPath === row.unitPath).length };
                  },
                  render: (_, row) => (
                    <>
                      {row.unitName} <span className="heshi-hint">{levelWord(row.level)}</span>
                    </>
                  ),
                },
                {
                  title: t('holder.label'),
                  render: (_, row) => (
                    <>
                      {row.name ?? <span className="heshi-hint">{t('holder.nobody')}</span>}
                      {row.staffId !== null && !row.active ? (
                        <Tag className="heshi-aside">{t('load.left')}</Tag>
                      ) : null}
                    </>
                  ),
                },
                ...COUNTS.map((count) => ({
                  key: count,
                  title: t(`load.${count}`),
                  align: 'right' as const,
                  width: 130,
                  render: (_: unknown, row: LoadRow) =>
                    figure(row, count, row.name ?? t('holder.nobody'), {
                      handling: row.unitPath,
                      assigned: row.staffId ?? 'nobody',
                    }),
                })),
                {
                  title: t('load.median'),
                  align: 'right',
                  width: 120,
                  render: (_, row) => days(row.medianDays),
                },
              ]}
              summary={() => (
                <Table.Summary.Row>
                  <Table.Summary.Cell index={0} colSpan={2}>
                    <strong>{t('load.total')}</strong>
                  </Table.Summary.Cell>
                  {COUNTS.map((count, place) => (
                    <Table.Summary.Cell key={count} index={place + 2} align="right">
                      <strong>{figure(data.total, count, t('load.total'), { under: data.path })}</strong>
                    </Table.Summary.Cell>
                  ))}
                  <Table.Summary.Cell index={6} align="right">
                    <strong>{days(data.total.medianDays)}</strong>
                  </Table.Summary.Cell>
                </Table.Summary.Row>
              )}
            />
            <p className="heshi-hint">
              {t('load.hint')} {t('queue.scope')}
            </p>
          </>
        ) : null}
      </>
    ),
  });
}
