import type { FiguresQuery, FiguresView } from '../../contract/centre/figures.ts';
import type { ExportFile, ExportFormat } from '../../contract/workstation/supervision.ts';
import { formatYuan } from '../../domain/kernel/text/index.ts';
import { settingsOn } from '../../domain/restoration/index.ts';
import { officeRates } from '../../domain/rollup/index.ts';
import { codeWords, markOf, renderPdf, renderXlsx, type Report, shanghaiMinute } from '../exports/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { type Translate, translator } from '../kernel/translation/translate.ts';
import { figuresAnswer } from './answer.ts';
import { departmentTable, financeTable, type Named } from './tables.ts';

/** Up to when workstations have reported: those below the unit, and those of the departments. */
function completenessOf(say: Translate, view: FiguresView, stale: string | null): string {
  const offices = view.departments.map(({ completeness }) => completeness);
  const sum = (of: (one: (typeof offices)[number]) => number): number =>
    offices.reduce((all, one) => all + of(one), 0);
  const departments = say('figures:text.departments', {
    reported: sum(({ reported }) => reported),
    all: sum(({ workstations }) => workstations),
  });
  const below = view.whole?.completeness;
  return [
    ...(below === undefined
      ? []
      : [
          say('exports:text.reported', {
            reported: below.reported,
            all: below.workstations,
            at: shanghaiMinute(view.generatedAt),
          }),
        ]),
    departments,
    ...(stale === null ? [] : [say('exports:text.stale', { at: shanghaiMinute(stale) })]),
  ].join('; ');
}

/** What a reader has to know beside the tables: how each rate is worked out, under the limits of that day. */
function notesOf(say: Translate, day: string): string[] {
  const { reply, opinion, opinionGsxt } = settingsOn(day).limits;
  return [
    say('figures:notes.reply', { minutes: reply.officeMinutes }),
    say('figures:notes.opinion', { days: opinion.workingDays, gsxt: opinionGsxt.workingDays }),
    say('figures:notes.days'),
    say('figures:notes.now'),
    say('exports:notes.counted'),
  ];
}

function summaryOf(say: Translate, { unit, total, whole }: FiguresView): string | null {
  if (whole === null) return null;
  const days = officeRates(total).averageDays;
  return say('figures:text.summary', {
    unit: unit.name,
    enterprises: whole.enterprises,
    days: days === null ? '—' : Math.round(days * 10) / 10,
    drawn: formatYuan(whole.finance.total.drawnFen),
  });
}

/** The figures of a unit or a department as a file, in the language of the workstation; it is booked before it is made. */
export async function exportFigures(
  context: StaffContext,
  { format, of }: { format: ExportFormat; of: FiguresQuery },
): Promise<ExportFile> {
  const { workstation, staff } = context;
  const { language } = workstation.settings();
  const say = translator(language);
  const { view, fetchedAt, stale, products } = await figuresAnswer(context, of);
  const today = todayOf(workstation);
  const word = codeWords(workstation.directory.rules(), of.path, today, language);
  const named: Named = (kind, key) =>
    kind === 'category'
      ? word('merchantCategory', key)
      : (products[key]?.[language === 'en' ? 'en' : 'zh'] ?? key);
  const finance = financeTable(say, view, named);
  const tables = [departmentTable(say, view), ...(finance === null ? [] : [finance])];
  const at = workstation.clock().toISOString();
  const title = say('figures:titles.file');
  const summary = summaryOf(say, view);
  const period = say('exports:text.periodText', of);
  await logAccess(context, {
    action: 'export',
    kind: 'supervision',
    id: 'figures',
    what: [format, of.path, period, String(view.departments.length)].join(' | '),
  });
  const report: Report = {
    title,
    fileName: `${title}-${today}`,
    language,
    mark: markOf(staff.name, workstation.directory.nameOf(staff.unitPath), at),
    about: [
      [say('exports:about.unit'), summary ?? view.unit.name],
      [say('exports:about.period'), period],
      [say('exports:about.completeness'), completenessOf(say, view, stale ? fetchedAt : null)],
      [say('exports:about.at'), shanghaiMinute(at)],
      [say('exports:about.by'), `${staff.name} (${workstation.directory.nameOf(staff.unitPath)})`],
    ],
    tables,
    notes: notesOf(say, of.to),
  };
  const bytes = format === 'xlsx' ? await renderXlsx(report) : await renderPdf(report, at);
  return {
    fileName: `${report.fileName}.${format}`,
    mediaType:
      format === 'pdf'
        ? 'application/pdf'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: Buffer.from(bytes).toString('base64'),
  };
}
