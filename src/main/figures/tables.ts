import type { FiguresView } from '../../contract/centre/figures.ts';
import {
  drilledFigure,
  type FinanceFigures,
  type OfficeFigures,
  officeRates,
} from '../../domain/rollup/index.ts';
import type { Cell, Column, ReportTable } from '../exports/index.ts';
import type { Translate } from '../kernel/translation/translate.ts';

const COLUMNS = [
  ['asks', 'count'],
  ['opinions', 'count'],
  ['answeredInTime', 'share'],
  ['opinionDays', 'days'],
  ['incomplete', 'count'],
  ['refused', 'count'],
  ['late', 'count'],
  ['accepted', 'count'],
  ['returned', 'count'],
  ['repliedInTime', 'share'],
  ['medianMinutes', 'days'],
  ['p90Minutes', 'days'],
  ['concluded', 'count'],
  ['averageDays', 'days'],
  ['open', 'count'],
  ['overdue', 'count'],
] as const satisfies readonly (readonly [string, Column['kind']])[];

/** A line of figures, in the order of the columns. */
function cellsOf(figures: OfficeFigures): Cell[] {
  const { counts, replyMinutes, open, overdue } = figures;
  const rates = officeRates(figures);
  const cells: Record<(typeof COLUMNS)[number][0], Cell> = {
    asks: counts.asks,
    opinions: counts.opinions,
    answeredInTime: rates.answeredInTime,
    opinionDays: rates.averageOpinionDays,
    incomplete: counts.opinionsIncomplete,
    refused: counts.opinionsRefused,
    late: drilledFigure(figures, 'opinionsLate'),
    accepted: counts.accepted,
    returned: counts.returned,
    repliedInTime: rates.repliedInTime,
    medianMinutes: replyMinutes.median,
    p90Minutes: replyMinutes.p90,
    concluded: counts.concluded,
    averageDays: rates.averageDays,
    open,
    overdue,
  };
  return COLUMNS.map(([name]) => cells[name]);
}

/** Figures by department, their sum at the end. */
export function departmentTable(say: Translate, { departments, total }: FiguresView): ReportTable {
  const many = departments.length > 1;
  return {
    heading: say('figures:titles.departments'),
    columns: [
      { title: say('figures:columns.department'), kind: 'text', width: 24 },
      ...COLUMNS.map(([name, kind]): Column => ({ title: say(`figures:columns.${name}`), kind, width: 9 })),
      { title: say('figures:columns.reported'), kind: 'text', width: 9 },
    ],
    rows: [
      ...departments.map(({ name, figures, completeness: { reported, workstations } }): Cell[] => [
        name,
        ...cellsOf(figures),
        `${reported}/${workstations}`,
      ]),
      ...(many ? [[say('figures:text.all'), ...cellsOf(total), '']] : []),
    ],
    empty: say('figures:text.empty'),
    sums: many ? 1 : 0,
  };
}

/** What `product` and `category` are called. */
export type Named = (of: 'product' | 'category', key: string) => string;

/** What was lent, by product, by category and by unit, one below the other. */
export function financeTable(say: Translate, { whole, unit }: FiguresView, named: Named): ReportTable | null {
  if (whole === null) return null;
  const { byProduct, byCategory, byUnit, total } = whole.finance;
  const line = (kind: 'product' | 'category' | 'unit', name: string, of: FinanceFigures): Cell[] => [
    say(`figures:finance.${kind}`),
    name,
    of.consents?.given ?? null,
    of.consents?.entered ?? null,
    of.granted,
    of.grantedFen,
    of.drawnFen,
    of.repaidFen,
    of.owedFen,
  ];
  const count = (name: 'consents' | 'entered' | 'granted'): Column => ({
    title: say(`figures:finance.${name}`),
    kind: 'count',
    width: 11,
  });
  const money = (name: 'grantedFen' | 'drawnFen' | 'repaidFen' | 'owedFen'): Column => ({
    title: say(`figures:finance.${name}`),
    kind: 'yuan',
    width: 18,
  });
  return {
    heading: say('figures:titles.finance'),
    columns: [
      { title: say('figures:finance.kind'), kind: 'text', width: 16 },
      { title: say('figures:finance.name'), kind: 'text', width: 26 },
      count('consents'),
      count('entered'),
      count('granted'),
      money('grantedFen'),
      money('drawnFen'),
      money('repaidFen'),
      money('owedFen'),
    ],
    rows: [
      ...byProduct.map(({ key, figures }) => line('product', named('product', key), figures)),
      ...byCategory.map(({ key, figures }) => line('category', named('category', key), figures)),
      ...byUnit.map(({ path, name, figures }) =>
        line('unit', path === unit.path ? say('figures:text.own', { unit: name }) : name, figures),
      ),
      line('unit', say('figures:text.all'), total),
    ],
    empty: say('figures:text.empty'),
    sums: 1,
  };
}
