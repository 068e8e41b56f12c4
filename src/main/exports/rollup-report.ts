import type { RollupView } from '../../contract/centre/rollup.ts';
import type { ComparedFigures, Comparison, ComparisonRow } from '../../contract/workstation/supervision.ts';
import { ratesOf, type Totals } from '../../domain/rollup/index.ts';
import type { Translate } from '../kernel/translation/translate.ts';
import type { Cell, Column, ReportTable } from './report.ts';
import type { CodeWord } from './words.ts';

function figureColumns(say: Translate): Column[] {
  return [
    { title: say('exports:columns.registeredCount'), kind: 'count', width: 10 },
    { title: say('exports:columns.concluded'), kind: 'count', width: 10 },
    { title: say('exports:columns.settled'), kind: 'count', width: 10 },
    { title: say('exports:columns.rate'), kind: 'share', width: 10 },
    { title: say('exports:columns.escalated'), kind: 'count', width: 10 },
    { title: say('exports:columns.breached'), kind: 'count', width: 10 },
    { title: say('exports:columns.median'), kind: 'days', width: 10 },
    { title: say('exports:columns.recovered'), kind: 'yuan', width: 15 },
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

function nameOf(say: Translate, { unit, kind }: ComparisonRow): string {
  if (kind === 'child') return unit.name;
  return say(kind === 'all' ? 'exports:text.all' : 'exports:text.own', { unit: unit.name });
}

/** Each unit in three lines: both periods, and what changed. */
export function comparisonTable(say: Translate, { rows }: Comparison): ReportTable {
  return {
    heading: say('exports:headings.comparison'),
    columns: [
      { title: say('exports:columns.name'), kind: 'text', width: 24 },
      { title: say('exports:columns.period'), kind: 'text', width: 9 },
      ...figureColumns(say),
    ],
    rows: rows.flatMap((row): Cell[][] => {
      const name = nameOf(say, row);
      const first = row.first === null ? null : cellsOf(row.first);
      const second = row.second === null ? null : cellsOf(row.second);
      const blank = figureColumns(say).map(() => null);
      const change = blank.map((_, place) => {
        const [a, b] = [first?.[place] ?? null, second?.[place] ?? null];
        return a === null || b === null ? null : b - a;
      });
      return [
        [name, say('exports:periods.first'), ...(first ?? blank)],
        [name, say('exports:periods.second'), ...(second ?? blank)],
        [name, say('exports:periods.change'), ...change],
      ];
    }),
    empty: say('exports:text.empty'),
  };
}

/** A unit's roll-up as on its screen: main figures, units below with own and total, and what it is made of. */
export function rollupTables(say: Translate, view: RollupView, word: CodeWord): ReportTable[] {
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
      { title: say('exports:columns.count'), kind: 'count', width: 12 },
      { title: say('exports:columns.settled'), kind: 'count', width: 12 },
      { title: say('exports:columns.rate'), kind: 'share', width: 12 },
      { title: say('exports:columns.recovered'), kind: 'yuan', width: 16 },
    ],
    rows,
    empty: say('exports:text.empty'),
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
      heading: say('exports:headings.figures'),
      columns: [
        { title: say('exports:columns.figure'), kind: 'text', width: 30 },
        { title: say('exports:columns.value'), kind: 'number', width: 14 },
        { title: say('exports:columns.before'), kind: 'number', width: 14 },
      ],
      rows: [
        both(say('exports:figures.registered'), (of) => of.registered),
        both(say('exports:figures.concluded'), (of) => of.concluded),
        both(say('exports:figures.settled'), (of) => of.settled),
        [say('exports:figures.rate'), percent(rates.settlementRate), percent(past.rates.settlementRate)],
        [
          say('exports:figures.source'),
          percent(rates.sourceResolutionRate),
          percent(past.rates.sourceResolutionRate),
        ],
        [say('exports:figures.median'), caseHandling.medianDays, null],
        both(say('exports:figures.escalated'), (of) => of['escalated-out']),
        both(say('exports:figures.breached'), (of) => of['deadline-breached']),
        both(say('exports:figures.granted'), (of) => of['returns-granted']),
        both(say('exports:figures.refused'), (of) => of['returns-refused']),
        both(say('exports:figures.recovered'), (of) => of['recovered-fen'] / 100),
      ],
      empty: say('exports:text.empty'),
    },
    {
      heading: say('exports:headings.children'),
      columns: [
        { title: say('exports:columns.name'), kind: 'text', width: 24 },
        ...figureColumns(say),
        { title: say('exports:columns.granted'), kind: 'count', width: 10 },
        { title: say('exports:columns.refused'), kind: 'count', width: 10 },
        { title: say('exports:columns.complete'), kind: 'text', width: 10 },
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
          say('exports:text.own', { unit: view.unit.name }),
          { totals: view.own, rates: ratesOf(view.own), medianDays: null },
          '',
        ),
        child(
          say('exports:text.total'),
          { totals, rates, medianDays: caseHandling.medianDays },
          `${view.completeness.reported}/${view.completeness.workstations}`,
        ),
      ],
      empty: say('exports:text.empty'),
      sums: 1,
    },
    breakdown(
      say('exports:headings.object'),
      view.byObject.map((one) => line(word('object', one.key), one.totals)),
      say('exports:columns.category'),
    ),
    breakdown(
      say('exports:headings.problem'),
      view.byProblem.map((one) => line(word('problem', one.key), one.totals)),
      say('exports:columns.category'),
    ),
    breakdown(
      say('exports:headings.merchant'),
      view.byMerchant.map((one) => line(one.name ?? say('exports:text.unknownMerchant'), one.totals)),
      say('exports:columns.merchant'),
    ),
  ];
}
