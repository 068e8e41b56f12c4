import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ORPCError } from '@orpc/client';
import { SingleBar } from 'cli-progress';
import {
  cautionsOf,
  type ImportMapping,
  type ImportPreview,
  type ImportProgress,
} from '../src/contract/workstation/imports.ts';
import type { FieldValue } from '../src/domain/kernel/event/change.ts';
import type { SyncStatus } from '../src/contract/workstation/sync.ts';
import { createNodeHost } from '../src/main/hosts/node.ts';
import { FolderInUse } from '../src/main/kernel/store/lock.ts';
import type { Language } from '../src/words/index.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../src/main/workstation.ts';

/** Why an import did not take place, in words for the person at the terminal. */
export class ImportStopped extends Error {}

export type ImportOrder = {
  file: string;
  bytes: Buffer<ArrayBuffer>;
  /** Null: the first register and the sheets like it. */
  sheets: readonly string[] | null;
  /** Null: the workstation takes the mapping it remembers, knows or guesses. */
  mapping: ImportMapping | null;
  /** Language of the refused rows' reasons; undefined: the workstation's own. */
  language: Language | undefined;
  folder: string;
  as: string | undefined;
  passwordFile: string | undefined;
  refusedFile: string | undefined;
  json: boolean;
  /** A roster changes merchants that are on record. */
  update: boolean;
  /** Rows that look wrong are imported as they stand. */
  confirmed: boolean;
};

type Finished = Extract<ImportProgress, { phase: 'finished' }>;

/**
 * Imports through an enrolled workstation's own service, as a person of its workstation: the accepted rows are saved, the
 * refused ones written to a file, and one sync round is run. @throws ImportStopped
 */
export async function importInto(order: ImportOrder): Promise<void> {
  const running = await openWorkstation(order.folder);
  try {
    await importThrough(running, order);
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    const detail = error.data === undefined || error.data === null ? '' : ` ${JSON.stringify(error.data)}`;
    throw new ImportStopped(`${error.message} (${error.code})${detail}`, { cause: error });
  } finally {
    await running.close();
  }
}

async function openWorkstation(folder: string): Promise<Workstation> {
  if (!existsSync(join(folder, 'heshi.sqlite'))) throw notEnrolled(folder);
  try {
    return await startWorkstation({
      dataFolder: folder,
      host: createNodeHost(folder),
      automaticSync: false,
    });
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    throw new ImportStopped(
      `The running in ${folder} is running: import on its screen, under Import, or close it first.`,
      { cause: error },
    );
  }
}

function notEnrolled(folder: string): ImportStopped {
  return new ImportStopped(
    `The running in ${folder} is not enrolled. Enrol it with npm start, or name another with --data.`,
  );
}

async function importThrough({ connect }: Workstation, order: ImportOrder): Promise<void> {
  const { api } = connect();
  const unitPath = (await api.session.state()).enrolment?.unit?.path;
  if (unitPath === undefined) throw notEnrolled(order.folder);
  await signIn(api, order);
  let preview = await api.imports.open({
    fileName: basename(order.file),
    base64: order.bytes.toString('base64'),
  });
  const { importId } = preview;
  if (order.sheets !== null)
    preview = await api.imports.chooseSheets({ importId, sheets: [...order.sheets] });
  if (order.mapping !== null) preview = await api.imports.remap({ importId, mapping: order.mapping });
  for (const { message } of preview.remarks) say(message);
  for (const { message, count, rows } of preview.notes) say(`${rows[0]} (${count}): ${message}`);
  if (preview.blocked.length > 0)
    throw new ImportStopped(preview.blocked.map(({ message }) => message).join(' '));
  const { changes } = await api.imports.rosterChanges({ importId, unitPath });
  for (const { row, name, changes: fields } of changes)
    for (const { field, before, after } of fields)
      say(`${row} ${name}: ${field} ${textOf(before)} → ${textOf(after)}`);
  if (changes.length > 0 && !order.update) say('These merchants stay as they are; --update changes them.');
  const update = order.update ? changes.map(({ place }) => place) : [];
  const asked = cautionsOf(preview);
  if (asked.length > 0 && !order.confirmed)
    throw new ImportStopped(
      `Some rows look wrong, as said above. Correct them, or import them as they stand with --confirm.`,
    );
  const finished = await commit(api, preview, unitPath, order, update);
  const refusedFile = await writeRefused(finished, order);
  const { imported, updated, existing, refused } = finished;
  if (order.json)
    process.stdout.write(`${JSON.stringify({ imported, updated, existing, refused, refusedFile })}\n`);
  say(`${imported} imported, ${updated} changed, ${existing} there already, ${refused} refused.`);
  if (refusedFile !== null) say(`Refused rows with their reasons: ${refusedFile}`);
  say(syncResult(await api.sync.now()));
}

/** What stood or will stand in a field. */
const textOf = (value: FieldValue): string =>
  value === null ? '–' : typeof value === 'object' ? value.join(' ') || '–' : String(value);

async function commit(
  api: WorkstationClient,
  preview: ImportPreview,
  unitPath: string,
  { language, confirmed }: ImportOrder,
  update: number[],
): Promise<Finished> {
  const bar = new SingleBar({
    format: 'importing [{bar}] {value}/{total}',
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(preview.accepted, 0);
  try {
    const order = {
      importId: preview.importId,
      unitPath,
      cautionsConfirmed: confirmed,
      update,
      ...(language === undefined ? {} : { language }),
    };
    for await (const progress of await api.imports.commit(order)) {
      if (progress.phase === 'finished') {
        bar.update(preview.accepted);
        return progress;
      }
      bar.update(progress.done);
    }
  } finally {
    bar.stop();
  }
  throw new Error('The import ended without its figures');
}

/** Writes the refused rows to `<FILE>-refused.csv` in the current directory, or where the order says. */
async function writeRefused(finished: Finished, { file, refusedFile }: ImportOrder): Promise<string | null> {
  if (finished.refusedFile === null) return null;
  const target = refusedFile ?? `${basename(file, extname(file))}-refused.csv`;
  await writeFile(target, Buffer.from(finished.refusedFile.base64, 'base64'));
  return target;
}

function syncResult(status: SyncStatus): string {
  switch (status.sign) {
    case 'proved':
      return 'Sent to the centre; it has everything.';
    case 'attention':
      return `The centre did not take everything: ${status.attention} to look at on the screen.`;
    case 'offline':
    case 'waiting':
      return `Kept here; ${status.waiting} not sent yet (${status.reason ?? status.sign}). The next sync sends them.`;
  }
}

async function signIn(api: WorkstationClient, { as, passwordFile }: ImportOrder): Promise<void> {
  const people = await api.session.people();
  const named = as === undefined ? people : people.filter((one) => one.name === as);
  const [person] = named;
  if (person === undefined || named.length > 1) {
    const names = people.map((one) => one.name).join(', ') || 'nobody is known here yet';
    throw new ImportStopped(`Say who imports with --as NAME: ${names}`);
  }
  const password =
    passwordFile === undefined
      ? await askPassword(`Password of ${person.name}: `)
      : (
          await readFile(passwordFile, 'utf8').catch((error: unknown) => {
            throw new ImportStopped(`${passwordFile} cannot be read`, { cause: error });
          })
        ).replace(/\r?\n$/, '');
  await api.session.signIn({ staffId: person.staffId, password });
}

/** Asks on the terminal without showing what is typed. */
async function askPassword(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.once('line', resolve);
      // End of input or Ctrl+C; after a line this comes too late to matter.
      terminal.once('close', () => reject(new ImportStopped('No password was given.')));
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
