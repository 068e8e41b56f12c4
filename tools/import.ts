import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ImportKind, ImportMapping } from '../src/contract/workstation/imports.ts';
import { businessDay, Day } from '../src/domain/kernel/calendar/index.ts';
import { importMessage } from '../src/main/imports/reading/messages.ts';
import { guessMapping, guessMappingAs } from '../src/main/imports/reading/shape.ts';
import { readTable } from '../src/main/imports/reading/table.ts';
import { judgeRows } from '../src/main/imports/reading/verdict.ts';
import type { Language } from '../src/words/index.ts';
import { fail, readArguments } from './arguments.ts';

const USAGE = `npm run import -- FILE [--dry-run [--today YYYY-MM-DD]] [--json] [--kind merchants|complaints]
  [--mapping FILE.json] [--data DIR] [--as NAME] [--password-file FILE] [--refused FILE] [--language zh-CN|en]
--dry-run judges every row and saves nothing; it needs no enrolled workstation.`;

const { values, positionals } = readArguments(
  {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    kind: { type: 'string' },
    mapping: { type: 'string' },
    data: { type: 'string', default: join('.heshi', 'workstation') },
    as: { type: 'string' },
    'password-file': { type: 'string' },
    refused: { type: 'string' },
    today: { type: 'string' },
    language: { type: 'string' },
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
const opened = await readTable(bytes, basename(file));
if (!opened.ok) fail(importMessage(opened.error, language ?? 'zh-CN'));
const { table } = opened;
/** The mapping that the command line asks for; undefined leaves it to what is remembered or guessed. */
const asked =
  values.mapping !== undefined
    ? await readMapping(values.mapping)
    : kind === undefined
      ? undefined
      : guessMappingAs(table, kind).mapping;
if (kind !== undefined && asked?.kind !== kind) fail(`--kind ${kind} is not what --mapping is for.`);

if (values['dry-run']) dryRun();
else {
  // A dry run need not wait until store and sync are loaded.
  const { importInto, ImportStopped } = await import('./import-into.ts');
  await importInto({
    file,
    bytes,
    table,
    mapping: asked,
    language,
    folder: values.data,
    as: values.as,
    passwordFile: values['password-file'],
    refusedFile: values.refused,
    json: values.json,
  }).catch((error: unknown) => {
    if (error instanceof ImportStopped) fail(error.message);
    throw error;
  });
}

/** Judges the file alone, and prints the verdict. */
function dryRun(): void {
  const { accepted, refused } = judgeRows(table, asked ?? guessMapping(table).mapping, {
    today,
    language: language ?? 'zh-CN',
  });
  const result = {
    accepted: accepted.length,
    refused: refused.map(({ row, field, rule, message }) => ({ row, field, rule, message })),
  };
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  for (const one of result.refused) {
    process.stdout.write(`${one.row}\t${one.field}\t${one.rule}\t${one.message}\n`);
  }
  process.stdout.write(`${result.accepted} accepted, ${result.refused.length} refused\n`);
}

function kindOf(text: string | undefined): ImportKind | undefined {
  const parsed = ImportKind.optional().safeParse(text);
  return parsed.success ? parsed.data : fail(`--kind takes merchants or complaints, not ${text}`);
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
