import type { InspectionExport } from '../../contract/workstation/inspection.ts';
import type { ExportFile, ExportFormat } from '../../contract/workstation/supervision.ts';
import { lastPolicy } from '../../domain/credit/index.ts';
import { isGrade, seedOf } from '../../domain/inspection/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import type { Language } from '../../words/index.ts';
import { listCredits } from '../credit/index.ts';
import {
  renderPdf,
  renderXlsx,
  type Report,
  type ReportTable,
  markOf,
  shanghaiMinute,
} from '../exports/index.ts';
import { logAccess } from '../kernel/access-log.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';
import { translator, type Translate } from '../kernel/translation/translate.ts';
import { commendationView } from './commendations.ts';
import { drawDetail } from './draws.ts';

/** A list of more is narrowed before it is exported; the file says where it was cut. */
const MOST_ROWS = 5000;
const PAGE = 200;

type Part = {
  unitPath: string;
  about: (readonly [string, string])[];
  tables: ReportTable[];
  notes: string[];
};

/** A class in words: a grade by the name that the policy gives it. */
type ClassWord = (name: string) => string;

async function classWord(context: StaffContext, say: Translate, language: Language): Promise<ClassWord> {
  const { workstation, staff } = context;
  const policies = await loadState(workstation.store.read, 'credit-policy', topOf(staff.unitPath));
  const { grades } = lastPolicy(policies).policy.scale;
  return (name) => {
    if (!isGrade(name))
      return say(name === 'pending' ? 'inspection:classes.pending' : 'inspection:classes.notRated');
    const grade = grades.find(({ code }) => code === name);
    return grade ? `${name} ${grade.name[language === 'en' ? 'en' : 'zh']}` : name;
  };
}

async function gradesPart(
  context: StaffContext,
  say: Translate,
  word: ClassWord,
  of: Extract<InspectionExport, { view: 'grades' }>,
): Promise<Part> {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listCredits(context, { unitPath: of.unitPath, grade: of.grade, limit: PAGE, cursor });
    items.push(...page.items);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && items.length < MOST_ROWS);
  return {
    unitPath: of.unitPath ?? context.staff.unitPath,
    about: of.grade === undefined ? [] : [[say('inspection:about.grade'), word(of.grade)]],
    tables: [
      {
        heading: say('inspection:headings.grades'),
        columns: [
          { title: say('inspection:columns.merchant'), kind: 'text', width: 32 },
          { title: say('inspection:columns.unit'), kind: 'text', width: 24 },
          { title: say('inspection:columns.grade'), kind: 'text', width: 12 },
          { title: say('inspection:columns.points'), kind: 'count', width: 10 },
          { title: say('inspection:columns.month'), kind: 'text', width: 10 },
          { title: say('inspection:columns.state'), kind: 'text', width: 12 },
        ],
        rows: items.map((one) => [
          one.name,
          one.unitName,
          word(one.grade ?? 'not-rated'),
          one.grade === null ? null : one.points,
          one.month,
          one.disputed ? word('pending') : '',
        ]),
        empty: say('inspection:text.empty'),
      },
    ],
    notes: [
      ...(cursor === undefined ? [] : [say('inspection:notes.cut', { shown: items.length })]),
      say('inspection:notes.grades'),
    ],
  };
}

async function drawPart(context: StaffContext, say: Translate, word: ClassWord, id: string): Promise<Part> {
  const { summary, drawn, classes, ...draw } = await drawDetail(context, id);
  return {
    unitPath: summary.unitPath,
    about: [
      [say('inspection:about.day'), summary.day],
      [say('inspection:about.drawer'), summary.preparedBy],
      [say('inspection:about.witness'), summary.witness ?? '—'],
      [say('inspection:about.plan'), String(draw.planVersion)],
      [
        say('inspection:about.seed'),
        draw.witnessSeed === null ? draw.drawerSeed : seedOf(draw.drawerSeed, draw.witnessSeed),
      ],
      [say('inspection:about.hash'), draw.candidatesHash],
      ...(draw.abandonedBecause === null
        ? []
        : [[say('inspection:about.abandoned'), draw.abandonedBecause] as const]),
    ],
    tables: [
      {
        heading: say('inspection:headings.drawn'),
        columns: [
          { title: say('inspection:columns.place'), kind: 'count', width: 6 },
          { title: say('inspection:columns.merchant'), kind: 'text', width: 30 },
          { title: say('inspection:columns.unit'), kind: 'text', width: 22 },
          { title: say('inspection:columns.class'), kind: 'text', width: 12 },
          { title: say('inspection:columns.manner'), kind: 'text', width: 14 },
          { title: say('inspection:columns.on'), kind: 'day', width: 12 },
          { title: say('inspection:columns.result'), kind: 'text', width: 28 },
        ],
        rows: drawn.map((one, place) => [
          place + 1,
          one.name,
          one.unitName,
          word(one.class),
          say(`inspection:manner.${one.manner}`),
          one.result?.on ?? null,
          one.result === null
            ? ''
            : [say(`inspection:outcome.${one.result.outcome}`), one.result.text]
                .filter((text) => text !== '')
                .join(say('inspection:text.colon')),
        ]),
        empty: say('inspection:text.empty'),
      },
      {
        heading: say('inspection:headings.classes'),
        columns: [
          { title: say('inspection:columns.class'), kind: 'text', width: 16 },
          { title: say('inspection:columns.manner'), kind: 'text', width: 16 },
          { title: say('inspection:columns.share'), kind: 'share', width: 10 },
          { title: say('inspection:columns.candidates'), kind: 'count', width: 12 },
          { title: say('inspection:columns.drawn'), kind: 'count', width: 10 },
        ],
        rows: [
          ...classes.map((one) => [
            word(one.class),
            say(`inspection:manner.${one.manner}`),
            one.perMille / 1000,
            one.candidates,
            one.drawn,
          ]),
          [say('inspection:text.total'), '', null, summary.candidates, summary.drawn],
        ],
        empty: say('inspection:text.empty'),
        sums: 1,
      },
    ],
    notes: [say('inspection:notes.draw')],
  };
}

async function commendationPart(
  context: StaffContext,
  say: Translate,
  word: ClassWord,
  id: string,
): Promise<Part> {
  const list = await commendationView(context, id);
  const { directory } = context.workstation;
  const gone = new Set(list.withdrawn.map(({ merchantId }) => merchantId));
  const standing = list.merchants.filter(({ merchantId }) => !gone.has(merchantId));
  return {
    unitPath: list.unitPath,
    about: [
      [
        say('inspection:about.rule'),
        say('inspection:text.rule', { months: list.months, month: list.month, grade: word(list.topGrade) }),
      ],
      [say('inspection:about.published'), `${shanghaiMinute(list.published.at)} ${list.published.name}`],
    ],
    tables: [
      {
        heading: say('inspection:headings.commended'),
        columns: [
          { title: say('inspection:columns.place'), kind: 'count', width: 6 },
          { title: say('inspection:columns.merchant'), kind: 'text', width: 36 },
          { title: say('inspection:columns.unit'), kind: 'text', width: 28 },
          { title: say('inspection:columns.points'), kind: 'count', width: 10 },
        ],
        rows: standing.map((one, place) => [
          place + 1,
          one.name,
          directory.nameOf(one.merchantPath),
          one.points,
        ]),
        empty: say('inspection:text.empty'),
      },
    ],
    notes: [say('inspection:notes.commended')],
  };
}

function partOf(context: StaffContext, say: Translate, word: ClassWord, of: InspectionExport): Promise<Part> {
  switch (of.view) {
    case 'grades':
      return gradesPart(context, say, word, of);
    case 'draw':
      return drawPart(context, say, word, of.id);
    case 'commendation':
      return commendationPart(context, say, word, of.id);
  }
}

/** What is on the screen as a file, in the language of the workstation. Logged first: no file without its entry. */
export async function exportInspection(
  context: StaffContext,
  { format, of }: { format: ExportFormat; of: InspectionExport },
): Promise<ExportFile> {
  const { staff, workstation } = context;
  const { language } = workstation.settings();
  const say = translator(language);
  const part = await partOf(context, say, await classWord(context, say, language), of);
  const at = workstation.clock().toISOString();
  const title = say(`inspection:titles.${of.view}`);
  const report: Report = {
    title,
    fileName: `${title}-${todayOf(workstation)}`,
    language,
    mark: markOf(staff.name, workstation.directory.nameOf(staff.unitPath), at),
    about: [
      [
        say('exports:about.unit'),
        say('exports:text.withBelow', { unit: workstation.directory.nameOf(part.unitPath) }),
      ],
      ...part.about,
      [say('exports:about.at'), shanghaiMinute(at)],
      [say('exports:about.by'), `${staff.name} (${workstation.directory.nameOf(staff.unitPath)})`],
    ],
    tables: part.tables,
    notes: part.notes,
  };
  const rows = part.tables.reduce((sum, table) => sum + table.rows.length, 0);
  await logAccess(context, {
    action: 'export',
    kind: 'inspection',
    id: 'id' in of ? of.id : of.view,
    what: [format, part.unitPath, of.view, String(rows)].join(' | '),
  });
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
