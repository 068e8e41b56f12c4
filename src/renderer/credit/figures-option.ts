import type { GlobalToken } from 'antd';
import type { GradeFigures } from '../../contract/centre/credit.ts';
import type { ChartOption } from '../kernel/kit/chart.tsx';

/** Those without a grade stand behind the grades. */
const LAST = ['not-rated', 'pending'];

/** The grades that occur, best first, then what is none. */
export function gradesIn(all: readonly Readonly<Record<string, number>>[]): string[] {
  const names = new Set(all.flatMap((counts) => Object.keys(counts)));
  return [
    ...[...names].filter((name) => !LAST.includes(name)).toSorted(),
    ...LAST.filter((name) => names.has(name)),
  ];
}

/** The darkest stands for the best; a pattern of one colour, as these are counts and not a judgement. */
const SHADES = [1, 0.75, 0.55, 0.35, 0.2];

/** Months as stacked bars, grade by grade. */
export function distributionOption({
  byMonth,
  grades,
  token,
}: {
  byMonth: GradeFigures['byMonth'];
  grades: readonly { name: string; word: string }[];
  token: GlobalToken;
}): ChartOption {
  const text = { color: token.colorTextSecondary, fontFamily: token.fontFamily, fontSize: token.fontSizeSM };
  return {
    grid: { left: 8, right: 24, top: 36, bottom: 8, outerBoundsMode: 'same' },
    legend: { top: 0, textStyle: text },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: byMonth.map(({ month }) => month), axisLabel: text },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: text,
      splitLine: { lineStyle: { color: token.colorSplit } },
    },
    series: grades.map(({ name, word }, place) => ({
      type: 'bar',
      stack: 'grades',
      name: word,
      barMaxWidth: 36,
      itemStyle: LAST.includes(name)
        ? { color: token.colorFillSecondary, borderColor: token.colorBorder }
        : { color: token.colorPrimary, opacity: SHADES[place] ?? 0.15, borderColor: token.colorBgContainer },
      data: byMonth.map(({ counts }) => counts[name] ?? 0),
    })),
  };
}
