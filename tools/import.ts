// First: modules that load before it make the space grow.
import '../src/main/young-heap.ts';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ImportKind, ImportMapping } from '../src/contract/workstation/imports.ts';
import { businessDay, Day } from '../src/domain/kernel/calendar/index.ts';
import { importMessage } from '../src/main/imports/reading/messages.ts';
import { OpenedFile } from '../src/main/imports/opened-file.ts';
import type { Language } from '../src/words/index.ts';
import { fail, readArguments } from './arguments.ts';

const USAGE = `npm run import -- FILE [--dry-run [--today YYYY-MM-DD]] [--json] [--kind merchants|complaints|returns]
  [--sheet NAME]... [--mapping FILE.json] [--data DIR] [--as NAME] [--password-file FILE] [--refused FILE]
  [--language zh-CN|en] [--update] [--confirm]
FILE is .xlsx, .xls, .et, .ods or delimited text. --dry-run judges every row and saves nothing; it needs no enrolled
workstation. Rows that look wrong, such as a code whose check does not fit, are imported as they stand with --confirm;
merchants on record are changed as a roster says with --update. Of several sheets the first register is read, and those with the same header; --sheet reads others.
A mapping file says which column, from 0, is which field, and what foreign words mean; what it leaves out is blank:
  { "kind": "complaints",
    "columns": { "externalNumber": 0, "merchantName": 3, "startedOn": 4, "closedOn": 5, "outcome": 6, "restitution": 7 },
    "dateOrder": "auto",
    "values": { "outcome": { "Agreed": "settled" }, "satisfaction": {}, "object": {}, "problem": {} } }
Fields, required ones first, and the codes of words: docs/imports.md.`;

const { values, positionals } = readArguments(
  {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    kind: { type: 'string' },
    sheet: { type: 'string', multiple: true },
    mapping: { type: 'string' },
    data: { type: 'string', default: join('.heshi', 'workstation') },
    as: { type: 'string' },
    'password-file': { type: 'string' },
    refused: { type: 'string' },
    today: { type: 'string' },
    language: { type: 'string' },
    update: { type: 'boolean', default: false },
    confirm: { type: 'boolean', default: false },
  },
  USAGE,
);
const [file, ...more] = positionals;
if (file === undefined || more.length > 0) fail(`Name a file, and only one.\n${USAGE}`);
if (values.today !== undefined && !values['dry-run']) {
  fail(`--today goes with --dry-run: what is saved is judged by the workstation’s own day.\n${USAGE}`);
}
const kind = kindOf(values.kind);
const today = dayOf(values.today);
const language = languageOf(values.language);
const bytes = await readOrFail(file);
/** The mapping that the command line asks for; null leaves it to what is remembered or guessed. */
const asked: ImportMapping | null =
  values.mapping !== undefined
    ? await readMapping(values.mapping)
    : kind === undefined
      ? null
      : ImportMapping.parse({ kind, columns: {} });
if (kind !== undefined && asked?.kind !== kind) fail(`--kind ${kind} is not what --mapping is for.`);
const sheets = values.sheet ?? null;

if (values['dry-run']) await dryRun();
else {
  // A dry run need not wait until store and sync are loaded.
  const { importInto, ImportStopped } = await import('./import-into.ts');
  await importInto({
    file,
    bytes,
    sheets,
    mapping: asked,
    language,
    folder: values.data,
    as: values.as,
    passwordFile: values['password-file'],
    refusedFile: values.refused,
    json: values.json,
    update: values.update,
    confirmed: values.confirm,
  }).catch((error: unknown) => {
    if (error instanceof ImportStopped) fail(error.message);
    throw error;
  });
}

/** Judges the file alone, and prints the verdict. */
async function dryRun(): Promise<void> {
  const opened = new OpenedFile(bytes, basename(file ?? ''));
  const read = await opened.read(sheets === null ? {} : { sheets });
  if ('error' in read) fail(importMessage(read.error, language ?? 'zh-CN'));
  const {
    accepted,
    blocked,
    notes,
    remarks,
    sheets: found,
  } = opened.judge({
    mapping: asked,
    today,
    language: language ?? 'zh-CN',
  });
  const refused = opened.refusals().map(({ row, sheet, field, rule, message }) => ({
    row,
    ...(sheet === undefined ? {} : { sheet }),
    field,
    rule,
    message,
  }));
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ accepted, refused, notes, remarks, sheets: found, blocked })}\n`,
    );
    return;
  }
  for (const { message } of remarks) process.stdout.write(`${message}\n`);
  // One message where each row would say the same.
  for (const { message } of blocked) process.stdout.write(`${message}\n`);
  for (const one of blocked.length > 0 ? [] : refused) {
    const place = one.sheet === undefined ? String(one.row) : `${one.sheet} ${one.row}`;
    process.stdout.write(`${place}\t${one.field}\t${one.rule}\t${one.message}\n`);
  }
  for (const { rows, count, field, note, message } of notes) {
    const places = `${rows.join(', ')}${count > rows.length ? ' …' : ''}`;
    process.stdout.write(`${places}\t${field}\t${note} (${count})\t${message}\n`);
  }
  process.stdout.write(`${accepted} accepted, ${refused.length} refused\n`);
}

function kindOf(text: string | undefined): ImportKind | undefined {
  const parsed = ImportKind.optional().safeParse(text);
  return parsed.success ? parsed.data : fail(`--kind takes merchants, complaints or returns, not ${text}`);
}

function dayOf(text: string | undefined): string {
  if (text === undefined) return businessDay(new Date().toISOString());
  return Day.safeParse(text).success ? text : fail(`--today takes a day YYYY-MM-DD, not ${text}`);
}

function languageOf(text: string | undefined): Language | undefined {
  if (text === undefined || text === 'zh-CN' || text === 'en') return text;
  return fail(`--language takes zh-CN or en, not ${text}`);
}

async function readOrFail(path: string): Promise<Buffer<ArrayBuffer>> {
  return readFile(path).catch((error: unknown) =>
    fail(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`),
  );
}

async function readMapping(path: string): Promise<ImportMapping> {
  const text = (await readOrFail(path)).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = ImportMapping.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'mapping'}: ${issue.message}`);
  return fail(`${path} is not a mapping. ${issues.join('; ')}`);
}
