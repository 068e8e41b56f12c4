import { Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RollupView } from '../../contract/centre/rollup.ts';
import { ratesOf, type Totals } from '../../domain/rollup/metrics.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { Money } from '../kernel/components/money.tsx';
import { useWords } from './words.ts';

type Reading = 'object' | 'problem' | 'merchant';
type Row = { key: string; name: string; href: string | null; totals: Totals };

/** What the cases of the period were about, and with whom. */
export function Breakdown({
  view,
  casesHref,
}: {
  view: RollupView;
  /** The list of cases behind a row, when this workstation may see it. */
  casesHref: ((filter: Record<string, string>) => string) | null;
}) {
  const { t } = useTranslation('rollup');
  const codes = useCodeWords();
  const words = useWords();
  const [reading, setReading] = useState<Reading>('object');
  const all = view.all.totals.registered;

  const rows: Row[] =
    reading === 'merchant'
      ? view.byMerchant.map((one) => ({
          key: one.merchantId,
          name: one.name ?? t('breakdown.unknownMerchant'),
          href: one.name === null ? null : `/merchants/${encodeURIComponent(one.merchantId)}`,
          totals: one.totals,
        }))
      : (reading === 'object' ? view.byObject : view.byProblem).map((one) => ({
          key: one.key,
          name: codes.word(reading, one.key),
          href: casesHref === null ? null : casesHref({ [reading]: one.key }),
          totals: one.totals,
        }));
  const sorted = rows.toSorted((a, b) => b.totals.registered - a.totals.registered);

  return (
    <>
      <div className="heshi-row heshi-below-s">
        <Segmented
          aria-label={t('breakdown.title')}
          value={reading}
          onChange={setReading}
          options={[
            { value: 'object', label: t('breakdown.object') },
            { value: 'problem', label: t('breakdown.problem') },
            { value: 'merchant', label: t('breakdown.merchant') },
          ]}
        />
        {reading === 'merchant' ? <span className="heshi-muted">{t('breakdown.topTwenty')}</span> : null}
      </div>
      <Table<Row>
        aria-label={t(`breakdown.${reading}`)}
        size="small"
        rowKey="key"
        dataSource={sorted}
        pagination={false}
        locale={{ emptyText: t('breakdown.empty') }}
        columns={[
          {
            key: 'name',
            title: t(reading === 'merchant' ? 'breakdown.merchantName' : 'breakdown.name'),
            render: (_, row) => (row.href === null ? row.name : <Link to={row.href}>{row.name}</Link>),
          },
          {
            key: 'registered',
            title: t('table.registered'),
            align: 'end',
            width: 90,
            render: (_, row) => words.count(row.totals.registered),
          },
          {
            key: 'share',
            title: t('breakdown.share'),
            width: 150,
            render: (_, row) => {
              const share = all > 0 ? row.totals.registered / all : 0;
              return (
                <span className="heshi-row">
                  <span aria-hidden className="heshi-bar">
                    <span className="heshi-bar-filled" style={{ width: `${Math.min(100, share * 100)}%` }} />
                  </span>
                  <span className="heshi-bar-value">{words.share(share)}</span>
                </span>
              );
            },
          },
          {
            key: 'settled',
            title: t('table.settled'),
            align: 'end',
            width: 90,
            render: (_, row) => words.count(row.totals.settled),
          },
          {
            key: 'rate',
            title: t('table.settlementRate'),
            align: 'end',
            width: 90,
            render: (_, row) => words.share(ratesOf(row.totals).settlementRate),
          },
          {
            key: 'recovered',
            title: t('table.recovered'),
            align: 'end',
            width: 130,
            render: (_, row) => <Money fen={row.totals['recovered-fen']} />,
          },
        ]}
      />
    </>
  );
}
