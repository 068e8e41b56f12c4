import { Button, Table } from 'antd';
import type { TableColumnsType } from 'antd';
import { CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RollupUnit, RollupView } from '../../contract/centre/rollup.ts';
import { ratesOf, type Metric, type Totals } from '../../domain/rollup/metrics.ts';
import { Money } from '../kernel/components/money.tsx';
import { reconciles, sumOf } from './reconcile.ts';
import { useWords } from './words.ts';

export type SortBy = 'registered' | 'settlementRate' | 'median' | 'returns-granted';

const COUNTS = [
  ['registered', 'registered'],
  ['concluded', 'concluded'],
  ['settled', 'settled'],
  ['escalated-out', 'escalatedOut'],
  ['deadline-breached', 'breached'],
  ['returns-granted', 'returnsGranted'],
  ['returns-refused', 'returnsRefused'],
] as const satisfies readonly (readonly [Metric, string])[];

type Row = RollupView['children'][number];

/** The units below with their figures, and three rows that show that they add up. */
export function ChildrenTable({
  view,
  sortBy,
  onSort,
  onDrill,
  ownHref,
}: {
  view: RollupView;
  sortBy: SortBy;
  onSort: (by: SortBy) => void;
  onDrill: (unit: RollupUnit) => void;
  /** Where what a figure of the unit itself counts is listed, when this workstation may see it; `unit` for all its cases. */
  ownHref: (of: Metric | 'unit') => string | null;
}) {
  const { t } = useTranslation('rollup');
  const words = useWords();
  const sum = sumOf(view.children.map((child) => child.totals));
  const agrees = reconciles(view);
  // The line above the figures has said already that all have reported.
  const allReported = view.children.every(
    ({ completeness }) => completeness.reported === completeness.workstations,
  );
  const ownName = t('table.own', { unit: view.unit.name });

  const byMedian = (a: Row, b: Row) => (a.caseHandling.medianDays ?? -1) - (b.caseHandling.medianDays ?? -1);
  const byRate = (a: Row, b: Row) => (a.rates.settlementRate ?? 2) - (b.rates.settlementRate ?? 2);
  const isSort = (key: unknown): key is SortBy =>
    key === 'registered' || key === 'settlementRate' || key === 'median' || key === 'returns-granted';

  const columns: TableColumnsType<Row> = [
    {
      key: 'name',
      title: t('table.unit'),
      width: 170,
      render: (_, row) => (
        <Button
          type="link"
          size="small"
          className="heshi-link-button"
          aria-label={t('table.drill', { unit: row.name })}
          onClick={() => onDrill(row)}
        >
          {row.name}
        </Button>
      ),
    },
    ...COUNTS.map(([metric, name]): TableColumnsType<Row>[number] => ({
      key: metric,
      title: t(`table.${name}`),
      align: 'end',
      render: (_, row) => words.count(row.totals[metric]),
      ...(isSort(metric)
        ? {
            sorter: (a: Row, b: Row) => a.totals[metric] - b.totals[metric],
            sortOrder: sortBy === metric ? ('descend' as const) : null,
          }
        : {}),
    })),
    {
      key: 'settlementRate',
      title: t('table.settlementRate'),
      align: 'end',
      sorter: byRate,
      sortOrder: sortBy === 'settlementRate' ? 'ascend' : null,
      render: (_, row) => words.share(row.rates.settlementRate),
    },
    {
      key: 'median',
      title: t('table.median'),
      align: 'end',
      sorter: byMedian,
      sortOrder: sortBy === 'median' ? 'descend' : null,
      render: (_, row) => words.days(row.caseHandling.medianDays),
    },
    {
      key: 'recovered',
      title: t('table.recovered'),
      align: 'end',
      render: (_, row) => <Money fen={row.totals['recovered-fen']} />,
    },
    ...(allReported
      ? []
      : [
          {
            key: 'completeness',
            title: t('table.completeness'),
            align: 'end',
            render: (_: unknown, { completeness }: Row) => {
              const whole = completeness.reported === completeness.workstations;
              return (
                <span className={whole ? '' : 'heshi-caution'}>
                  {whole ? null : <WarningOutlined aria-hidden />} {completeness.reported}/
                  {completeness.workstations}
                </span>
              );
            },
          } satisfies TableColumnsType<Row>[number],
        ]),
  ];

  const summaryRow = (
    key: string,
    title: React.ReactNode,
    totals: Totals,
    strong: boolean,
    median?: number | null,
  ) => (
    <Table.Summary.Row key={key} className={strong ? 'heshi-sum-strong' : ''}>
      <Table.Summary.Cell index={0}>{title}</Table.Summary.Cell>
      {COUNTS.map(([metric, name], index) => (
        <Table.Summary.Cell key={metric} index={index + 1} align="right">
          {key === 'own' && totals[metric] > 0 && ownHref(metric) !== null ? (
            <Link
              to={ownHref(metric) ?? ''}
              aria-label={`${words.count(totals[metric])} · ${t(`table.${name}`)}`}
            >
              {words.count(totals[metric])}
            </Link>
          ) : (
            words.count(totals[metric])
          )}
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={8} align="right">
        {words.share(ratesOf(totals).settlementRate)}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={9} align="right">
        {median === undefined ? '' : words.days(median)}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={10} align="right">
        <Money fen={totals['recovered-fen']} />
      </Table.Summary.Cell>
      {allReported ? null : <Table.Summary.Cell index={11} />}
    </Table.Summary.Row>
  );

  return (
    <>
      <Table<Row>
        aria-label={t('table.label')}
        size="small"
        rowKey="path"
        columns={columns}
        dataSource={view.children}
        pagination={false}
        className="heshi-rollup-table"
        showSorterTooltip={false}
        sortDirections={['descend', 'ascend']}
        onChange={(_, __, sorter) => {
          const { columnKey } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
          if (isSort(columnKey)) onSort(columnKey);
        }}
        locale={{ emptyText: t('table.leaf') }}
        summary={() => (
          <Table.Summary>
            {view.children.length > 0 ? summaryRow('sum', t('table.sum'), sum, false) : null}
            {summaryRow(
              'own',
              ownHref('unit') === null ? ownName : <Link to={ownHref('unit') ?? ''}>{ownName}</Link>,
              view.own,
              false,
            )}
            {summaryRow('total', t('table.total'), view.all.totals, true, view.all.caseHandling.medianDays)}
          </Table.Summary>
        )}
      />
      <p className={agrees ? 'heshi-follows heshi-muted' : 'heshi-follows heshi-error'}>
        {agrees ? <CheckCircleOutlined aria-hidden /> : <WarningOutlined aria-hidden />}{' '}
        {agrees ? t('table.reconciles') : t('table.differs')}
      </p>
    </>
  );
}
