import { Button, Segmented, Select, Table, theme } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollupView } from '../../../contract/rollup.ts';
import { Chart, type ChartOption } from './chart.tsx';
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
  const show = (value: number | null): string =>
    rate ? words.share(value) : value === null ? '—' : words.count(value);
  const change = (one: { now: number; before: number }): string =>
    rate ? words.points(one.now - one.before) : words.signed(one.now - one.before);
  const label =
    reading === 'unit'
      ? t('chart.labelUnit', { metric, unit: view.unit.name })
      : t('chart.label', { metric, grain, unit: view.unit.name });

  const option = useMemo<ChartOption>(() => {
    const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily };
    const grid = { left: 8, right: 24, top: 12, bottom: 8, outerBoundsMode: 'same' as const };
    if (reading === 'unit') {
      return {
        grid,
        tooltip: { trigger: 'item' },
        xAxis: {
          type: 'value',
          minInterval: rate ? 0 : 1,
          axisLabel: {
            ...text,
            formatter: (value: number) => (rate ? words.points(value) : words.signed(value)),
          },
          splitLine: { lineStyle: { color: token.colorSplit } },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: bars.map((one) => one.name),
          axisLabel: { ...text, width: 130, overflow: 'truncate' },
          axisTick: { show: false },
        },
        series: [
          {
            type: 'bar',
            barMaxWidth: 16,
            cursor: 'pointer',
            data: bars.map((one) => ({
              value: one.now - one.before,
              itemStyle: { color: one.worse > 0 ? token.colorError : token.colorSuccess },
            })),
            label: {
              show: true,
              position: 'right',
              color: token.colorText,
              fontFamily: token.fontFamily,
              formatter: ({ dataIndex }) => {
                const one = bars[dataIndex];
                return one ? change(one) : '';
              },
            },
            tooltip: {
              formatter: (params) => {
                const one = Array.isArray(params) ? undefined : bars[params.dataIndex];
                return one ? `${show(one.before)} → ${show(one.now)}` : '';
              },
            },
          },
        ],
      };
    }
    return {
      grid,
      tooltip: { trigger: 'axis', valueFormatter: (value) => show(typeof value === 'number' ? value : null) },
      xAxis: { type: 'category', data: points.map((one) => one.period), axisLabel: text },
      yAxis: {
        type: 'value',
        minInterval: rate ? 0 : 1,
        ...(rate ? { max: 1 } : {}),
        axisLabel: { ...text, formatter: (value: number) => show(value) },
        splitLine: { lineStyle: { color: token.colorSplit } },
      },
      series: [
        rate
          ? {
              type: 'line',
              name: metric,
              connectNulls: false,
              symbolSize: 6,
              lineStyle: { color: token.colorPrimary, width: 2 },
              itemStyle: { color: token.colorPrimary },
              data: points.map((one) => one.value),
            }
          : {
              type: 'bar',
              name: metric,
              barMaxWidth: 28,
              itemStyle: { color: token.colorPrimary },
              data: points.map((one) => one.value),
            },
      ],
    };
    // `words` is made anew with every render, from the language that `t` carries.
  }, [reading, bars, points, rate, metric, token, t]);

  const nothing = reading === 'unit' ? bars.length === 0 : points.every((one) => !one.value);
  return (
    <>
      <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', marginBottom: 8 }}>
        <Select
          aria-label={t('chart.metric')}
          value={watched}
          onChange={setWatched}
          style={{ minWidth: 150 }}
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
        <Button
          style={{ marginInlineStart: 'auto' }}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'chart.asChart' : 'chart.asTable')}
        </Button>
      </div>
      {nothing ? (
        <p style={{ color: token.colorTextSecondary, minHeight: HEIGHT, margin: 0, paddingTop: 24 }}>
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
        <p style={{ color: token.colorTextSecondary, margin: '4px 0 0' }}>
          {t('chart.leftOut', { units: leftOut, base: SMALLEST_BASE })}
        </p>
      ) : null}
    </>
  );
}
