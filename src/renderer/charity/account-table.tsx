import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CharityDetail } from '../../contract/workstation/charity.ts';
import { Money } from '../kernel/components/money.tsx';

type Line = {
  key: string;
  on: string;
  kind: 'given' | 'undone' | 'paid';
  who: string;
  fen: number;
  by: string;
};

/** What came in and went out, the latest first. */
function linesOf({ state, applications }: CharityDetail, anonymous: string): Line[] {
  const given = state.donations.flatMap(({ entryId, on, fen, donor, by, undone }): Line[] => {
    const who = donor.name ?? anonymous;
    return [
      { key: entryId, on, kind: 'given', who, fen, by: by.name },
      ...(undone === null
        ? []
        : [
            {
              key: `undone-${entryId}`,
              on: undone.on,
              kind: 'undone' as const,
              who,
              fen,
              by: undone.by.name,
            },
          ]),
    ];
  });
  const paid = state.payouts.map(({ applicationId, on, fen, by }): Line => {
    const who = applications.find(({ id }) => id === applicationId)?.applicant.name ?? '';
    return { key: `paid-${applicationId}`, on, kind: 'paid', who, fen, by: by.name };
  });
  return [...given, ...paid].toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

/** The fund's account as its own people read it. */
export function AccountTable({ detail }: { detail: CharityDetail }) {
  const { t } = useTranslation('charity');
  const lines = linesOf(detail, t('anonymous'));
  return (
    <Card size="small" title={<h2>{t('account')}</h2>}>
      {lines.length === 0 ? (
        <p className="heshi-hint">{t('noEntries')}</p>
      ) : (
        <Table
          aria-label={t('account')}
          size="small"
          dataSource={lines}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            { key: 'on', title: t('column.day'), dataIndex: 'on', className: 'heshi-nowrap', width: 120 },
            { key: 'kind', title: t('column.kind'), width: 110, render: (_, { kind }) => t(`kind.${kind}`) },
            { key: 'who', title: `${t('column.donor')} / ${t('column.applicant')}`, dataIndex: 'who' },
            {
              key: 'fen',
              title: t('column.amount'),
              align: 'end',
              width: 140,
              render: (_, { fen }) => <Money fen={fen} />,
            },
            { key: 'by', title: t('column.by'), dataIndex: 'by', width: 140 },
          ]}
        />
      )}
    </Card>
  );
}
