import type { Totals } from '../../../domain/rollup/index.ts';

/** How a value is written: a count with its measure word, fen as yuan, a share as a percentage, an average with one place. */
export type LineUnit = { as: 'count' | 'average'; word: string } | { as: 'yuan' } | { as: 'share' };

/**
 * One line of the report: metrics by their names, added (`plus`) and taken away (`minus`), divided by others (`per`) where it is a rate, whose
 * formula is printed beside it. `of` says whether the period counts or all days up to its end, as for a balance. A line of which this
 * release counts a metric not at all is left out, and a section without lines too: what is not counted is not printed as nothing.
 */
export type ReportLine = {
  label: string;
  of: 'period' | 'to-date';
  unit: LineUnit;
  plus: readonly string[];
  minus?: readonly string[];
  per?: readonly string[];
  formula?: string;
};
export type ReportSection = { heading: string; lines: readonly ReportLine[] };

const PIECES: LineUnit = { as: 'count', word: '件' };
const RECORDS: LineUnit = { as: 'count', word: '项' };
const TIMES: LineUnit = { as: 'count', word: '次' };

const counted = (label: string, metric: string, unit: LineUnit): ReportLine => ({
  label,
  of: 'period',
  unit,
  plus: [metric],
});

/** What goes up and down: the sum of all days up to the end of the period. */
const standing = (label: string, metric: string, unit: LineUnit): ReportLine => ({
  label,
  of: 'to-date',
  unit,
  plus: [metric],
});

/** What the monthly report says beside the departments, in this order. A capability that counts something adds its section here. */
export const MONTHLY_SECTIONS: readonly ReportSection[] = [
  {
    heading: '信用修复',
    lines: [
      counted('收到申请', 'restorations-filed', PIECES),
      counted('受理', 'restorations-accepted', PIECES),
      counted('办结', 'restorations-concluded', PIECES),
      {
        label: '平均办理',
        of: 'period',
        unit: { as: 'average', word: '个工作日' },
        plus: ['restoration-days'],
        per: ['restorations-concluded'],
        formula: '自收到至出结果的工作日 ÷ 办结件数',
      },
      counted('修复', 'restoration-matters-repaired', RECORDS),
      counted('不予修复', 'restoration-matters-refused', RECORDS),
      counted('提出异议', 'restoration-objections', PIECES),
    ],
  },
  {
    heading: '信用金融',
    lines: [
      counted('授权', 'consents-given', { as: 'count', word: '份' }),
      counted('凭授权查询', 'consented-disclosures', TIMES),
      counted('列入白名单', 'whitelist-entered', { as: 'count', word: '家' }),
      counted('授信', 'credit-lines-granted', { as: 'count', word: '笔' }),
      counted('授信金额', 'credit-lines-granted-fen', { as: 'yuan' }),
      counted('发放融资', 'credit-lines-drawn-fen', { as: 'yuan' }),
      {
        label: '期末余额',
        of: 'to-date',
        unit: { as: 'yuan' },
        plus: ['credit-lines-drawn-fen'],
        minus: ['credit-lines-repaid-fen'],
      },
    ],
  },
  {
    heading: '明码实价街区',
    lines: [
      counted('街区巡查', 'street-patrols', TIMES),
      counted('巡查商户', 'street-shops-patrolled', { as: 'count', word: '家次' }),
      {
        label: '巡查不符合率',
        of: 'period',
        unit: { as: 'share' },
        plus: ['street-items-missed'],
        per: ['street-items-checked'],
        formula: '不符合项 ÷ 检查项',
      },
      standing('期末在挂牌匾', 'plaques-in-force', { as: 'count', word: '块' }),
    ],
  },
  {
    heading: '信用联盟与爱心基金',
    lines: [
      standing('期末联盟商户', 'alliance-shops', { as: 'count', word: '家' }),
      standing('期末优惠', 'alliance-discounts', RECORDS),
      counted('使用优惠', 'alliance-used', TIMES),
      counted('捐入', 'charity-donated-fen', { as: 'yuan' }),
      counted('支出', 'charity-paid-fen', { as: 'yuan' }),
      standing('期末基金余额', 'charity-balance-fen', { as: 'yuan' }),
    ],
  },
];

type Counted = Readonly<Record<string, number>>;

/** What a line comes to; null for a rate of nothing. Undefined where this release does not count what it is made of. */
export function valueOf(
  { of, plus, minus = [], per }: ReportLine,
  totals: { period: Totals; toDate: Totals },
): number | null | undefined {
  const counts: Counted = of === 'period' ? totals.period : totals.toDate;
  if ([...plus, ...minus, ...(per ?? [])].some((metric) => !Object.hasOwn(counts, metric))) return undefined;
  const sum = (metrics: readonly string[]): number =>
    metrics.reduce((all, metric) => all + (counts[metric] ?? 0), 0);
  const value = sum(plus) - sum(minus);
  if (per === undefined) return value;
  const whole = sum(per);
  return whole > 0 ? value / whole : null;
}
