import { Space, Tag, Tooltip, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReturnSummary } from '../../contract/workstation/return.ts';
import { Money } from '../kernel/components/money.tsx';
import { When } from '../kernel/components/when.tsx';
import { ReturnStatusTag, VerdictTag } from './tags.tsx';

/** What the list says of each return. */
export function useReturnColumns(): NonNullable<TableProps<ReturnSummary>['columns']> {
  const { t } = useTranslation('returns');
  return [
    {
      key: 'number',
      width: 160,
      title: t('list.number'),
      className: 'heshi-nowrap',
      render: (_, row) => <Link to={`/returns/${row.id}`}>{row.number}</Link>,
    },
    {
      key: 'status',
      width: 160,
      title: t('list.status'),
      render: (_, row) => (
        <Space size={4} className="heshi-nowrap">
          <ReturnStatusTag status={row.status} />
          {row.caseId === null ? null : <Link to={`/cases/${row.caseId}`}>{t('list.disputed')}</Link>}
        </Space>
      ),
    },
    {
      key: 'merchant',
      title: t('list.merchant'),
      dataIndex: 'merchantName',
      ellipsis: true,
      width: 180,
    },
    { key: 'goods', title: t('list.goods'), dataIndex: 'goodsName', ellipsis: true, width: 140 },
    { key: 'consumer', width: 96, title: t('list.consumer'), dataIndex: 'consumerName' },
    {
      key: 'amount',
      width: 110,
      title: t('list.amount'),
      align: 'end',
      render: (_, row) => <Money fen={row.amountFen} />,
    },
    {
      key: 'verdict',
      width: 112,
      title: t('list.verdict'),
      render: (_, row) => <VerdictTag verdict={row.verdict} />,
    },
    {
      key: 'at',
      width: 118,
      className: 'heshi-nowrap',
      title: t('list.requestedAt'),
      render: (_, row) => <When at={row.requestedAt} />,
    },
    {
      key: 'unit',
      title: t('list.unit'),
      ellipsis: true,
      render: (_, row) => (
        <>
          {row.unitName}{' '}
          {row.waiting > 0 ? (
            <Tooltip title={t('list.waitingHint', { facts: row.waiting })}>
              <Tag color="warning">{t('list.waiting')}</Tag>
            </Tooltip>
          ) : null}
        </>
      ),
    },
  ];
}
