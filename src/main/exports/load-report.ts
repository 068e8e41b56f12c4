import type { Load, LoadFigures } from '../../contract/workstation/supervision.ts';
import type { Translate } from '../kernel/translation/translate.ts';
import type { Cell, ReportTable } from './report.ts';
import { levelName } from './words.ts';

const figures = (one: LoadFigures): Cell[] => [
  one.open,
  one.overdue,
  one.dueThisWeek,
  one.closed,
  one.medianDays,
];

/** The load as a table, its sum at the end. */
export function loadTable(say: Translate, { rows, total }: Load): ReportTable {
  return {
    heading: say('exports:headings.load'),
    columns: [
      { title: say('exports:columns.unit'), kind: 'text', width: 24 },
      { title: say('exports:columns.level'), kind: 'text', width: 10 },
      { title: say('exports:columns.holder'), kind: 'text', width: 20 },
      { title: say('exports:columns.open'), kind: 'count', width: 10 },
      { title: say('exports:columns.overdue'), kind: 'count', width: 10 },
      { title: say('exports:columns.week'), kind: 'count', width: 12 },
      { title: say('exports:columns.closed'), kind: 'count', width: 12 },
      { title: say('exports:columns.median'), kind: 'days', width: 12 },
    ],
    rows: [
      ...rows.map((row): Cell[] => [
        row.unitName,
        levelName(say, row.level),
        row.name ?? say('exports:text.nobody'),
        ...figures(row),
      ]),
      ...(rows.length > 0 ? [[say('exports:text.total'), '', '', ...figures(total)]] : []),
    ],
    empty: say('exports:text.empty'),
    sums: rows.length > 0 ? 1 : 0,
  };
}
