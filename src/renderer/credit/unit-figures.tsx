import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { GradeFigures } from '../../contract/centre/credit.ts';
import { api } from '../kernel/api/client.ts';
import { gradesIn } from './figures-option.ts';

const HOURS_OF_DAY = 24;

type Unit = GradeFigures['units'][number];

/** Units below side by side: their grades, and the rates of the same month. */
export function UnitFigures({
  path,
  units,
  period,
}: {
  path: string;
  units: readonly Unit[];
  period: { from: string; to: string };
}) {
  const { t, i18n } = useTranslation('credit');
  const rollup = useQuery({
    queryKey: ['rollup', 'get', path, period.from, period.to, 'grades'],
    queryFn: () => api.rollup.get({ path, ...period }),
    retry: false,
  });
  const coverage = useQuery({ queryKey: ['merchants', 'coverage'], queryFn: () => api.merchants.coverage() });
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const share = (value: number | null): string => (value === null ? '—' : percent.format(value));
  const figuresOf = (unit: Unit) => {
    const view = rollup.data?.view;
    return unit.path === path ? view?.all : view?.children.find((one) => one.path === unit.path);
  };
  const grades = gradesIn(units.map(({ counts }) => counts)).filter(
    (name) => name !== 'not-rated' && name !== 'pending',
  );
  const rated = ({ counts }: Unit): number => grades.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  return (
    <>
      <Table<Unit>
        aria-label={t('figures.units')}
        size="small"
        rowKey="path"
        dataSource={[...units]}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            key: 'unit',
            title: t('figures.unit'),
            render: (_, one) => <Link to={`/credit?unit=${encodeURIComponent(one.path)}`}>{one.name}</Link>,
          },
          { key: 'rated', title: t('figures.rated'), align: 'end', render: (_, one) => rated(one) },
          ...grades.map((name) => ({
            key: name,
            title: name,
            align: 'end' as const,
            render: (_: unknown, one: Unit) => one.counts[name] ?? 0,
          })),
          {
            key: 'coverage',
            title: t('figures.coverage'),
            align: 'end',
            render: (_, one) => {
              const known = coverage.data?.find((unit) => unit.path === one.path);
              return share(known && known.merchants > 0 ? known.promised / known.merchants : null);
            },
          },
          {
            key: 'refusal',
            title: t('figures.refusal'),
            align: 'end',
            render: (_, one) => {
              const granted = figuresOf(one)?.rates.returnGrantRate ?? null;
              return share(granted === null ? null : 1 - granted);
            },
          },
          {
            key: 'hours',
            title: t('figures.refundHours'),
            align: 'end',
            render: (_, one) => {
              const days = figuresOf(one)?.returnHandling.medianDays ?? null;
              return days === null
                ? '—'
                : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(
                    days * HOURS_OF_DAY,
                  );
            },
          },
          {
            key: 'source',
            title: t('figures.source'),
            align: 'end',
            render: (_, one) => share(figuresOf(one)?.rates.sourceResolutionRate ?? null),
          },
        ]}
      />
      <p className="heshi-hint">{t('figures.ratesText', period)}</p>
    </>
  );
}
