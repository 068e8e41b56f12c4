import type { GlobalToken } from 'antd';
import type { ChartOption } from '../kernel/kit/chart.tsx';
import type { Words } from './words.ts';
import type { Change } from './worsening.ts';

type Shared = { rate: boolean; words: Words; token: GlobalToken };

/** A figure of the chart: a share or a count; a dash where there is none. */
export function sayValue(rate: boolean, words: Words, value: number | null): string {
  if (rate) return words.share(value);
  return value === null ? words.share(null) : words.count(value);
}

/** How a figure moved, signed. */
export function sayChange(
  rate: boolean,
  words: Words,
  { now, before }: { now: number; before: number },
): string {
  return rate ? words.points(now - before) : words.signed(now - before);
}

const GRID = { left: 8, right: 24, top: 12, bottom: 8, outerBoundsMode: 'same' } as const;

const textOf = (token: GlobalToken) => ({
  color: token.colorTextSecondary,
  fontFamily: token.fontFamily,
  fontSize: token.fontSizeSM,
});

/** Units as bars, the worst on top: red is worse, green is better, and the number says how much. */
export function barsOption({ bars, rate, words, token }: Shared & { bars: readonly Change[] }): ChartOption {
  const text = textOf(token);
  return {
    grid: GRID,
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
      axisLabel: { ...text, width: 170, overflow: 'truncate' },
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
          fontSize: token.fontSizeSM,
          formatter: ({ dataIndex }) => {
            const one = bars[dataIndex];
            return one ? sayChange(rate, words, one) : '';
          },
        },
        tooltip: {
          formatter: (parameters) => {
            const one = Array.isArray(parameters) ? undefined : bars[parameters.dataIndex];
            return one ? `${sayValue(rate, words, one.before)} → ${sayValue(rate, words, one.now)}` : '';
          },
        },
      },
    ],
  };
}

/** One figure over the days or months of the period. */
export function trendOption({
  points,
  rate,
  metric,
  words,
  token,
}: Shared & { points: readonly { period: string; value: number | null }[]; metric: string }): ChartOption {
  const text = textOf(token);
  const data = points.map((one) => one.value);
  const itemStyle = { color: token.colorPrimary };
  return {
    grid: GRID,
    tooltip: {
      trigger: 'axis',
      valueFormatter: (value) => sayValue(rate, words, typeof value === 'number' ? value : null),
    },
    xAxis: { type: 'category', data: points.map((one) => one.period), axisLabel: text },
    yAxis: {
      type: 'value',
      minInterval: rate ? 0 : 1,
      ...(rate ? { max: 1 } : {}),
      axisLabel: { ...text, formatter: (value: number) => sayValue(rate, words, value) },
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
            itemStyle,
            data,
          }
        : { type: 'bar', name: metric, barMaxWidth: 28, itemStyle, data },
    ],
  };
}
