import { Button, Segmented, Select, Table, theme } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollupView } from '../../contract/centre/rollup.ts';
import { Chart } from '../kernel/kit/chart.tsx';
import { barsOption, sayChange, sayValue, trendOption } from './worsening-option.ts';
import { useWords } from './words.ts';
import { changesOf, SMALLEST_BASE, valueOf, WATCHED, type Watched } from './worsening.ts';

const MOST_BARS = 8;
const HEIGHT = 250;
const TABLE_PAGE = 12;
/** A period before with fewer than one in so many of today's cases was not fully recorded. */
const SMALLEST_PAST = 5;

/** Answers "where is it getting worse": by unit below, against the period before, or over time. */
export function WorseningChart({
  view,
  before,
  onDrill,
}: {
  view: RollupView;
  before: RollupView | null;
  onDrill: (path: string) => void;
}) {
  const { t } = useTranslation('rollup');
  const { token } = theme.useToken();
  const words = useWords();
  const [watched, setWatched] = useState<Watched>('registered');
  const [wanted, setWanted] = useState<'unit' | 'time' | null>(null);
  const [asTable, setAsTable] = useState(false);
  const byUnitPossible = view.children.length > 0 && before !== null;
  // A first year has nothing before it: every unit would look worse.
  const comparable =
    before !== null && before.all.totals.registered * SMALLEST_PAST >= view.all.totals.registered;
  const reading = byUnitPossible ? (wanted ?? (comparable ? 'unit' : 'time')) : 'time';
  const rate = watched === 'settlement-rate';
  const metric = t(`chart.${watched}`);
  const grain = t(view.trend.some((one) => one.period.length > 7) ? 'chart.day' : 'chart.month');

  const { changes, leftOut } = useMemo(
    () => (before ? changesOf(watched, view, before) : { changes: [], leftOut: 0 }),
    [watched, view, before],
  );
  const bars = useMemo(() => changes.filter((one) => one.worse !== 0).slice(0, MOST_BARS), [changes]);
  const points = useMemo(
    () => view.trend.map((one) => ({ period: one.period, value: valueOf(watched, one.totals) })),
    [view, watched],
  );
  const show = (value: number | null): string => sayValue(rate, words, value);
  const change = (one: { now: number; before: number }): string => sayChange(rate, words, one);
  const label =
    reading === 'unit'
      ? t('chart.labelUnit', { metric, unit: view.unit.name })
      : t('chart.label', { metric, grain, unit: view.unit.name });

  const option = useMemo(
    () =>
      reading === 'unit'
        ? barsOption({ bars, rate, words, token })
        : trendOption({ points, rate, metric, words, token }),
    [reading, bars, points, rate, metric, words, token],
  );

  const nothing = reading === 'unit' ? bars.length === 0 : points.every((one) => !one.value);
  return (
    <>
      <div className="heshi-row heshi-below-s">
        <Select
          aria-label={t('chart.metric')}
          value={watched}
          onChange={setWatched}
          className="heshi-choice"
          options={WATCHED.map((one) => ({ value: one, label: t(`chart.${one}`) }))}
        />
        {byUnitPossible ? (
          <Segmented
            aria-label={t('chart.reading')}
            value={reading}
            onChange={setWanted}
            options={[
              { value: 'unit', label: t('chart.byUnit') },
              { value: 'time', label: t('chart.overTime') },
            ]}
          />
        ) : null}
        <Button className="heshi-push" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </div>
      {nothing ? (
        <p className="heshi-chart-empty" style={{ minHeight: HEIGHT }}>
          {t(reading === 'unit' ? 'chart.emptyUnit' : 'chart.empty')}
        </p>
      ) : asTable ? (
        reading === 'unit' ? (
          <Table
            aria-label={label}
            size="small"
            rowKey="path"
            dataSource={changes}
            pagination={{ pageSize: TABLE_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t('table.unit'), dataIndex: 'name' },
              { title: t('chart.before'), align: 'end', render: (_, one) => show(one.before) },
              { title: t('chart.now'), align: 'end', render: (_, one) => show(one.now) },
              { title: t('chart.change'), align: 'end', render: (_, one) => change(one) },
            ]}
          />
        ) : (
          <Table
            aria-label={label}
            size="small"
            rowKey="period"
            dataSource={points}
            pagination={{ pageSize: TABLE_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t('chart.period'), dataIndex: 'period' },
              { title: metric, align: 'end', render: (_, one) => show(one.value) },
            ]}
          />
        )
      ) : (
        <Chart
          option={option}
          height={reading === 'unit' ? Math.max(110, bars.length * 30 + 40) : HEIGHT}
          label={label}
          onSelect={(index) => {
            const one = reading === 'unit' ? bars[index] : undefined;
            if (one) onDrill(one.path);
          }}
        />
      )}
      {reading === 'unit' && rate && leftOut > 0 ? (
        <p className="heshi-follows-xs heshi-muted">
          {t('chart.leftOut', { units: leftOut, base: SMALLEST_BASE })}
        </p>
      ) : null}
    </>
  );
}
