import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Card, Descriptions, Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Diagnostics } from '../../contract/workstation/settings.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { When } from '../kernel/components/when.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** Bytes as people read them. */
function size(bytes: number, language: string): string {
  const [unit, length] =
    bytes >= 1 << 30 ? (['gigabyte', 1 << 30] as const) : (['megabyte', 1 << 20] as const);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / length);
}

/** What runs here and how it is; nothing personal, so that it can be sent to whoever helps. */
export function DiagnosticsCard() {
  const { t, i18n } = useTranslation('settings');
  const { message } = App.useApp();
  const diagnostics = useQuery({
    queryKey: ['settings', 'diagnostics'],
    queryFn: () => api.settings.diagnostics(),
  });
  const { data } = diagnostics;
  const copy = async (found: Diagnostics): Promise<void> => {
    try {
      await navigator.clipboard.writeText(JSON.stringify(found, null, 2));
      void message.success(t('diagnostics.copied'));
    } catch {
      void message.error(t('diagnostics.copyFailed'));
    }
  };
  return (
    <Card
      size="small"
      title={<h2>{t('diagnostics.title')}</h2>}
      extra={
        data ? (
          <>
            <Button size="small" type="text" onClick={() => void diagnostics.refetch()}>
              {t('diagnostics.refresh')}
            </Button>
            <Button size="small" onClick={() => void copy(data)}>
              {t('diagnostics.copy')}
            </Button>
          </>
        ) : null
      }
    >
      {diagnostics.error ? <ErrorNotice error={diagnostics.error} kept={false} /> : null}
      {data ? (
        <>
          <CalendarWarning years={data.calendarYears} />
          <Descriptions
            size="small"
            column={1}
            styles={{ label: { width: 130 } }}
            items={[
              { key: 'release', label: t('diagnostics.release'), children: data.release },
              { key: 'host', label: t('diagnostics.host'), children: t(`diagnostics.${data.host}`) },
              { key: 'folder', label: t('diagnostics.dataFolder'), children: <code>{data.dataFolder}</code> },
              {
                key: 'size',
                label: t('diagnostics.databaseSize'),
                children: size(data.databaseBytes, i18n.language),
              },
              {
                key: 'events',
                label: t('diagnostics.events'),
                children: data.events.toLocaleString(i18n.language),
              },
              {
                key: 'cases',
                label: t('diagnostics.cases'),
                children: data.cases.toLocaleString(i18n.language),
              },
              {
                key: 'calendar',
                label: t('diagnostics.calendar'),
                children: t('diagnostics.calendarYears', { years: yearsText(data.calendarYears) }),
              },
            ]}
          />
          <h2 className="heshi-problems-title">{t('problems.title')}</h2>
          {data.recentProblems.length === 0 ? (
            <EmptyState title={t('problems.empty')} text={t('problems.emptyText')} />
          ) : (
            <Table
              aria-label={t('problems.title')}
              size="small"
              rowKey={(problem) => `${problem.at} ${problem.code} ${problem.text}`}
              dataSource={data.recentProblems}
              pagination={false}
              columns={[
                { title: t('problems.at'), width: 120, render: (_, problem) => <When at={problem.at} /> },
                { title: t('problems.code'), dataIndex: 'code', width: 140 },
                { title: t('problems.text'), dataIndex: 'text' },
              ]}
            />
          )}
        </>
      ) : diagnostics.isPending ? (
        <Skeleton active />
      ) : null}
    </Card>
  );
}

/** Years as runs: `2004–2026, 2028`. */
export function yearsText(years: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const year of years.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === year - 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

/** Deadlines need the holidays of this year and, before long, of the next. */
function CalendarWarning({ years }: { years: readonly number[] }) {
  const { t } = useTranslation('settings');
  const year = Number(useToday().slice(0, 4));
  if (!years.includes(year)) {
    return (
      <Alert
        type="error"
        showIcon
        title={t('diagnostics.calendarMissingNow', { year })}
        className="heshi-below-m"
      />
    );
  }
  if (years.includes(year + 1)) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('diagnostics.calendarMissing', { year: year + 1 })}
      description={t('diagnostics.calendarWarning', { year: year + 1 })}
      className="heshi-below-m"
    />
  );
}
