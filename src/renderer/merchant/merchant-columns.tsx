import { Tag, Tooltip, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MerchantSummary } from '../../contract/workstation/merchant.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';

/** What the list says of each merchant. */
export function useMerchantColumns(): NonNullable<TableProps<MerchantSummary>['columns']> {
  const { t } = useTranslation('merchants');
  const codes = useCodeWords();
  return [
    {
      key: 'name',
      title: t('list.name'),
      render: (_, item) => (
        <>
          <Link to={`/merchants/${item.id}`}>{item.name}</Link>{' '}
          {item.invented ? (
            <Tooltip title={t('list.inventedHint')}>
              <Tag>{t('list.invented')}</Tag>
            </Tooltip>
          ) : null}
        </>
      ),
    },
    {
      key: 'category',
      title: t('list.category'),
      render: (_, item) => codes.word('merchantCategory', item.category),
    },
    { key: 'unit', title: t('list.unit'), dataIndex: 'unitName' },
    {
      key: 'commitment',
      title: t('list.commitment'),
      render: (_, item) => (
        <span className="heshi-nowrap">
          {item.commitmentDays === null ? (
            <StatusTag tone="neutral">{t('list.commitmentNone')}</StatusTag>
          ) : (
            <StatusTag tone="good">{t('list.commitmentDays', { days: item.commitmentDays })}</StatusTag>
          )}
          {item.proposed ? <StatusTag tone="warning">{t('proposal.waiting')}</StatusTag> : null}
        </span>
      ),
    },
    {
      key: 'openCases',
      title: t('list.openCases'),
      align: 'end',
      render: (_, item) =>
        item.openCases === 0 ? (
          0
        ) : (
          <Link to={`/cases?merchant=${encodeURIComponent(item.id)}`}>{item.openCases}</Link>
        ),
    },
    { key: 'phone', title: t('list.phone'), dataIndex: 'phone' },
  ];
}
