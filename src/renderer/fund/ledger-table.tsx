import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { balancesOf, type LedgerEntry } from '../../domain/kernel/ledger.ts';
import { Money } from '../kernel/components/money.tsx';

/** Every entry with its debits and credits, the latest first, and that both come to the same. */
export function LedgerTable({
  entries,
  nameOf,
}: {
  entries: readonly LedgerEntry[];
  /** What an account is called. */
  nameOf: (account: string) => string;
}) {
  const { t } = useTranslation('funds');
  const rows = entries.toReversed().flatMap(({ id, day, postings }) =>
    postings.map(({ account, fen }, index) => ({
      key: `${id} ${index}`,
      day: index === 0 ? day : '',
      account,
      fen,
    })),
  );
  const total = entries
    .flatMap(({ postings }) => postings)
    .reduce((sum, { fen }) => sum + Math.max(0, fen), 0);
  const balanced = [...balancesOf(entries).values()].reduce((sum, fen) => sum + fen, 0) === 0;
  return (
    <Card size="small" title={<h2>{t('ledger')}</h2>}>
      <Table
        aria-label={t('ledger')}
        size="small"
        rowKey="key"
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { key: 'day', title: t('column.day'), dataIndex: 'day', className: 'heshi-nowrap', width: 120 },
          { key: 'account', title: t('column.account'), render: (_, { account }) => nameOf(account) },
          {
            key: 'debit',
            title: t('column.debit'),
            align: 'end',
            width: 140,
            render: (_, { fen }) => (fen > 0 ? <Money fen={fen} /> : null),
          },
          {
            key: 'credit',
            title: t('column.credit'),
            align: 'end',
            width: 140,
            render: (_, { fen }) => (fen < 0 ? <Money fen={-fen} /> : null),
          },
        ]}
      />
      {balanced && entries.length > 0 ? (
        <p className="heshi-hint">
          {t('sumsToNothing')} · <Money fen={total} />
        </p>
      ) : null}
    </Card>
  );
}
