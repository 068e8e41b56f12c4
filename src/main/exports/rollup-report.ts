import type { RollupView } from '../../contract/rollup.ts';
import type { ComparedFigures, Comparison, ComparisonRow } from '../../contract/workstation/supervision.ts';
import { ratesOf, type Totals } from '../../domain/rollup/metrics.ts';
import type { ExportMessages } from './messages/zh-CN.ts';
import type { Cell, Column, ReportTable } from './report.ts';
import { filled, type CodeWord } from './words.ts';

function figureColumns({ columns }: ExportMessages): Column[] {
  return [
    { title: columns.registeredCount, kind: 'count', width: 10 },
    { title: columns.concluded, kind: 'count', width: 10 },
    { title: columns.settled, kind: 'count', width: 10 },
    { title: columns.rate, kind: 'share', width: 10 },
    { title: columns.escalated, kind: 'count', width: 10 },
    { title: columns.breached, kind: 'count', width: 10 },
    { title: columns.median, kind: 'days', width: 10 },
    { title: columns.recovered, kind: 'yuan', width: 15 },
  ];
}

function cellsOf({ totals, rates, medianDays }: ComparedFigures): (number | null)[] {
  return [
    totals.registered,
    totals.concluded,
    totals.settled,
    rates?.settlementRate ?? null,
    totals['escalated-out'],
    totals['deadline-breached'],
    medianDays,
    totals['recovered-fen'],
  ];
}

function nameOf(messages: ExportMessages, { unit, kind }: ComparisonRow): string {
  if (kind === 'child') return unit.name;
  return filled(kind === 'all' ? messages.all : messages.own, { unit: unit.name });
}

/** Each unit in three lines: both periods, and what changed. */
export function comparisonTable(messages: ExportMessages, { rows }: Comparison): ReportTable {
  const { columns, headings, periods } = messages;
  return {
    heading: headings.comparison,
    columns: [
      { title: columns.name, kind: 'text', width: 24 },
      { title: columns.period, kind: 'text', width: 9 },
      ...figureColumns(messages),
    ],
    rows: rows.flatMap((row): Cell[][] => {
      const name = nameOf(messages, row);
      const first = row.first === null ? null : cellsOf(row.first);
      const second = row.second === null ? null : cellsOf(row.second);
      const blank = figureColumns(messages).map(() => null);
      const change = blank.map((_, place) => {
        const [a, b] = [first?.[place] ?? null, second?.[place] ?? null];
        return a === null || b === null ? null : b - a;
      });
      return [
        [name, periods.first, ...(first ?? blank)],
        [name, periods.second, ...(second ?? blank)],
        [name, periods.change, ...change],
      ];
    }),
    empty: messages.empty,
  };
}

/** A unit's roll-up as on its screen: main figures, units below with own and total, and what it is made of. */
export function rollupTables(messages: ExportMessages, view: RollupView, word: CodeWord): ReportTable[] {
  const { columns, headings, figures, empty } = messages;
  const { totals, rates, caseHandling } = view.all;
  const past = view.before;
  const percent = (share: number | null): number | null =>
    share === null ? null : Math.round(share * 1000) / 10;
  const both = (label: string, of: (totals: Totals) => number): Cell[] => [
    label,
    of(totals),
    of(past.totals),
  ];
  const breakdown = (heading: string, rows: Cell[][], title: string): ReportTable => ({
    heading,
    columns: [
      { title, kind: 'text', width: 28 },
      { title: columns.count, kind: 'count', width: 12 },
      { title: columns.settled, kind: 'count', width: 12 },
      { title: columns.rate, kind: 'share', width: 12 },
      { title: columns.recovered, kind: 'yuan', width: 16 },
    ],
    rows,
    empty,
  });
  const line = (name: string, of: Totals): Cell[] => [
    name,
    of.registered,
    of.settled,
    ratesOf(of).settlementRate,
    of['recovered-fen'],
  ];
  const child = (name: string, one: ComparedFigures, reported: string): Cell[] => [
    name,
    ...cellsOf(one),
    one.totals['returns-granted'],
    one.totals['returns-refused'],
    reported,
  ];
  return [
    {
      heading: headings.figures,
      columns: [
        { title: columns.figure, kind: 'text', width: 30 },
        { title: columns.value, kind: 'number', width: 14 },
        { title: columns.before, kind: 'number', width: 14 },
      ],
      rows: [
        both(figures.registered, (of) => of.registered),
        both(figures.concluded, (of) => of.concluded),
        both(figures.settled, (of) => of.settled),
        [figures.rate, percent(rates.settlementRate), percent(past.rates.settlementRate)],
        [figures.source, percent(rates.sourceResolutionRate), percent(past.rates.sourceResolutionRate)],
        [figures.median, caseHandling.medianDays, null],
        both(figures.escalated, (of) => of['escalated-out']),
        both(figures.breached, (of) => of['deadline-breached']),
        both(figures.granted, (of) => of['returns-granted']),
        both(figures.refused, (of) => of['returns-refused']),
        both(figures.recovered, (of) => of['recovered-fen'] / 100),
      ],
      empty,
    },
    {
      heading: headings.children,
      columns: [
        { title: columns.name, kind: 'text', width: 24 },
        ...figureColumns(messages),
        { title: columns.granted, kind: 'count', width: 10 },
        { title: columns.refused, kind: 'count', width: 10 },
        { title: columns.complete, kind: 'text', width: 10 },
      ],
      rows: [
        ...view.children.map(({ name, caseHandling: handling, completeness, ...one }) =>
          child(
            name,
            { totals: one.totals, rates: one.rates, medianDays: handling.medianDays },
            `${completeness.reported}/${completeness.workstations}`,
          ),
        ),
        child(
          filled(messages.own, { unit: view.unit.name }),
          { totals: view.own, rates: ratesOf(view.own), medianDays: null },
          '',
        ),
        child(
          messages.total,
          { totals, rates, medianDays: caseHandling.medianDays },
          `${view.completeness.reported}/${view.completeness.workstations}`,
        ),
      ],
      empty,
      sums: 1,
    },
    breakdown(
      headings.object,
      view.byObject.map((one) => line(word('object', one.key), one.totals)),
      columns.category,
    ),
    breakdown(
      headings.problem,
      view.byProblem.map((one) => line(word('problem', one.key), one.totals)),
      columns.category,
    ),
    breakdown(
      headings.merchant,
      view.byMerchant.map((one) => line(one.name ?? messages.unknownMerchant, one.totals)),
      columns.merchant,
    ),
  ];
}
