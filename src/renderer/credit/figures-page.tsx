import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, DatePicker, Select, Skeleton, Table, theme } from 'antd';
import dayjs from 'dayjs';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GradeFigures } from '../../contract/centre/credit.ts';
import { nextMonth, shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { useSession } from '../kernel/app/session.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { Chart } from '../kernel/kit/chart.tsx';
import { useAddressFilters } from '../kernel/kit/list-page.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import { distributionOption, gradesIn } from './figures-option.ts';
import { UnitFigures } from './unit-figures.tsx';
import { useCreditWords } from './words.ts';
import './credit.css';

const HEIGHT = 260;

/** How many merchants have which grade, how that changed, and how units below compare. */
export function FiguresPage() {
  const { t } = useTranslation('credit');
  const { staff } = useSession();
  const today = useToday();
  const { text, set } = useAddressFilters();
  const path = text('unit') ?? staff.unit.path;
  const month = text('month') ?? shiftDay(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
  const units = useQuery({ queryKey: ['rollup', 'units'], queryFn: () => api.rollup.units() });
  const figures = useQuery({
    queryKey: ['credits', 'figures', path, month],
    queryFn: () => api.credits.figures({ path, month }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const unitName = units.data?.find((one) => one.path === path)?.name ?? staff.unit.name;
  return (
    <Page title={t('figures.title')} actions={<Link to="/credit">{t('figures.back')}</Link>}>
      <div className="heshi-row">
        <Select<string>
          aria-label={t('figures.unit')}
          className="heshi-choice-l"
          value={path}
          onChange={(next) => set('unit', next)}
          showSearch={{ optionFilterProp: 'label' }}
          options={(units.data ?? []).map((one) => ({ value: one.path, label: one.name }))}
        />
        <DatePicker
          picker="month"
          aria-label={t('figures.month')}
          allowClear={false}
          value={dayjs(`${month}-01`)}
          maxDate={dayjs(today)}
          onChange={(day) => set('month', day?.format('YYYY-MM'))}
        />
      </div>
      {figures.error ? (
        asApiError(figures.error).code === 'CENTRE_UNREACHABLE' ? (
          <EmptyState
            title={t('figures.offline')}
            text={t('figures.offlineText')}
            action={<Button onClick={() => void figures.refetch()}>{t('figures.retry')}</Button>}
          />
        ) : (
          <ErrorNotice error={figures.error} kept={false} />
        )
      ) : figures.data === undefined ? (
        <Skeleton active paragraph={{ rows: 10 }} />
      ) : figures.data.byMonth.every((one) => one.month !== month) ? (
        <EmptyState title={t('figures.none')} text={t('figures.noneText')} />
      ) : (
        <div className="heshi-stack heshi-credit">
          <Card size="small" title={<h2>{t('figures.distribution')}</h2>}>
            <Distribution figures={figures.data} unitName={unitName} />
          </Card>
          <Card
            size="small"
            title={
              <h2>{t('figures.migration', { before: figures.data.before, month: figures.data.month })}</h2>
            }
          >
            <Migration figures={figures.data} />
          </Card>
          <Card size="small" title={<h2>{t('figures.units')}</h2>}>
            <UnitFigures
              path={path}
              units={figures.data.units}
              period={{ from: `${month}-01`, to: shiftDay(nextMonth(`${month}-01`), -1) }}
            />
          </Card>
        </div>
      )}
    </Page>
  );
}

/** A grade, or why there is none, in words. */
function useGradeWord(): (name: string) => string {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  return (name) =>
    name === 'pending'
      ? t('figures.pending')
      : name === 'not-rated'
        ? t('figures.notRated')
        : words.grade(name);
}

function Distribution({ figures, unitName }: { figures: GradeFigures; unitName: string }) {
  const { t } = useTranslation('credit');
  const { token } = theme.useToken();
  const word = useGradeWord();
  const { byMonth } = figures;
  const grades = gradesIn(byMonth.map(({ counts }) => counts));
  const option = useMemo(
    () => distributionOption({ byMonth, grades: grades.map((name) => ({ name, word: word(name) })), token }),
    [byMonth, grades, word, token],
  );
  const label = t('figures.distributionLabel', { unit: unitName });
  return (
    <>
      <Chart option={option} height={HEIGHT} label={label} />
      <Table
        aria-label={label}
        size="small"
        rowKey="month"
        dataSource={byMonth.toReversed()}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { key: 'month', title: t('figures.asOf'), dataIndex: 'month' },
          ...grades.map((name) => ({
            key: name,
            title: word(name),
            align: 'end' as const,
            render: (_: unknown, one: GradeFigures['byMonth'][number]) => one.counts[name] ?? 0,
          })),
        ]}
      />
    </>
  );
}

function Migration({ figures }: { figures: GradeFigures }) {
  const { t } = useTranslation('credit');
  const word = useGradeWord();
  const { migration, before, month } = figures;
  const grades = gradesIn(migration.flatMap(({ from, to }) => [{ [from]: 1 }, { [to]: 1 }]));
  const of = (from: string, to: string): number =>
    migration.find((one) => one.from === from && one.to === to)?.count ?? 0;
  return (
    <>
      <p>{t('figures.migrationText')}</p>
      <Table
        aria-label={t('figures.migration', { before, month })}
        size="small"
        rowKey="from"
        dataSource={grades.map((from) => ({ from }))}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <EmptyState title={t('figures.noBefore')} /> }}
        columns={[
          { key: 'from', title: t('figures.from'), render: (_, { from }) => word(from) },
          ...grades.map((to) => ({
            key: to,
            title: word(to),
            align: 'end' as const,
            className: 'heshi-figure',
            render: (_: unknown, { from }: { from: string }) =>
              from === to ? <strong>{of(from, to)}</strong> : of(from, to),
          })),
          {
            key: 'total',
            title: t('figures.total'),
            align: 'end' as const,
            render: (_, { from }) => grades.reduce((sum, to) => sum + of(from, to), 0),
          },
        ]}
      />
    </>
  );
}
