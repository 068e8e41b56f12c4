import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { SingleBar } from 'cli-progress';
import { ImportKind, ImportMapping } from '../src/contract/workstation/imports.ts';
import { businessDay } from '../src/domain/calendar/index.ts';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { importMessage, type ImportLanguage } from '../src/main/import/messages.ts';
import { guessMapping, guessMappingAs } from '../src/main/import/shape.ts';
import { readTable } from '../src/main/import/table.ts';
import { judgeRows } from '../src/main/import/verdict.ts';
import { FolderInUse } from '../src/main/store/lock.ts';
import { startWorkstation, type WorkstationClient } from '../src/main/workstation.ts';
import { fail, readArguments } from './arguments.ts';

const USAGE =
  'npm run import -- FILE [--dry-run] [--json] [--kind merchants|complaints] [--mapping FILE.json] [--data DIR] ' +
  '[--as NAME] [--password-file FILE] [--refused FILE] [--today YYYY-MM-DD] [--language zh-CN|en]';

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
    language: { type: 'string', default: 'zh-CN' },
  },
  USAGE,
);
const [file] = positionals;
if (file === undefined) fail(`Name a file.\n${USAGE}`);
const language: ImportLanguage = values.language === 'en' ? 'en' : 'zh-CN';
const kind = kindOf(values.kind);
const bytes = await readFile(file).catch((error: unknown) =>
  fail(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`),
);
const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

await (values['dry-run'] ? dryRun() : importInto(values.data));

function kindOf(text: string | undefined): ImportKind | undefined {
  const parsed = ImportKind.optional().safeParse(text);
  return parsed.success ? parsed.data : fail(`No kind ${text}.\n${USAGE}`);
}

/** Judges the file alone; needs no workstation. */
async function dryRun(): Promise<void> {
  const read = await readTable(bytes, basename(file ?? ''));
  if (!read.ok) fail(importMessage(read.error, language));
  const mapping =
    values.mapping === undefined
      ? (kind === undefined ? guessMapping(read.table) : guessMappingAs(read.table, kind)).mapping
      : await readMapping(values.mapping);
  const today = values.today ?? businessDay(new Date().toISOString());
  const { accepted, refused } = judgeRows(read.table, mapping, { today, language });
  const result = {
    accepted: accepted.length,
    refused: refused.map(({ row, field, rule, message }) => ({ row, field, rule, message })),
  };
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  for (const one of result.refused)
    process.stdout.write(`${one.row}\t${one.field}\t${one.rule}\t${one.message}\n`);
  process.stdout.write(`${result.accepted} accepted, ${result.refused.length} refused\n`);
}

async function readMapping(path: string): Promise<ImportMapping> {
  const parsed = ImportMapping.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) return fail(`${path} is not a mapping: ${parsed.error.message}`);
  return parsed.data;
}

/** Imports through an enrolled workstation's own service, as a person of its desk. */
async function importInto(folder: string): Promise<void> {
  const workstation = await startWorkstation({
    dataFolder: folder,
    host: createNodeHost(folder),
    automaticSync: false,
  }).catch((error: unknown) => {
    if (error instanceof FolderInUse) fail(`The workstation in ${folder} is running: use its import screen.`);
    throw error;
  });
  try {
    const { api } = workstation.connect();
    const state = await api.session.state();
    const unitPath = state.enrolment?.unit?.path;
    if (unitPath === undefined) {
      fail(
        `The workstation in ${folder} is not enrolled. Start it with npm start, or name another with --data.`,
      );
    }
    await signIn(api);
    let preview = await api.imports.open({
      fileName: basename(file ?? ''),
      base64: bytes.toString('base64'),
    });
    if (values.mapping !== undefined) {
      preview = await api.imports.remap({
        importId: preview.importId,
        mapping: await readMapping(values.mapping),
      });
    }
    const bar = new SingleBar({ format: 'importing [{bar}] {value}/{total}', hideCursor: true });
    bar.start(preview.accepted, 0);
    for await (const progress of await api.imports.commit({ importId: preview.importId, unitPath })) {
      if (progress.phase === 'working') {
        bar.update(progress.done);
        continue;
      }
      bar.update(preview.accepted);
      bar.stop();
      say(`${progress.imported} imported, ${progress.existing} there already, ${progress.refused} refused`);
      if (progress.refusedFile) {
        const target = values.refused ?? `${basename(file ?? '', extname(file ?? ''))}-refused.csv`;
        await writeFile(target, Buffer.from(progress.refusedFile.base64, 'base64'));
        say(`Refused rows with their reasons: ${target}`);
      }
    }
    const status = await api.sync.now();
    say(
      status.sign === 'proved'
        ? 'Sent to the centre.'
        : `Kept here; not sent yet (${status.reason ?? 'waiting'}).`,
    );
  } finally {
    await workstation.close();
  }
}

async function signIn(api: WorkstationClient): Promise<void> {
  const people = await api.session.people();
  const person = values.as === undefined ? people[0] : people.find((one) => one.name === values.as);
  if (person === undefined || (values.as === undefined && people.length > 1)) {
    fail(
      `Say who imports with --as: ${people.map((one) => one.name).join(', ') || 'nobody is known here yet'}`,
    );
  }
  const password =
    values['password-file'] === undefined
      ? await ask(`Password of ${person.name}: `)
      : (await readFile(values['password-file'], 'utf8')).trim();
  await api.session
    .signIn({ staffId: person.staffId, password })
    .catch(() => fail('Name or password is wrong.'));
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return answer;
}
