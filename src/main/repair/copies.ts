import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { DatabaseCopy } from '../../contract/workstation/repair.ts';
import { connect, type ConnectOptions } from '../kernel/store/connection.ts';
import { diagnose } from '../kernel/store/fault.ts';
import { GATE_FILE } from '../kernel/vault/index.ts';
import { databaseIn, type Reader } from '../kernel/store/index.ts';

/** So many nights are kept. */
const KEPT = 3;
/** What else it takes to open the database; copied where it is there. */
const BESIDE = [GATE_FILE];
const NAME = /^heshi-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.sqlite$/;
/** Facts that were taken back while the copy was made make it differ; then it is made again. */
const ATTEMPTS = 3;

const Made = z.object({ facts: z.int(), unsent: z.int(), bytes: z.int() });

/** The nightly copies' folder, below the data folder. */
export const copiesIn = (dataFolder: string): string => join(dataFolder, 'copies');

const nameAt = (at: Date): string => `heshi-${at.toISOString().replaceAll(/[-:.]/g, '')}.sqlite`;

/** The file of a copy in a folder. */
export const copyIn = (folder: string, at: string): string => join(folder, nameAt(new Date(at)));

/** A copy that does not hold what its original held was thrown away. */
export class CopyDiffers extends Error {}

type Measure = { facts: number; unsent: number; last: number; head: string };

/** What a copy must have in common with its original, whatever was recorded since. */
async function measure(read: Reader, until = Number.MAX_SAFE_INTEGER): Promise<Measure> {
  const { rows } = await sql<Measure>`
    SELECT count(*) AS facts, (SELECT count(*) FROM outbox) AS unsent, coalesce(max(local_order), 0) AS last,
      coalesce((SELECT hash FROM event WHERE origin = 'local' AND local_order <= ${until}
        ORDER BY device_sequence DESC LIMIT 1), '') AS head
    FROM event WHERE local_order <= ${until}`.execute(read);
  const [row] = rows;
  if (!row) throw new CopyDiffers('Nothing can be counted');
  return row;
}

async function verified(source: Reader, file: string, options: ConnectOptions): Promise<Measure> {
  const copy = await connect(file, { ...options, readonly: true });
  try {
    const { rows } = await sql<Record<string, string>>`PRAGMA quick_check(1)`.execute(copy.kysely);
    if (Object.values(rows[0] ?? {})[0] !== 'ok') throw new CopyDiffers('Not all of the copy can be read');
    const held = await measure(copy.kysely);
    const now = await measure(source, held.last);
    if (now.facts !== held.facts || now.head !== held.head)
      throw new CopyDiffers(`${held.facts} facts in the copy, ${now.facts} in the database`);
    return held;
  } finally {
    await copy.close();
  }
}

async function copyBeside(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  await chmod(to, 0o600).catch(() => undefined);
}

/**
 * Copies the database as it stands at one instant, while others read and record, then opens the copy and compares it with what it
 * was made of. The copy is encrypted as the database is. @throws StorageError, CopyDiffers; then there is no copy
 */
export async function makeCopy(
  dataFolder: string,
  folder: string,
  at: Date,
  options: ConnectOptions,
): Promise<DatabaseCopy> {
  const final = join(folder, nameAt(at));
  const fresh = `${final}.new`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // A connection of its own, so that nobody waits for it.
    const source = await connect(databaseIn(dataFolder), { ...options, readonly: true });
    try {
      // It keeps from writing elsewhere too.
      await sql`PRAGMA query_only = OFF`.execute(source.kysely);
      let held: Measure | undefined;
      for (let attempt = 1; held === undefined; attempt += 1) {
        await rm(fresh, { force: true });
        await sql`VACUUM INTO ${fresh}`.execute(source.kysely);
        held = await verified(source.kysely, fresh, options).catch((error: unknown) => {
          if (attempt === ATTEMPTS || !(error instanceof CopyDiffers)) throw error;
          return undefined;
        });
      }
      const { size: bytes } = await stat(fresh);
      // A stick may have no rights to set.
      await chmod(fresh, 0o600).catch(() => undefined);
      const made = { facts: held.facts, unsent: held.unsent, bytes };
      await writeFile(`${final}.json`, JSON.stringify(made), { mode: 0o600 });
      for (const name of BESIDE) await copyBeside(join(dataFolder, name), `${final}.${name}`);
      await rename(fresh, final);
      return { at: at.toISOString(), ...made };
    } finally {
      await source.close();
    }
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    await rm(`${final}.json`, { force: true }).catch(() => undefined);
    throw await diagnose(folder, error);
  }
}

/** The copies in a folder, the latest first. */
export async function listCopies(folder: string): Promise<DatabaseCopy[]> {
  const names = await readdir(folder).catch(() => []);
  const copies: DatabaseCopy[] = [];
  for (const name of names) {
    const [, year, month, day, hour, minute, second, part] = NAME.exec(name) ?? [];
    if (part === undefined) continue;
    const text = await readFile(join(folder, `${name}.json`), 'utf8').catch(() => '');
    const made = readMade(text);
    const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${part}Z`;
    if (made !== null) copies.push({ at, ...made });
  }
  return copies.toSorted((one, other) => other.at.localeCompare(one.at));
}

function readMade(text: string): z.infer<typeof Made> | null {
  try {
    return Made.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether a copy opens with the key that the database has now: that of before is nobody's any more once somebody has gone. */
export async function opensNow(folder: string, at: string, options: ConnectOptions): Promise<boolean> {
  try {
    const copy = await connect(copyIn(folder, at), { ...options, readonly: true });
    await copy.close();
    return true;
  } catch {
    return false;
  }
}

/** Removes all but the last few copies of a folder that open, with what lies beside each. */
export async function dropOldCopies(folder: string, options: ConnectOptions): Promise<void> {
  const kept = new Set<string>();
  for (const { at } of await listCopies(folder))
    if (kept.size < KEPT && (await opensNow(folder, at, options))) kept.add(nameAt(new Date(at)));
  for (const name of await readdir(folder).catch(() => [])) {
    const [, of = name] = /^(heshi-\w+\.sqlite)/.exec(name) ?? [];
    if (/^heshi-\w+\.sqlite/.test(name) && !kept.has(of)) await rm(join(folder, name), { force: true });
  }
}
