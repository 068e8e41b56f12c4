import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DayText, Instant, UnitPath } from '../../domain/kernel/event/event.ts';
import { fingerprintOf } from '../../protocol/centre-key.ts';
import { reportOf } from '../../terminal/report.mjs';
import { backUp } from '../backup/backup.ts';
import { restore } from '../backup/restore.ts';
import { openDatabase, type Database } from '../kernel/db/database.ts';
import { joinEmbeddedPostgres } from '../kernel/db/embedded.ts';
import { exportRows, type ExportOrder } from '../export/index.ts';
import { CENTRE_KEY_FILE, readCentreKey } from '../kernel/keys/centre-key.ts';
import { startSealing } from '../kernel/keys/record-keys.ts';
import { beginRun, performRun, readRun, type Run, type RunKind } from '../maintenance/index.ts';
import { sumOf } from '../rebuild/index.ts';
import { linesOf } from '../verify/index.ts';
import { Misused, oneOf, type Terminal } from './call.ts';
import { readCarried } from './carried.ts';
import { LOCAL_USAGE } from './local-words.ts';

type Values = ReturnType<typeof parseLocal>['values'];

function parseLocal(given: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        data: { type: 'string', default: join('.heshi', 'central') },
        json: flag,
        'dry-run': flag,
        unmasked: flag,
        help: flag,
        unit: text,
        from: text,
        to: text,
        format: text,
        out: text,
        reason: text,
        backup: text,
        archive: text,
        until: text,
        key: text,
      },
    });
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error));
  }
}

function dayOf(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!DayText.safeParse(text).success)
    throw new Misused(`--${name} takes a day such as 2026-03-01, not ${text}`);
  return text;
}

function orderOf(words: readonly string[], values: Values): ExportOrder {
  const what = oneOf('facts|rollup', words[0] ?? '', ['facts', 'rollup'] as const);
  if (values.unit === undefined || !UnitPath.safeParse(values.unit).success)
    throw new Misused(`--unit takes a path such as /HS/C1, not ${values.unit ?? 'nothing'}`);
  const format = oneOf('format', values.format ?? 'ndjson', ['ndjson', 'xlsx'] as const);
  const [from, to] = [dayOf('from', values.from), dayOf('to', values.to)];
  if (from !== null && to !== null && from > to) throw new Misused(`--to ${to} is before --from ${from}`);
  if (format === 'xlsx' && values.out === undefined) throw new Misused('--out names the .xlsx file to write');
  if (values.unmasked && (values.reason ?? '').trim() === '')
    throw new Misused('--unmasked needs a --reason; it is kept on record');
  return {
    what,
    format,
    unitPath: values.unit,
    from,
    to,
    masked: !values.unmasked,
    reason: values.reason ?? '',
    file: values.out ?? null,
  };
}

async function withDatabase<Result>(
  url: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { database } = openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

/** Brings a run of the database to its end in this process, from where one that was stopped stands. */
async function runHere(url: string, kind: RunKind, stderr: Terminal['stderr']): Promise<Run> {
  return withDatabase(url, async (database) => {
    const begun = await beginRun(database, kind, new Date());
    const { steps, from } = begun.progress;
    if (steps.length > 0 || from !== null)
      stderr.write(
        `Goes on with what was begun at ${begun.startedAt}; done: ${steps.join(', ') || 'part of the first step'}\n`,
      );
    await performRun(database, begun.id);
    return readRun(database, begun.id);
  });
}

async function perform(
  { command, words, values }: { command: string; words: readonly string[]; values: Values },
  url: string,
  { stdout, stderr, env }: Terminal,
): Promise<number> {
  const say = (text: string): void => void stdout.write(`${text}\n`);
  if (command === 'verify') {
    const { invariants } = (await runHere(url, 'verify', stderr)).progress;
    if (values.json) say(JSON.stringify({ invariants }, null, 2));
    else for (const line of linesOf(invariants)) say(line);
    return invariants.some((one) => one.broken > 0) ? 1 : 0;
  }
  if (command === 'rebuild') {
    const dryRun = values['dry-run'];
    const { progress } = await runHere(url, dryRun ? 'rehearsal' : 'rebuild', stderr);
    const rebuilt = sumOf(progress.rebuilt);
    if (values.json) say(JSON.stringify({ dryRun, rebuilt }, null, 2));
    else {
      for (const { what, checked, mended } of rebuilt)
        say(`${what}: ${checked} made anew, ${mended} had been otherwise`);
      say(dryRun ? 'Nothing was changed.' : 'Done.');
    }
    return 0;
  }
  if (command === 'carried') {
    await withDatabase(url, (database) => readCarried(database, words[0] ?? '', { stdout, stderr, env }));
    return 0;
  }
  if (command === 'seal-facts') {
    await withDatabase(url, startSealing);
    say('Workstations hear it within a minute, and seal what they record from then on.');
    return 0;
  }
  const order = orderOf(words, values);
  const count = await withDatabase(url, (database) => exportRows(database, order, stdout));
  stderr.write(`${count} rows${order.file === null ? '' : ` in ${order.file}`}\n`);
  return 0;
}

function folderOf(name: 'to' | 'backup' | 'archive', text: string | undefined): string {
  if (text === undefined) throw new Misused(`--${name} names a folder`);
  return text;
}

/** Backup and restore of a data folder; a server of `DATABASE_URL` has its own tools (`docs/operations.md`). */
async function moveFolder(
  command: 'backup' | 'restore',
  values: Values,
  { stdout, env }: Terminal,
): Promise<number> {
  if (env['DATABASE_URL'] !== undefined)
    throw new Misused('DATABASE_URL is set: back that server up with its own tools, see docs/operations.md');
  const said =
    command === 'backup'
      ? await backUp({ folder: values.data, to: folderOf('to', values.to) })
      : await restore({
          backup: folderOf('backup', values.backup),
          archive: folderOf('archive', values.archive),
          folder: values.data,
          until: instantOf(values.until),
        });
  stdout.write(`${said}\n`);
  return 0;
}

function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!Instant.safeParse(text).success)
    throw new Misused(`--until takes an instant with zone such as 2026-03-01T08:30:00+08:00, not ${text}`);
  return text;
}

/** Runs a command on the database itself. Returns the exit code: 1 broken or failed, 2 not understood. */
export async function runLocal(given: readonly string[], terminal: Terminal = process): Promise<number> {
  try {
    const { values, positionals } = parseLocal(given);
    const [command = '', ...words] = positionals;
    if (values.help) {
      terminal.stdout.write(`${LOCAL_USAGE}\n`);
      return 0;
    }
    const most = command === 'export' || command === 'carried' ? 1 : 0;
    if (words.length > most) throw new Misused(`Not understood: ${words.slice(most).join(' ')}`);
    if (command === 'carried' && words.length === 0) throw new Misused('More is needed: carried FILE');
    // Before a server is started for it.
    if (command === 'export') orderOf(words, values);
    if (command === 'key') {
      const { key } = await readCentreKey(values.key ?? join(values.data, CENTRE_KEY_FILE));
      terminal.stdout.write(`${fingerprintOf(key.publicKey)}\n`);
      return 0;
    }
    if (command === 'backup' || command === 'restore') return await moveFolder(command, values, terminal);
    const address = terminal.env['DATABASE_URL'];
    const running = address === undefined ? await joinEmbeddedPostgres({ folder: values.data }) : null;
    try {
      return await perform({ command, words, values }, running?.url ?? address ?? '', terminal);
    } finally {
      await running?.leave();
    }
  } catch (error) {
    const misused = error instanceof Misused;
    terminal.stderr.write(
      `${misused ? `${error.message}\n${LOCAL_USAGE}` : reportOf(error, terminal.env)}\n`,
    );
    return misused ? 2 : 1;
  }
}
