import type { Completeness } from '../../contract/centre/rollup.ts';
import type {
  ComparisonSide,
  ExportFile,
  ExportFormat,
  ExportQuery,
  Period,
  QueueFilter,
  QueueItem,
} from '../../contract/workstation/supervision.ts';
import type { Language } from '../../words/index.ts';
import {
  loadTable,
  renderPdf,
  queueTable,
  markOf,
  shanghaiMinute,
  type Report,
  type ReportTable,
  comparisonTable,
  rollupTables,
  codeWords,
  type CodeWord,
  renderXlsx,
} from '../exports/index.ts';

import { translator, type Translate } from '../kernel/translation/translate.ts';
import { logAccess } from '../kernel/access-log.ts';
import { todayOf, type CallContext, type StaffContext, type StaffSession } from '../kernel/parts.ts';
import { rollupAnswer } from '../rollup/index.ts';
import { compare } from './compare.ts';
import { load } from './load.ts';
import { readQueue } from './queue.ts';

/** A queue of more is narrowed before it is exported; the file says where it was cut. */
const MOST_ROWS = 5000;
const PAGE = 500;

type Part = {
  unitPath: string;
  filter: string | null;
  period: string | null;
  completeness: string;
  tables: ReportTable[];
  notes: string[];
};

/** What the local figures may be taken for: all that is proved, or what still waits. */
async function localCompleteness({ workstation }: CallContext, say: Translate): Promise<string> {
  const { sign, waiting, provedAt } = await workstation.sync.refresh();
  if (waiting > 0) return say('exports:local.waiting', { count: waiting });
  return sign === 'proved' && provedAt !== null
    ? say('exports:local.proved', { at: shanghaiMinute(provedAt) })
    : say('exports:local.never');
}

const periodText = (say: Translate, { from, to }: Period): string =>
  say('exports:text.periodText', { from, to });

function centreCompleteness(
  say: Translate,
  {
    completeness,
    generatedAt,
    fetchedAt,
    stale,
  }: Omit<ComparisonSide, 'period'> & { completeness: Completeness },
): string {
  const reported = say('exports:text.reported', {
    reported: completeness.reported,
    all: completeness.workstations,
    at: shanghaiMinute(generatedAt),
  });
  return stale ? `${reported}; ${say('exports:text.stale', { at: shanghaiMinute(fetchedAt) })}` : reported;
}

async function wholeQueue(
  context: StaffContext,
  filter: QueueFilter,
): Promise<{ items: QueueItem[]; total: number; cut: boolean }> {
  const items: QueueItem[] = [];
  let cursor: string | undefined;
  let total = 0;
  do {
    const page = await readQueue(context, { filter, limit: PAGE, cursor });
    items.push(...page.items);
    total = page.total;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && items.length < MOST_ROWS);
  return { items, total: Math.max(total, items.length), cut: cursor !== undefined };
}

async function queuePart(
  context: StaffContext,
  say: Translate,
  word: CodeWord,
  filter: QueueFilter,
): Promise<Part> {
  const { staff } = context;
  const unitPath = filter.path ?? staff.unitPath;
  const { items, total, cut } = await wholeQueue(context, filter);
  const held =
    filter.holder === undefined
      ? say('exports:text.anyHolder')
      : filter.holder === 'nobody'
        ? say('exports:text.nobody')
        : say('exports:text.holder', {
            name:
              items.find(({ assigned }) => assigned?.staffId === filter.holder)?.assigned?.name ??
              filter.holder,
          });
  return {
    unitPath,
    filter: `${say(`exports:show.${filter.show}`)}; ${held}`,
    period: null,
    completeness: await localCompleteness(context, say),
    tables: [queueTable(say, items, context.workstation.clock().toISOString(), word)],
    notes: [
      ...(cut ? [say('exports:text.cut', { shown: items.length, total: `${total}+` })] : []),
      say('exports:notes.masked'),
      say('exports:notes.seen'),
    ],
  };
}

async function partOf(context: StaffContext, say: Translate, word: CodeWord, of: ExportQuery): Promise<Part> {
  switch (of.view) {
    case 'queue':
      return queuePart(context, say, word, of.filter);
    case 'load': {
      const found = await load(context, of.query);
      return {
        unitPath: found.path,
        filter: null,
        period: periodText(say, of.query.period),
        completeness: await localCompleteness(context, say),
        tables: [loadTable(say, found)],
        notes: [say('exports:notes.median'), say('exports:notes.seen')],
      };
    }
    case 'comparison': {
      const found = await compare(context, of.query);
      const { first, second } = found;
      return {
        unitPath: found.unit.path,
        filter: null,
        period: say('exports:text.twoPeriods', {
          first: periodText(say, first.period),
          second: periodText(say, second.period),
        }),
        completeness: centreCompleteness(say, second),
        tables: [comparisonTable(say, found)],
        notes: [say('exports:notes.counted')],
      };
    }
    case 'rollup': {
      const { view, fetchedAt, stale } = await rollupAnswer(context, { path: of.path, ...of.period });
      return {
        unitPath: of.path,
        filter: null,
        period: periodText(say, of.period),
        completeness: centreCompleteness(say, { ...view, fetchedAt, stale }),
        tables: rollupTables(say, view, word),
        notes: [say('exports:notes.counted')],
      };
    }
  }
}

function reportOf(
  context: CallContext,
  staff: StaffSession,
  language: Language,
  view: ExportQuery['view'],
  part: Part,
): Report {
  const { workstation } = context;
  const say = translator(language);
  const at = workstation.clock().toISOString();
  const unit = say('exports:text.withBelow', { unit: workstation.directory.nameOf(part.unitPath) });
  return {
    title: say(`exports:titles.${view}`),
    fileName: `${say(`exports:titles.${view}`)}-${todayOf(workstation)}`,
    language,
    mark: markOf(staff.name, workstation.directory.nameOf(staff.unitPath), at),
    about: [
      [say('exports:about.unit'), unit],
      ...(part.filter === null ? [] : [[say('exports:about.filter'), part.filter] as const]),
      ...(part.period === null ? [] : [[say('exports:about.period'), part.period] as const]),
      [say('exports:about.completeness'), part.completeness],
      [say('exports:about.at'), shanghaiMinute(at)],
      [say('exports:about.by'), `${staff.name} (${workstation.directory.nameOf(staff.unitPath)})`],
    ],
    tables: part.tables,
    notes: part.notes,
  };
}

/**
 * One view of the supervisor's page as a file, in the language of the workstation: what is on the screen with its filters,
 * unit, period and completeness, when and by whom. Names and phones are masked, and the export is logged first: no
 * file without its entry.
 */
export async function exportView(
  context: StaffContext,
  { format, of }: { format: ExportFormat; of: ExportQuery },
): Promise<ExportFile> {
  const { staff } = context;
  const { language } = context.workstation.settings();
  const word = codeWords(
    context.workstation.directory.rules(),
    staff.unitPath,
    todayOf(context.workstation),
    language,
  );
  const part = await partOf(context, translator(language), word, of);
  const report = reportOf(context, staff, language, of.view, part);
  const rows = part.tables.reduce((sum, table) => sum + table.rows.length, 0);
  await logAccess(context, {
    action: 'export',
    kind: 'supervision',
    id: of.view,
    what: [format, part.unitPath, part.filter, part.period, `${rows}`]
      .filter((one) => one !== null)
      .join(' | '),
  });
  const at = context.workstation.clock().toISOString();
  const bytes = format === 'xlsx' ? await renderXlsx(report) : await renderPdf(report, at);
  return {
    fileName: `${report.fileName.replaceAll(/[\\/:*?"<>|\s]/g, '')}.${format}`,
    mediaType:
      format === 'pdf'
        ? 'application/pdf'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: Buffer.from(bytes).toString('base64'),
  };
}
