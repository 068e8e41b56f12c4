import { Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FiguresView } from '../../contract/centre/figures.ts';
import type { FiguresAnswer } from '../../contract/workstation/figures.ts';
import type { FinanceFigures } from '../../domain/rollup/index.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { Money } from '../kernel/components/money.tsx';
import { useWords } from '../rollup/index.ts';

type By = 'byProduct' | 'byCategory' | 'byUnit';
const BY: readonly By[] = ['byProduct', 'byCategory', 'byUnit'];
const MONEY = ['grantedFen', 'drawnFen', 'repaidFen', 'owedFen'] as const;
type Row = { key: string; name: string; figures: FinanceFigures };

/** What banks have lent, by product, category or unit; consents and the whitelist by unit, as they are counted. */
export function FinanceTable({
  finance,
  products,
}: {
  finance: NonNullable<FiguresView['whole']>['finance'];
  products: FiguresAnswer['products'];
}) {
  const { t, i18n } = useTranslation('figures');
  const words = useWords();
  const codes = useCodeWords();
  const [by, setBy] = useState<By>('byProduct');
  const nameOf = (key: string): string => products[key]?.[i18n.language === 'en' ? 'en' : 'zh'] ?? key;
  const rows: Record<By, Row[]> = {
    byProduct: finance.byProduct.map(({ key, figures }) => ({ key, name: nameOf(key), figures })),
    byCategory: finance.byCategory.map(({ key, figures }) => ({
      key,
      name: codes.word('merchantCategory', key),
      figures,
    })),
    byUnit: finance.byUnit.map(({ path, name, figures }) => ({ key: path, name, figures })),
  };
  const first = { byProduct: 'product', byCategory: 'category', byUnit: 'unit' } as const;
  const ofUnit = by === 'byUnit';
  const counts = [...(ofUnit ? (['consents', 'entered'] as const) : []), 'granted'] as const;
  const countOf = (name: (typeof counts)[number], figures: FinanceFigures): string => {
    const value =
      name === 'granted'
        ? figures.granted
        : (figures.consents?.[name === 'consents' ? 'given' : 'entered'] ?? 0);
    return words.count(value);
  };
  const columns: TableColumnsType<Row> = [
    { key: 'name', title: t(`finance.${first[by]}`), render: (_, row) => row.name },
    ...counts.map((name): TableColumnsType<Row>[number] => ({
      key: name,
      title: t(`finance.${name}`),
      align: 'end',
      render: (_, row) => countOf(name, row.figures),
    })),
    ...MONEY.map((name): TableColumnsType<Row>[number] => ({
      key: name,
      title: t(`finance.${name}`),
      align: 'end',
      sorter: (a, b) => a.figures[name] - b.figures[name],
      render: (_, row) => <Money fen={row.figures[name]} />,
    })),
  ];
  return (
    <>
      <div className="heshi-row heshi-below-s">
        <Segmented<By>
          aria-label={t('finance.kind')}
          value={by}
          onChange={setBy}
          options={BY.map((one) => ({ value: one, label: t(`finance.by.${one}`) }))}
        />
      </div>
      <Table<Row>
        aria-label={t('finance.label', { by: t(`finance.by.${by}`) })}
        size="small"
        rowKey="key"
        columns={columns}
        dataSource={rows[by]}
        pagination={false}
        className="heshi-figures-table"
        showSorterTooltip={false}
        sortDirections={['descend', 'ascend']}
        locale={{ emptyText: t('finance.empty') }}
        summary={() =>
          rows[by].length > 0 ? (
            <Table.Summary>
              <Table.Summary.Row className="heshi-sum-strong">
                <Table.Summary.Cell index={0}>{t('finance.total')}</Table.Summary.Cell>
                {counts.map((name, place) => (
                  <Table.Summary.Cell key={name} index={place + 1} align="right">
                    {countOf(name, finance.total)}
                  </Table.Summary.Cell>
                ))}
                {MONEY.map((name, place) => (
                  <Table.Summary.Cell key={name} index={counts.length + place + 1} align="right">
                    <Money fen={finance.total[name]} />
                  </Table.Summary.Cell>
                ))}
              </Table.Summary.Row>
            </Table.Summary>
          ) : null
        }
      />
    </>
  );
}
