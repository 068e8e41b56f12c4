import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ReturnSummary } from '../../contract/workstation/return.ts';
import { Money } from '../kernel/components/money.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { When } from '../kernel/components/when.tsx';

const TONES = { requested: 'warning', granted: 'good', refused: 'bad' } as const;

/** Today's returns, newest first. */
export function ReturnsToday({ items }: { items: ReturnSummary[] }) {
  const { t } = useTranslation('returns');
  const navigate = useNavigate();
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={items}
      pagination={false}
      rowClassName="heshi-record"
      onRow={(item) => ({
        onClick: (event) => {
          // The link inside the row has already gone its own way.
          if (!event.defaultPrevented) void navigate(`/returns/${item.id}`);
        },
      })}
      columns={[
        {
          title: t('list.number'),
          render: (_, item) => <Link to={`/returns/${item.id}`}>{item.number}</Link>,
        },
        { title: t('list.merchant'), dataIndex: 'merchantName' },
        { title: t('list.goods'), dataIndex: 'goodsName' },
        { title: t('list.amount'), align: 'right', render: (_, item) => <Money fen={item.amountFen} /> },
        {
          title: t('list.status'),
          render: (_, item) => <StatusTag tone={TONES[item.status]}>{t(`status.${item.status}`)}</StatusTag>,
        },
        { title: t('list.requestedAt'), render: (_, item) => <When at={item.requestedAt} /> },
      ]}
    />
  );
}
