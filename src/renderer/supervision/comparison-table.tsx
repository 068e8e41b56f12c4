import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  ComparedFigures,
  Comparison,
  ComparisonRow,
  DrillQuery,
} from '../../contract/workstation/supervision.ts';
import type { Metric } from '../../domain/rollup/index.ts';
import { yuan } from '../kernel/components/money.tsx';
import { useWords, type Words } from '../rollup/index.ts';

type FigureKey =
  | 'registered'
  | 'concluded'
  | 'settled'
  | 'rate'
  | 'escalated'
  | 'breached'
  | 'median'
  | 'recovered';

type FigureRule = {
  key: FigureKey;
  value: (figures: ComparedFigures) => number | null;
  say: (words: Words, value: number | null) => string;
  /** The change in words, without its sign. */
  sayChange: (words: Words, difference: number) => string;
  /** What the figure is made of: a rate of what it divides by, a duration of what was concluded. */
  metric: Metric;
};

const count = (key: FigureKey, metric: Metric): FigureRule => ({
  key,
  metric,
  value: ({ totals }) => totals[metric],
  say: (words, value) => words.count(value ?? 0),
  sayChange: (words, difference) => words.count(difference),
});

const FIGURES: readonly FigureRule[] = [
  count('registered', 'registered'),
  count('concluded', 'concluded'),
  count('settled', 'settled'),
  {
    key: 'rate',
    metric: 'concluded',
    value: ({ rates }) => rates?.settlementRate ?? null,
    say: (words, value) => words.share(value),
    sayChange: (words, difference) => words.decimal(difference * 100),
  },
  count('escalated', 'escalated-out'),
  count('breached', 'deadline-breached'),
  {
    key: 'median',
    metric: 'concluded',
    value: ({ medianDays }) => medianDays,
    say: (words, value) => words.days(value),
    sayChange: (words, difference) => words.decimal(difference),
  },
  {
    key: 'recovered',
    metric: 'recovered-fen',
    value: ({ totals }) => totals['recovered-fen'],
    say: (_, value) => yuan(value ?? 0),
    sayChange: (_, difference) => yuan(difference),
  },
];

/** Each unit in a row; of each figure period B, below it period A and what changed since. */
export function ComparisonTable({
  comparison,
  busy,
  onDrill,
}: {
  comparison: Comparison;
  busy: boolean;
  onDrill: (query: DrillQuery, title: string) => void;
}) {
  const { t } = useTranslation('supervision');
  const words = useWords();
  const nameOf = ({ unit, kind }: ComparisonRow): string =>
    kind === 'child' ? unit.name : t(kind === 'all' ? 'compare.all' : 'compare.own', { unit: unit.name });

  const side = (row: ComparisonRow, rule: FigureRule, which: 'first' | 'second'): React.ReactNode => {
    const figures = row[which];
    if (figures === null) return '—';
    const value = rule.value(figures);
    const said = rule.say(words, value);
    const shown = which === 'first' ? `${t('compare.before')} ${said}` : said;
    if (value === null || value === 0) return <span className="heshi-hint">{shown}</span>;
    const query: DrillQuery = {
      path: row.unit.path,
      own: row.kind === 'own',
      metric: rule.metric,
      period: comparison[which].period,
    };
    const what = t(`compare.${rule.key}`);
    return (
      <Button
        type="link"
        size="small"
        aria-label={t('compare.drill', {
          side: t(`compare.${which}`),
          unit: nameOf(row),
          what,
          shown,
        })}
        onClick={() => onDrill(query, t('drill.title', { unit: nameOf(row), what }))}
      >
        {which === 'second' ? <strong>{shown}</strong> : shown}
      </Button>
    );
  };
  const change = (row: ComparisonRow, rule: FigureRule): React.ReactNode => {
    const [first, second] = [row.first, row.second].map((one) => (one === null ? null : rule.value(one)));
    if (first === null || first === undefined || second === null || second === undefined) return null;
    const difference = second - first;
    const said = rule.sayChange(words, Math.abs(difference));
    if (difference === 0 || said === '0') return null;
    return (
      <span className="heshi-hint">
        {difference > 0 ? <ArrowUpOutlined aria-hidden /> : <ArrowDownOutlined aria-hidden />}{' '}
        {difference > 0 ? '+' : '−'}
        {said}
      </span>
    );
  };

  return (
    <Table<ComparisonRow>
      size="small"
      rowKey={(row) => `${row.kind} ${row.unit.path}`}
      aria-label={t('compare.label')}
      className="heshi-figures"
      aria-busy={busy}
      dataSource={comparison.rows}
      pagination={false}
      columns={[
        {
          title: t('unit'),
          width: 190,
          render: (_, row) => (row.kind === 'all' ? <strong>{nameOf(row)}</strong> : nameOf(row)),
        },
        ...FIGURES.map((rule) => ({
          key: rule.key,
          title: t(`compare.${rule.key}`),
          align: 'right' as const,
          render: (_: unknown, row: ComparisonRow) => (
            <span className="heshi-compared">
              {side(row, rule, 'second')}
              <span className="heshi-compared-before">
                {side(row, rule, 'first')} {change(row, rule)}
              </span>
            </span>
          ),
        })),
      ]}
    />
  );
}
