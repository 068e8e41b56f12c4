import { useQuery } from '@tanstack/react-query';
import { Card, Select, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShopFigures } from '../../domain/shop/index.ts';
import { monthNumber, monthText } from '../../domain/credit/index.ts';
import { api } from '../kernel/api/client.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { ExportMenu } from '../kernel/components/export-button.tsx';
import { Money } from '../kernel/components/money.tsx';

/** Months that can be chosen, this one first. */
const MONTHS = 12;

/** The shop's month in figures, and as a file to keep or to print. */
export function SheetCard({ merchantId, day }: { merchantId: string; day: string }) {
  const { t } = useTranslation('shop');
  const last = monthNumber(day);
  const [month, setMonth] = useState(monthText(last));
  const [failure, setFailure] = useState<unknown>(null);
  const sheet = useQuery({
    queryKey: ['shop', 'sheet', merchantId, month],
    queryFn: () => api.shop.sheet({ merchantId, month }),
  });
  const error = failure ?? sheet.error;
  return (
    <Card
      size="small"
      title={<h2>{t('sheet.title')}</h2>}
      extra={
        <span className="heshi-row">
          <Select<string>
            size="small"
            aria-label={t('sheet.month')}
            value={month}
            onChange={setMonth}
            options={Array.from({ length: MONTHS }, (_, ago) => ({ value: monthText(last - ago) }))}
          />
          <ExportMenu ask={(format) => api.shop.export({ merchantId, month, format })} onError={setFailure} />
        </span>
      }
    >
      {error ? <ErrorNotice error={error} kept={false} /> : null}
      {sheet.data ? <Figures month={month} figures={sheet.data.figures} /> : <Skeleton active />}
    </Card>
  );
}

const COUNTS = ['requested', 'granted', 'refused', 'waiting'] as const;
const HOURS = ['medianHours', 'longestHours'] as const;
const DISPUTES = ['disputes', 'ended', 'settled', 'settledAtSource'] as const;

function Figures({ month, figures }: { month: string; figures: ShopFigures }) {
  const { t, i18n } = useTranslation('shop');
  const hours = (value: number | null): string =>
    value === null ? '—' : value.toLocaleString(i18n.language, { maximumFractionDigits: 1 });
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="name"
      aria-label={t('sheet.label', { month })}
      dataSource={[
        ...COUNTS.map((name) => ({ name, value: String(figures[name]) })),
        { name: 'refundedFen' as const, value: <Money fen={figures.refundedFen} /> },
        ...HOURS.map((name) => ({ name, value: hours(figures[name]) })),
        ...DISPUTES.map((name) => ({ name, value: String(figures[name]) })),
      ]}
      columns={[
        { key: 'name', title: t('sheet.item'), render: (_, { name }) => t(`figures.${name}`) },
        { key: 'value', title: t('sheet.value'), dataIndex: 'value', align: 'right' },
      ]}
    />
  );
}
