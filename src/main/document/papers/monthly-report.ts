import { hash } from 'node:crypto';
import type { FiguresView } from '../../../contract/centre/figures.ts';
import { verificationCode } from '../../../domain/document/printed-code.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { formatYuan } from '../../../domain/kernel/text/index.ts';
import type { RestorationSettings } from '../../../domain/restoration/index.ts';
import { drilledFigure, type OfficeFigures, officeRates } from '../../../domain/rollup/index.ts';
import { loadFonts, printable } from './fonts.ts';
import { bytesOf, openSheet, pagesOf } from './frame.ts';
import { MONTHLY_SECTIONS, type ReportLine, type ReportSection, valueOf } from './monthly-sections.zh-CN.ts';
import { monthlyWords as words } from './monthly-words.zh-CN.ts';
import { INK, QUIET, type Sheet } from './sheet.ts';
import { group, ornament, text } from './tags.ts';

/** All that the report of a district, or of a unit below it, says. */
export type MonthlyReport = {
  view: FiguresView & { whole: NonNullable<FiguresView['whole']> };
  /** Limits under which the period was worked. */
  limits: RestorationSettings['limits'];
  organisation: string;
  /** `2026-11` where it is that month; null for other days. */
  month: string | null;
  /** The day of the print, and the instant of compiling on Shanghai's clock: `2026-11-30 10:05`. */
  day: string;
  compiledAt: string;
  /** When the copy was fetched, where the centre could not be reached. */
  staleSince: string | null;
};

const SIDES = { top: 34, bottom: 40, left: 34, right: 34 };
const HEAD_SIZE = 7;
/** Rows are as high as leaves room for all of them on the page, and for what stands below, within these; the head is as high as this. */
const ROW = { most: 14, least: 9, head: 21 };

type Column = keyof typeof words.head;
const COLUMNS: readonly (readonly [Column, share: number])[] = [
  ['department', 0.225],
  ['asks', 0.05],
  ['opinions', 0.05],
  ['answeredInTime', 0.085],
  ['opinionDays', 0.085],
  ['incomplete', 0.05],
  ['refused', 0.055],
  ['late', 0.05],
  ['accepted', 0.05],
  ['repliedInTime', 0.085],
  ['reply', 0.1],
  ['open', 0.05],
  ['overdue', 0.065],
];

const number = (value: number | null, places = 0): string =>
  value === null
    ? words.none
    : new Intl.NumberFormat('zh-CN', { minimumFractionDigits: places, maximumFractionDigits: places }).format(
        value,
      );
const percent = (value: number | null): string =>
  value === null ? words.none : `${number(value * 100, 1)}%`;

function cellsOf(name: string, figures: OfficeFigures): Record<Column, string> {
  const { counts, replyMinutes, open, overdue } = figures;
  const rates = officeRates(figures);
  return {
    department: name,
    asks: number(counts.asks),
    opinions: number(counts.opinions),
    answeredInTime: percent(rates.answeredInTime),
    opinionDays: number(rates.averageOpinionDays, 1),
    incomplete: number(counts.opinionsIncomplete),
    refused: number(counts.opinionsRefused),
    late: number(drilledFigure(figures, 'opinionsLate')),
    accepted: number(counts.accepted),
    repliedInTime: percent(rates.repliedInTime),
    reply: counts.replies === 0 ? words.none : `${number(replyMinutes.median)}／${number(replyMinutes.p90)}`,
    open: number(open),
    overdue: number(overdue),
  };
}

function said({ unit, formula }: Pick<ReportLine, 'unit' | 'formula'>, value: number | null): string {
  const tail = formula === undefined ? '' : words.formula(formula);
  if (value === null) return `${words.none}${tail}`;
  switch (unit.as) {
    case 'yuan':
      return `¥${formatYuan(value)}${tail}`;
    case 'share':
      return `${percent(value)}${tail}`;
    case 'average':
      return `${number(value, 1)} ${unit.word}${tail}`;
    case 'count':
      return `${number(value)} ${unit.word}${tail}`;
  }
}

/** The sections that this release counts, each line as it is printed. */
export function sectionsOf(
  { whole }: Pick<MonthlyReport['view'], 'whole'>,
  sections: readonly ReportSection[] = MONTHLY_SECTIONS,
): { heading: string; lines: { label: string; said: string }[] }[] {
  const totals = { period: whole.totals, toDate: whole.toDate };
  const own = sections.map(({ heading, lines }, place) => ({
    heading,
    lines: [
      // Merchants counted once each are no sum of a metric; they belong to what was repaired.
      ...(place === 0
        ? [
            {
              label: words.enterprises.label,
              said: said(
                { unit: { as: 'count', word: words.enterprises.word }, formula: words.enterprises.formula },
                whole.enterprises,
              ),
            },
          ]
        : []),
      ...lines.flatMap((line) => {
        const value = valueOf(line, totals);
        return value === undefined ? [] : [{ label: line.label, said: said(line, value) }];
      }),
    ],
  }));
  return own
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines }, place) => ({ heading: words.section(place, heading), lines }));
}

/** A text in one line of a cell, smaller where it is too long; nothing is cut. */
function fit(sheet: Sheet, font: 'regular' | 'bold', size: number, value: string, width: number): void {
  let at = size;
  sheet.font(font, at);
  while (at > 4 && sheet.widthOfString(value) > width) sheet.font(font, (at -= 0.25));
}

function drawDepartments(sheet: Sheet, report: MonthlyReport, clean: (value: string) => string): void {
  const { view } = report;
  const width = sheet.page.width - SIDES.left - SIDES.right;
  const rows = view.departments.map(({ name, figures }) => cellsOf(clean(name), figures));
  const below =
    rowsOfSections(sheet, report).reduce((sum, one) => sum + one.height, 0) + notesHeight(sheet, report);
  const room = sheet.page.height - SIDES.bottom - sheet.y - ROW.head - below;
  const height = Math.max(ROW.least, Math.min(ROW.most, room / (rows.length + 1)));
  const size = Math.min(8.5, height * 0.64);
  let x = SIDES.left;
  const columns = COLUMNS.map(([name, share]) => {
    const at = x;
    x += share * width;
    return { name, x: at, width: share * width, align: name === 'department' ? 'left' : 'right' } as const;
  });
  const cell = (
    tag: 'TH' | 'TD',
    value: string,
    column: (typeof columns)[number],
    look: { font: 'regular' | 'bold'; size: number; top: number; color: string },
  ): void =>
    text(sheet, tag, () => {
      fit(sheet, look.font, look.size, value, column.width - 4);
      sheet.fillColor(look.color).text(value, column.x + 2, look.top, {
        width: column.width - 4,
        align: column.align,
        lineBreak: false,
      });
    });
  const rule = (y: number, weight: number): void =>
    ornament(sheet, () =>
      sheet
        .moveTo(SIDES.left, y)
        .lineTo(SIDES.left + width, y)
        .lineWidth(weight)
        .strokeColor(weight > 0.4 ? INK : QUIET)
        .stroke(),
    );
  const head = (): void => {
    const top = sheet.y;
    rule(top, 0.8);
    group(sheet, 'TR', () => {
      for (const column of columns) {
        const [title = '', formula = ''] = words.head[column.name];
        cell('TH', title, column, { font: 'bold', size: HEAD_SIZE, top: top + 3, color: INK });
        if (formula !== '')
          cell('TH', formula, column, { font: 'regular', size: 5.6, top: top + 12.5, color: QUIET });
      }
    });
    sheet.y = top + ROW.head;
    rule(sheet.y, 0.8);
  };
  const row = (cells: Record<Column, string>, font: 'regular' | 'bold'): void => {
    if (sheet.y + height > sheet.page.height - SIDES.bottom) {
      sheet.addPage();
      sheet.y = SIDES.top;
      head();
    }
    const { y } = sheet;
    group(sheet, 'TR', () => {
      for (const column of columns)
        cell('TD', cells[column.name], column, {
          font,
          size,
          top: y + (height - size * 1.3) / 2,
          color: INK,
        });
    });
    sheet.y = y + height;
    rule(sheet.y, font === 'bold' ? 0.8 : 0.3);
  };
  group(sheet, 'Table', () => {
    head();
    for (const one of rows) row(one, 'regular');
    row(cellsOf(words.all, view.total), 'bold');
  });
}

type Section = ReturnType<typeof sectionsOf>[number];

/** How wide a section is of the two that stand side by side. */
const sectionWidth = (sheet: Sheet): number => (sheet.page.width - SIDES.left - SIDES.right - 16) / 2;

/** Sections in rows of two, and how high each row is. */
function rowsOfSections(sheet: Sheet, report: MonthlyReport): { pair: Section[]; height: number }[] {
  const width = sectionWidth(sheet);
  const sections = sectionsOf(report.view);
  sheet.font('regular', 8);
  const heightOf = ({ lines }: Section): number =>
    lines.reduce((sum, line) => sum + sheet.heightOfString(lineOf(line), { width, lineGap: 1 }) + 1, 18);
  const rows: { pair: Section[]; height: number }[] = [];
  for (let place = 0; place < sections.length; place += 2) {
    const pair = sections.slice(place, place + 2);
    rows.push({ pair, height: Math.max(...pair.map(heightOf)) + 2 });
  }
  return rows;
}

function drawSections(sheet: Sheet, report: MonthlyReport, clean: (value: string) => string): void {
  const width = sectionWidth(sheet);
  for (const { pair, height } of rowsOfSections(sheet, report)) {
    turnFor(sheet, height);
    const top = sheet.y + 7;
    pair.forEach(({ heading, lines }, nth) => {
      const x = SIDES.left + nth * (width + 16);
      group(sheet, 'Sect', () => {
        text(sheet, 'H2', () =>
          sheet.font('bold', 9.5).fillColor(INK).text(clean(heading), x, top, { width }),
        );
        sheet.y += 1;
        for (const line of lines) {
          text(sheet, 'P', () =>
            sheet
              .font('regular', 8)
              .fillColor(INK)
              .text(clean(lineOf(line)), x, sheet.y, { width, lineGap: 1 }),
          );
          sheet.y += 1;
        }
      });
    });
    sheet.y = top - 7 + height;
    sheet.x = SIDES.left;
  }
}

/** Begins a new page unless so much still fits on this one. */
function turnFor(sheet: Sheet, height: number): void {
  if (sheet.y + height <= sheet.page.height - SIDES.bottom) return;
  sheet.addPage();
  sheet.y = SIDES.top;
}

const lineOf = ({ label, said: value }: { label: string; said: string }): string =>
  `${label}${words.colon}${value}`;

const MOST_NAMED = 8;

/** Which departments have not reported, and how many workstations of all have. */
function completenessOf({ view }: MonthlyReport): string {
  const all = [view.whole.completeness, ...view.departments.map(({ completeness }) => completeness)];
  const sum = (of: (one: (typeof all)[number]) => number): number => all.reduce((to, one) => to + of(one), 0);
  const workstations = sum((one) => one.workstations);
  const reported = sum((one) => one.reported);
  if (reported === workstations) return words.complete(workstations);
  const missing = view.departments
    .filter(({ completeness }) => completeness.reported < completeness.workstations)
    .map(({ name }) => name);
  const named = missing.slice(0, MOST_NAMED).join('、') || words.noneMissing;
  const more = missing.length - MOST_NAMED;
  return words.incomplete(reported, workstations, more > 0 ? words.more(named, more) : named);
}

/** What a reader has to know beside the figures. */
function notesOf(report: MonthlyReport): string[] {
  const { reply, opinion, opinionGsxt } = report.limits;
  const { to } = report.view;
  const compiledOn = report.compiledAt.slice(0, 10);
  return [
    completenessOf(report),
    ...(report.staleSince === null ? [] : [words.stale(report.staleSince)]),
    ...(to >= compiledOn ? [words.running(compiledOn)] : []),
    words.reply(reply.officeMinutes),
    words.opinion(opinion.workingDays, opinionGsxt.workingDays),
  ];
}

const noteWidth = (sheet: Sheet) => ({ width: sheet.page.width - SIDES.left - SIDES.right, lineGap: 1 });

function notesHeight(sheet: Sheet, report: MonthlyReport): number {
  sheet.font('regular', 7);
  return notesOf(report).reduce((sum, note) => sum + sheet.heightOfString(note, noteWidth(sheet)) + 1, 8);
}

function drawNotes(sheet: Sheet, report: MonthlyReport, clean: (value: string) => string): void {
  turnFor(sheet, notesHeight(sheet, report));
  sheet.y += 4;
  for (const note of notesOf(report)) {
    text(sheet, 'P', () =>
      sheet.font('regular', 7).fillColor(QUIET).text(clean(note), SIDES.left, sheet.y, noteWidth(sheet)),
    );
    sheet.y += 1;
  }
}

/** The report as a PDF of one A4 page, for some forty departments; of more it goes on. The same input gives the same bytes. */
export async function drawMonthlyReport(
  report: MonthlyReport,
): Promise<{ bytes: Uint8Array; pages: number; title: string }> {
  const { view, organisation, month, day, compiledAt } = report;
  const fonts = await loadFonts(JSON.stringify([report, MONTHLY_SECTIONS, words]));
  const clean = (value: string): string => printable(value, fonts);
  const period = month === null ? words.days(view.from, view.to) : words.month(month);
  const title = clean(`${view.unit.name}${month === null ? words.titleOfDays : words.title}`);
  const sheet = await openSheet(
    fonts,
    { title, number: period, day, documentId: null },
    { layout: 'portrait', margins: SIDES },
  );
  const across = { width: sheet.page.width - SIDES.left - SIDES.right, align: 'center' } as const;
  text(sheet, 'H1', () => sheet.font('bold', 15).fillColor(INK).text(title, SIDES.left, sheet.y, across));
  sheet.y += 2;
  text(sheet, 'P', () =>
    sheet
      .font('regular', 8.5)
      .fillColor(QUIET)
      .text(words.about(period, compiledAt), SIDES.left, sheet.y, across),
  );
  sheet.y += 5;
  text(sheet, 'H2', () =>
    sheet.font('bold', 9.5).fillColor(INK).text(words.departments, SIDES.left, sheet.y),
  );
  sheet.y += 3;
  drawDepartments(sheet, report, clean);
  drawSections(sheet, report, clean);
  drawNotes(sheet, report, clean);
  foot(sheet, clean(organisation), verificationCode(hash('sha256', canonicalJson(report))));
  const pages = pagesOf(sheet);
  return { bytes: await bytesOf(sheet), pages, title };
}

function foot(sheet: Sheet, organisation: string, code: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    sheet.switchToPage(index);
    sheet.page.margins.bottom = 0;
    const across = { width: sheet.page.width - SIDES.left - SIDES.right, lineBreak: false };
    const top = sheet.page.height - 26;
    ornament(sheet, () => {
      sheet
        .font('regular', 7.5)
        .fillColor(QUIET)
        .text(`${words.foot(organisation)}${code}`, SIDES.left, top, across);
      sheet.text(`${index - start + 1} / ${count}`, SIDES.left, top, { ...across, align: 'right' });
    });
  }
}
