import { useQuery } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SanctionDay } from '../../contract/workstation/sanction.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { useToday } from '../kernel/kit/now.tsx';
import type { ViewProps } from './sanctions-page.tsx';

const WEEKS = 12;

/** What becomes eligible and what ends by itself in the next twelve weeks, in the order of the days. */
export function SanctionCalendar({ actions, primary, views }: ViewProps) {
  const { t } = useTranslation('sanction');
  const from = useToday();
  const to = shiftDay(from, WEEKS * 7);
  const days = useQuery({
    queryKey: ['sanctions', 'calendar', from],
    queryFn: () => api.sanctions.calendar({ from, to }),
  });
  return (
    <Page title={t('title')} actions={actions} primary={primary}>
      <div>{views}</div>
      {days.error ? <ErrorNotice error={days.error} kept={false} /> : null}
      {days.isPending ? <Skeleton active /> : null}
      {days.data ? (
        <Table<SanctionDay>
          size="small"
          aria-label={t('calendar.label', { from, to })}
          rowKey={({ sanctionId, what }) => `${sanctionId} ${what}`}
          pagination={false}
          dataSource={days.data}
          locale={{ emptyText: <EmptyState title={t('calendar.empty')} text={t('calendar.emptyText')} /> }}
          columns={[
            {
              key: 'day',
              title: t('calendar.day'),
              className: 'heshi-nowrap heshi-sanction-day',
              dataIndex: 'day',
            },
            {
              key: 'what',
              title: t('calendar.what'),
              className: 'heshi-nowrap',
              render: (_, { what, open }) => (
                <StatusTag tone={what === 'ends' ? 'neutral' : open ? 'warning' : 'good'}>
                  {t(what === 'ends' ? 'calendar.ends' : open ? 'calendar.open' : 'calendar.eligible')}
                </StatusTag>
              ),
            },
            {
              key: 'merchant',
              title: t('field.merchant'),
              render: (_, { merchantId, merchantName }) => (
                <Link to={`/merchants/${merchantId}`}>{merchantName}</Link>
              ),
            },
            {
              key: 'kind',
              title: t('field.kind'),
              className: 'heshi-nowrap',
              render: (_, { kind }) => t(`kind.${kind}`),
            },
            {
              key: 'record',
              title: t('decision'),
              render: (_, { sanctionId, title }) => <Link to={`/sanctions/${sanctionId}`}>{title}</Link>,
            },
          ]}
        />
      ) : null}
    </Page>
  );
}
