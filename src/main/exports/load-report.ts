import type { Load, LoadFigures } from '../../contract/workstation/supervision.ts';
import type { ExportMessages } from './messages/zh-CN.ts';
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
export function loadTable(messages: ExportMessages, { rows, total }: Load): ReportTable {
  const { columns, headings } = messages;
  return {
    heading: headings.load,
    columns: [
      { title: columns.unit, kind: 'text', width: 24 },
      { title: columns.level, kind: 'text', width: 10 },
      { title: columns.holder, kind: 'text', width: 20 },
      { title: columns.open, kind: 'count', width: 10 },
      { title: columns.overdue, kind: 'count', width: 10 },
      { title: columns.week, kind: 'count', width: 12 },
      { title: columns.closed, kind: 'count', width: 12 },
      { title: columns.median, kind: 'days', width: 12 },
    ],
    rows: [
      ...rows.map((row): Cell[] => [
        row.unitName,
        levelName(messages, row.level),
        row.name ?? messages.nobody,
        ...figures(row),
      ]),
      ...(rows.length > 0 ? [[messages.total, '', '', ...figures(total)]] : []),
    ],
    empty: messages.empty,
    sums: rows.length > 0 ? 1 : 0,
  };
}
