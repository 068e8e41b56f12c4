import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../contract/workstation/case.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { calendarYearsAt, type CalendarYearView } from '../../domain/procedure/overview.ts';
import { api } from '../kernel/api/client.ts';
import { useRules } from '../kernel/app/rules.tsx';
import { DeadlineTag } from '../kernel/components/deadline-tag.tsx';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { shownTotal } from '../kernel/components/total.ts';

const YEARS_SHOWN = 4;

/** The years whose holidays are known, where each comes from, and the cases that wait for the next one. */
export function CalendarCard() {
  const { t } = useTranslation('procedure');
  const { rules, unitPath, day } = useRules();
  const years = calendarYearsAt(rules, unitPath);
  const next = Number(day.slice(0, 4)) + 1;
  const missing = years.some(({ year }) => year === next) ? null : next;
  const source = (view: CalendarYearView): string =>
    [
      view.source,
      view.importedAt === null ? t('shipped') : t('importedAt', { day: businessDay(view.importedAt) }),
    ]
      .filter((text) => text !== '')
      .join(' · ');
  return (
    <Card size="small" title={<h2>{t('calendar')}</h2>}>
      <p className="heshi-flush-top">{t('calendarText')}</p>
      {missing === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('missing', { year: missing })}
          description={t('missingText')}
          className="heshi-below-m"
        />
      )}
      <Table
        aria-label={t('calendar')}
        size="small"
        rowKey="year"
        dataSource={years}
        pagination={{ pageSize: YEARS_SHOWN, size: 'small', hideOnSinglePage: true }}
        columns={[
          { title: t('year'), dataIndex: 'year', width: 90 },
          { title: t('daysOff'), dataIndex: 'daysOff', width: 110 },
          { title: t('makeUpDays'), dataIndex: 'makeUpDays', width: 140 },
          {
            title: t('source'),
            render: (_, view) => (
              <>
                <span className="heshi-breaks">{source(view)}</span>
                {view.before.length === 0 ? null : (
                  <div className="heshi-hint">
                    {t('importedBefore', {
                      count: view.before.length,
                      list: view.before
                        .map((one) => `${one.source} (${businessDay(one.importedAt)})`)
                        .join(t('comma')),
                    })}
                  </div>
                )}
              </>
            ),
          },
        ]}
      />
      <h3>{t('provisional')}</h3>
      <Provisional />
    </Card>
  );
}

function Provisional() {
  const { t } = useTranslation('procedure');
  const provisional = useQuery({
    queryKey: ['procedures', 'provisional'],
    queryFn: () => api.procedures.provisional(),
  });
  const { data } = provisional;
  if (provisional.error) return <ErrorNotice error={provisional.error} kept={false} />;
  if (!data) return <Skeleton active />;
  if (data.total === 0) return <EmptyState title={t('provisionalNone')} text={t('provisionalNoneText')} />;
  return (
    <>
      <p>{t('provisionalTotal', { total: shownTotal(data.total) })}</p>
      <ul className="heshi-procedure-cases" aria-label={t('provisional')}>
        {data.cases.map((item: CaseSummary) => (
          <li key={item.id}>
            <Link to={`/cases/${item.id}`}>{item.number}</Link> {item.merchantName}{' '}
            <DeadlineTag deadline={item.deadline} />
          </li>
        ))}
      </ul>
    </>
  );
}
