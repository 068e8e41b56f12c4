import type { AccessEntry, AccessFilter } from '../../contract/workstation/access.ts';
import type { ExportFile, ExportFormat } from '../../contract/workstation/supervision.ts';
import { renderPdf, renderXlsx, markOf, shanghaiMinute, type Report } from '../exports/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { todayOf, type StaffContext } from '../kernel/parts.ts';
import { translator, type Translate } from '../kernel/translation/translate.ts';

/** A list of more is narrowed before it is exported; the file says where it was cut. */
const MOST_ROWS = 5000;
const PAGE = 200;

type Page = { items: AccessEntry[]; cursor: string | null };

/** Who looked at whose data as a file, in the language of the workstation; it is booked before it is made. */
export async function exportAccesses(
  context: StaffContext,
  { format, filter }: { format: ExportFormat; filter: AccessFilter },
  read: (page: { limit: number; cursor?: string }) => Promise<Page>,
): Promise<ExportFile> {
  const { workstation, staff } = context;
  const { language } = workstation.settings();
  const say = translator(language);
  const items: AccessEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && items.length < MOST_ROWS);
  const narrowed = [
    filter.unitPath === undefined ? say('access:file.all') : workstation.directory.nameOf(filter.unitPath),
    items.find(({ staffId }) => staffId === filter.staffId)?.staffName ?? filter.staffId,
    filter.from === undefined && filter.to === undefined
      ? undefined
      : `${filter.from ?? ''}–${filter.to ?? ''}`,
  ].filter((part) => part !== undefined);
  const what = [format, ...narrowed, String(items.length)].join(' | ');
  await logAccess(context, { action: 'export', kind: 'access', id: 'list', what });
  const at = workstation.clock().toISOString();
  const title = say('access:file.title');
  const report: Report = {
    title,
    fileName: `${title}-${todayOf(workstation)}`,
    language,
    mark: markOf(staff.name, workstation.directory.nameOf(staff.unitPath), at),
    about: [
      [say('access:file.filter'), narrowed.join(' · ')],
      [say('exports:about.at'), shanghaiMinute(at)],
      [say('exports:about.by'), `${staff.name} (${workstation.directory.nameOf(staff.unitPath)})`],
    ],
    tables: [tableOf(say, items)],
    notes: [
      ...(cursor === undefined ? [] : [say('access:file.cut', { shown: items.length })]),
      say('access:file.notes'),
    ],
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

function tableOf(say: Translate, items: readonly AccessEntry[]): Report['tables'][number] {
  return {
    heading: say('access:file.title'),
    columns: [
      { title: say('access:file.at'), kind: 'instant', width: 17 },
      { title: say('access:file.by'), kind: 'text', width: 12 },
      { title: say('access:file.unit'), kind: 'text', width: 18 },
      { title: say('access:file.action'), kind: 'text', width: 16 },
      { title: say('access:file.record'), kind: 'text', width: 24 },
      { title: say('access:file.what'), kind: 'text', width: 28 },
      { title: say('access:file.reason'), kind: 'text', width: 28 },
    ],
    rows: items.map((one) => [
      one.at,
      one.staffName,
      one.unitName,
      say(`access:action.${one.action}`),
      [roomWord(say, one.record.kind), one.title].filter((part) => part !== null).join(' '),
      one.what === null ? null : paperWords(say, one.what),
      one.reason,
    ]),
    empty: say('access:file.empty'),
  };
}

const ROOMS = [
  'case',
  'return',
  'merchant',
  'credit',
  'supervision',
  'inspection',
  'access',
  'outbox',
  'privacy',
] as const;
const PAPERS = ['preview', 'sign', 'issued', 'signed', 'evidence', 'agreement', 'answer'] as const;

function roomWord(say: Translate, kind: string): string {
  const known = ROOMS.find((one) => one === kind);
  return known === undefined ? kind : say(`access:room.${known}`);
}

/** What was looked at, its first word in the reader's language. */
function paperWords(say: Translate, what: string): string {
  const [first = '', ...rest] = what.split(' ');
  const known = PAPERS.find((one) => one === first);
  return [known === undefined ? first : say(`access:paper.${known}`), ...rest].join(' ');
}
