import { useQuery } from '@tanstack/react-query';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CrossShopItem, ShopBalance } from '../../contract/workstation/return.ts';
import { shiftDay } from '../../domain/kernel/calendar/index.ts';
import { api } from '../kernel/api/client.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { Money } from '../kernel/components/money.tsx';
import { Page } from '../kernel/components/page.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { DayPicker } from '../kernel/kit/day-picker.tsx';
import { Filters, useAddressFilters } from '../kernel/kit/list-page.tsx';
import { useToday } from '../kernel/kit/now.tsx';

/** The period shown until another is chosen. */
const USUAL_DAYS = 90;

/** What shops of a group owe one another for goods that came back to another shop, pair by pair, with the returns of each. */
export function BetweenPage() {
  const { t } = useTranslation('returns');
  const today = useToday();
  const { text, set } = useAddressFilters();
  const from = text('from') ?? shiftDay(today, -USUAL_DAYS);
  const to = text('to') ?? today;
  const between = useQuery({
    queryKey: ['between', from, to],
    queryFn: () => api.returns.between({ from, to }),
  });
  const day = (name: 'from' | 'to', value: string) => (
    <DayPicker
      label={t(`between.${name}`)}
      placeholder={t(`between.${name}`)}
      value={value}
      onChange={(chosen) => set(name, chosen)}
      onClear={() => set(name, null)}
      className="heshi-day"
    />
  );
  const { pairs = [], more = false } = between.data ?? {};
  return (
    <Page title={t('between.title')}>
      <p className="heshi-hint">{t('between.text')}</p>
      <Filters label={t('between.period')} total={t('between.total', { count: pairs.length })}>
        {day('from', from)}
        {day('to', to)}
      </Filters>
      {between.error ? <ErrorNotice error={between.error} kept={false} /> : null}
      {more ? <Alert type="warning" showIcon title={t('between.more')} /> : null}
      <Table<ShopBalance>
        aria-label={t('between.title')}
        size="small"
        rowKey={({ creditor, debtor }) => `${creditor} ${debtor}`}
        loading={between.isPending}
        dataSource={pairs}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        locale={{ emptyText: <EmptyState title={t('between.none')} text={t('between.noneText')} /> }}
        expandable={{ expandedRowRender: ({ items }) => <Items items={items} /> }}
        columns={[
          { key: 'debtor', title: t('between.debtor'), dataIndex: 'debtorName', ellipsis: true },
          { key: 'creditor', title: t('between.creditor'), dataIndex: 'creditorName', ellipsis: true },
          {
            key: 'fen',
            title: t('between.balance'),
            align: 'end',
            width: 150,
            render: (_, { fen }) => <Money fen={fen} />,
          },
          { key: 'open', title: t('between.open'), align: 'end', width: 110, dataIndex: 'open' },
          { key: 'returns', title: t('between.returns'), align: 'end', width: 110, dataIndex: 'returns' },
        ]}
      />
    </Page>
  );
}

function Items({ items }: { items: CrossShopItem[] }) {
  const { t } = useTranslation('returns');
  return (
    <Table
      aria-label={t('between.items')}
      size="small"
      rowKey="id"
      dataSource={items}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      columns={[
        {
          key: 'number',
          title: t('list.number'),
          className: 'heshi-nowrap',
          render: (_, { id, number }) => <Link to={`/returns/${id}`}>{number}</Link>,
        },
        { key: 'shop', title: t('between.returnShop'), dataIndex: 'returnShop', ellipsis: true },
        { key: 'on', title: t('page.refundedOn'), dataIndex: 'refundedOn', className: 'heshi-nowrap' },
        {
          key: 'amount',
          title: t('list.amount'),
          align: 'end',
          render: (_, { refundFen }) => <Money fen={refundFen} />,
        },
        {
          key: 'settled',
          title: t('list.status'),
          render: (_, { settled }) => (
            <StatusTag tone={settled ? 'good' : 'warning'}>
              {t(settled ? 'settle.done' : 'settle.open')}
            </StatusTag>
          ),
        },
      ]}
    />
  );
}
