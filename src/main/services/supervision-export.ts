import type { Completeness } from '../../contract/rollup.ts';
import type {
  ComparisonSide,
  ExportFile,
  ExportFormat,
  ExportQuery,
  Period,
  QueueFilter,
  QueueItem,
} from '../../contract/workstation/supervision.ts';
import { loadTable } from '../exports/load-report.ts';
import type { ExportMessages } from '../exports/messages/zh-CN.ts';
import { renderPdf } from '../exports/pdf.ts';
import { queueTable } from '../exports/queue-report.ts';
import { shanghaiMinute, type Report, type ReportTable } from '../exports/report.ts';
import { comparisonTable, rollupTables } from '../exports/rollup-report.ts';
import { codeWords, filled, messagesOf, type CodeWord, type ExportLanguage } from '../exports/words.ts';
import { renderXlsx } from '../exports/xlsx.ts';
import { logAccess } from './access-log.ts';
import { requireCapability, todayOf, type CallContext, type StaffSession } from './desk.ts';
import { rollupAnswer } from './rollup.ts';
import { scopeOf } from './scope.ts';
import { readSettings } from './settings.ts';
import { compare } from './supervision-compare.ts';
import { load } from './supervision-load.ts';
import { readQueue } from './supervision-queue.ts';

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
async function localCompleteness({ desk }: CallContext, { local }: ExportMessages): Promise<string> {
  const { sign, waiting, provedAt } = await desk.sync.refresh();
  if (waiting > 0) return filled(local.waiting, { count: waiting });
  return sign === 'proved' && provedAt !== null
    ? filled(local.proved, { at: shanghaiMinute(provedAt) })
    : local.never;
}

const periodText = ({ periodText: wording }: ExportMessages, { from, to }: Period): string =>
  filled(wording, { from, to });

function centreCompleteness(
  messages: ExportMessages,
  {
    completeness,
    generatedAt,
    fetchedAt,
    stale,
  }: Omit<ComparisonSide, 'period'> & { completeness: Completeness },
): string {
  const reported = filled(messages.reported, {
    reported: completeness.reported,
    all: completeness.workstations,
    at: shanghaiMinute(generatedAt),
  });
  return stale ? `${reported}; ${filled(messages.stale, { at: shanghaiMinute(fetchedAt) })}` : reported;
}

async function wholeQueue(
  context: CallContext,
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
  context: CallContext,
  messages: ExportMessages,
  word: CodeWord,
  filter: QueueFilter,
): Promise<Part> {
  const staff = requireCapability(context, 'supervision.read');
  const unitPath = scopeOf(staff, filter.path);
  const { items, total, cut } = await wholeQueue(context, filter);
  const held =
    filter.holder === undefined
      ? messages.anyHolder
      : filter.holder === 'nobody'
        ? messages.nobody
        : filled(messages.holder, {
            name:
              items.find(({ assigned }) => assigned?.staffId === filter.holder)?.assigned?.name ??
              filter.holder,
          });
  return {
    unitPath,
    filter: `${messages.show[filter.show]}; ${held}`,
    period: null,
    completeness: await localCompleteness(context, messages),
    tables: [queueTable(messages, items, context.desk.clock().toISOString(), word)],
    notes: [
      ...(cut ? [filled(messages.cut, { shown: items.length, total: `${total}+` })] : []),
      messages.notes.masked,
      messages.notes.seen,
    ],
  };
}

async function partOf(
  context: CallContext,
  messages: ExportMessages,
  word: CodeWord,
  of: ExportQuery,
): Promise<Part> {
  const staff = requireCapability(context, 'supervision.read');
  switch (of.view) {
    case 'queue':
      return queuePart(context, messages, word, of.filter);
    case 'load': {
      const found = await load(context, of.query);
      return {
        unitPath: found.path,
        filter: null,
        period: periodText(messages, of.query.period),
        completeness: await localCompleteness(context, messages),
        tables: [loadTable(messages, found)],
        notes: [messages.notes.median, messages.notes.seen],
      };
    }
    case 'comparison': {
      const found = await compare(context, of.query);
      const { first, second } = found;
      return {
        unitPath: found.unit.path,
        filter: null,
        period: filled(messages.twoPeriods, {
          first: periodText(messages, first.period),
          second: periodText(messages, second.period),
        }),
        completeness: centreCompleteness(messages, second),
        tables: [comparisonTable(messages, found)],
        notes: [messages.notes.counted],
      };
    }
    case 'rollup': {
      const path = scopeOf(staff, of.path);
      const { view, fetchedAt, stale } = await rollupAnswer(context, { path, ...of.period });
      return {
        unitPath: path,
        filter: null,
        period: periodText(messages, of.period),
        completeness: centreCompleteness(messages, { ...view, fetchedAt, stale }),
        tables: rollupTables(messages, view, word),
        notes: [messages.notes.counted],
      };
    }
  }
}

function reportOf(
  context: CallContext,
  staff: StaffSession,
  language: ExportLanguage,
  view: ExportQuery['view'],
  part: Part,
): Report {
  const { desk } = context;
  const messages = messagesOf(language);
  const { about } = messages;
  const unit = filled(messages.withBelow, { unit: desk.directory.nameOf(part.unitPath) });
  return {
    title: messages.titles[view],
    fileName: `${messages.titles[view]}-${todayOf(desk)}`,
    language,
    about: [
      [about.unit, unit],
      ...(part.filter === null ? [] : [[about.filter, part.filter] as const]),
      ...(part.period === null ? [] : [[about.period, part.period] as const]),
      [about.completeness, part.completeness],
      [about.at, shanghaiMinute(desk.clock().toISOString())],
      [about.by, `${staff.name} (${desk.directory.nameOf(staff.unitPath)})`],
    ],
    tables: part.tables,
    notes: part.notes,
  };
}

/**
 * One view of the supervisor's desk as a file, in the language of the desk: what is on the screen with its filters,
 * unit, period and completeness, when and by whom. Names and phones are masked, and the export is logged first: no
 * file without its entry.
 */
export async function exportView(
  context: CallContext,
  { format, of }: { format: ExportFormat; of: ExportQuery },
): Promise<ExportFile> {
  const staff = requireCapability(context, 'supervision.read');
  const { language } = await readSettings(context);
  const word = codeWords(context.desk.directory.rules(), staff.unitPath, todayOf(context.desk), language);
  const part = await partOf(context, messagesOf(language), word, of);
  const report = reportOf(context, staff, language, of.view, part);
  const rows = part.tables.reduce((sum, table) => sum + table.rows.length, 0);
  await logAccess(context, staff, {
    action: 'export',
    kind: 'supervision',
    id: of.view,
    reason: [format, part.unitPath, part.filter, part.period, `${rows}`]
      .filter((one) => one !== null)
      .join(' | '),
  });
  const at = context.desk.clock().toISOString();
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
