import { copyFile, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { RepairResult, RepairWay, RepairWork } from '../../contract/workstation/repair.ts';
import type { Host } from '../kernel/host.ts';
import { keptHead } from '../kernel/integrity/index.ts';
import { liftCounters } from '../kernel/record-numbers.ts';
import { rebase } from '../kernel/store/incoming.ts';
import {
  createDirectory,
  databaseIn,
  openStore,
  type Directory,
  type Store,
  type StoreOptions,
} from '../kernel/store/index.ts';
import { openDamaged, type Damaged } from '../kernel/store/salvage.ts';
import { allStreams } from '../kernel/store/resync.ts';
import { createCentreLink } from '../kernel/sync/centre-link.ts';
import { loadIdentity, type Identity } from '../kernel/sync/identity.ts';
import { GATE_FILE } from '../kernel/vault/index.ts';
import { feedIsProved } from '../kernel/sync/proof.ts';
import { compareWithFeed } from '../kernel/sync/resync.ts';
import { copiesIn, copyIn } from './copies.ts';
import { copyFacts, copyRest } from './copy-tables.ts';
import { carryOver, ownFacts } from './own-log.ts';

export type RepairParts = {
  folder: string;
  options: StoreOptions;
  host: Host;
  clock: () => Date;
  fetcher: typeof fetch;
  /** Where the centre is now, when it has moved since enrolment. */
  centreUrl?: string;
};

export type Tell = (work: Omit<RepairWork, 'way'>) => void;

/** Records made anew in one transaction. */
const STREAMS_AT_ONCE = 200;
/** What a store that begins with the centre's feed takes over of the one before: who this is, and what nobody else has. */
const META_KEPT = [
  'identity',
  'evidence-key',
  'former-devices',
  'standing',
  'seals-facts',
  'recovery-share',
  'recovery-share-told',
];

/** Below the data folder, so that it can take the database's place by a rename. */
const workIn = (folder: string): string => join(folder, 'repairing');

/** What can be read of the database as it lies there; null where nothing can. */
export function readable(file: string, { options }: RepairParts): Promise<Damaged | null> {
  return openDamaged(file, options).catch(() => null);
}

/** The identity that a database still tells; null where it does not. */
export async function identityIn({ read }: Damaged): Promise<Identity | null> {
  const row = await read
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'identity')
    .executeTakeFirst()
    .catch(() => undefined);
  return row === undefined ? null : (JSON.parse(row.value) as Identity);
}

async function foldAll(store: Store, directory: Directory, tell: Tell): Promise<void> {
  const streams = await allStreams(store.read);
  for (let start = 0; start < streams.length; start += STREAMS_AT_ONCE) {
    const some = streams.slice(start, start + STREAMS_AT_ONCE);
    await store.write((writer) => rebase(writer, some, directory));
    tell({
      stage: 'folding',
      done: Math.min(start + STREAMS_AT_ONCE, streams.length),
      total: streams.length,
    });
  }
}

/** Reads all that the centre has for this unit; false where it does not answer, or does not know this workstation. */
async function askCentre(
  parts: RepairParts,
  store: Store,
  directory: Directory,
  tell: Tell,
): Promise<{ missing: number } | null> {
  const known = await loadIdentity(store);
  if (known === null) return null;
  const identity = { ...known, centreUrl: parts.centreUrl ?? known.centreUrl };
  const link = createCentreLink(identity, parts.host, parts.fetcher, parts.clock, async () => undefined);
  const { deviceId, unitPath } = identity;
  const { missing } = await compareWithFeed({ store, directory, link, deviceId, unitPath }, false, {
    adopts: true,
    onPage: (done, total) => tell({ stage: 'centre', done, total }),
  });
  if (link.proves()) await feedIsProved(store);
  return { missing };
}

/** Takes over what waits of a database that can be read, behind the end of the new log. */
async function carryFrom(source: Damaged, store: Store, directory: Directory): Promise<void> {
  const identity = await loadIdentity(store);
  if (identity === null) return;
  const facts = await ownFacts(source, identity.deviceId);
  await store.write(async (writer) => {
    await rebase(writer, await carryOver(writer, facts), directory);
  });
}

async function takeMeta(source: Damaged, store: Store): Promise<void> {
  for await (const { rows } of source.rows('meta'))
    await store.write(async (writer) => {
      for (const { key, value } of rows as { key: string; value: string }[])
        if (META_KEPT.includes(key))
          await sql`INSERT OR IGNORE INTO meta (key, value) VALUES (${key}, ${value})`.execute(writer);
    });
}

/** Ways that end with another database in the damaged one's place. */
type StoreWay = Exclude<RepairWay, 'read-only' | 'anew'>;

type Begun = { store: Store; directory: Directory; unreadable: number };

async function openFresh({ options }: RepairParts, folder: string): Promise<Omit<Begun, 'unreadable'>> {
  const store = await openStore(folder, options);
  const directory = createDirectory(store.projections);
  await directory.reload(store.read);
  return { store, directory };
}

/** A new store with all facts that can be read, in their order. */
async function fromFacts(parts: RepairParts, damaged: Damaged, folder: string, tell: Tell): Promise<Begun> {
  const { store, directory } = await openFresh(parts, folder);
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM event`
    .execute(damaged.read)
    .catch(() => ({ rows: [] }));
  const total = rows[0]?.count ?? 0;
  const { unreadable } = await copyFacts(damaged, store, (done) => tell({ stage: 'reading', done, total }));
  await copyRest(damaged, store);
  // What was read of the feed is not all here any more.
  if (unreadable > 0)
    await store.write((writer) => sql`DELETE FROM meta WHERE key = 'feed-proved'`.execute(writer));
  await foldAll(store, directory, tell);
  return { store, directory, unreadable };
}

async function fromCopy(parts: RepairParts, at: string, damaged: Damaged | null): Promise<Begun> {
  await mkdir(workIn(parts.folder), { recursive: true, mode: 0o700 });
  await copyFile(copyIn(copiesIn(parts.folder), at), databaseIn(workIn(parts.folder)));
  const { store, directory } = await openFresh(parts, workIn(parts.folder));
  if (damaged !== null) await copyRest(damaged, store, ['meta', 'number_sequence']);
  return { store, directory, unreadable: 0 };
}

async function fromCentre(parts: RepairParts, sources: readonly Damaged[]): Promise<Begun> {
  const { store, directory } = await openFresh(parts, workIn(parts.folder));
  for (const source of sources) {
    await takeMeta(source, store);
    await copyRest(source, store, ['meta']);
  }
  return { store, directory, unreadable: 0 };
}

async function countsOf(store: Store): Promise<{ facts: number; unsent: number; own: number }> {
  const { rows } = await sql<{ facts: number; unsent: number; own: number }>`
    SELECT count(*) AS facts, (SELECT count(*) FROM outbox) AS unsent,
      coalesce(sum(origin = 'local'), 0) AS own FROM event`.execute(store.read);
  return rows[0] ?? { facts: 0, unsent: 0, own: 0 };
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Puts files of the data folder aside under a name with the date; null where none of them was there. Nothing is deleted. */
async function setAside({ folder, clock }: RepairParts, names: readonly string[]): Promise<string | null> {
  const aside = join(folder, `damaged-${clock().toISOString().replaceAll(/[:.]/g, '')}`);
  await mkdir(aside, { mode: 0o700 });
  let moved = 0;
  for (const name of names) {
    try {
      await rename(join(folder, name), join(aside, name));
      moved += 1;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  if (moved === 0) await rmdir(aside);
  return moved === 0 ? null : aside;
}

const DATABASE = ['heshi.sqlite', 'heshi.sqlite-wal', 'heshi.sqlite-shm'];

/** Puts the damaged database aside, and the new one in its place. */
async function replaceDatabase(parts: RepairParts): Promise<string | null> {
  const keptAs = await setAside(parts, DATABASE);
  await rename(databaseIn(workIn(parts.folder)), databaseIn(parts.folder));
  await rm(workIn(parts.folder), { recursive: true, force: true });
  return keptAs;
}

/** Leaves a folder in which a workstation begins as at first; whatever was of the one before is kept beside it. */
export async function beginAnew(parts: RepairParts): Promise<RepairResult> {
  const keptAs = await setAside(parts, [...DATABASE, GATE_FILE, 'own-log.json', 'copies', 'evidence']);
  return { way: 'anew', facts: 0, unsent: 0, fromCentre: 0, lost: null, centre: false, keptAs };
}

/** Makes a store of what can be read in a folder of its own, to be looked at; the damaged one stays where it is. */
export async function makeReadable(parts: RepairParts, folder: string, tell: Tell): Promise<void> {
  const damaged = await openDamaged(databaseIn(parts.folder), parts.options);
  try {
    const { store } = await fromFacts(parts, damaged, folder, tell);
    await store.close();
    // Whoever may open the one may open the other.
    await copyFile(join(parts.folder, GATE_FILE), join(folder, GATE_FILE));
  } finally {
    await damaged.close();
  }
}

/**
 * Makes a new database beside the damaged one, and puts it in its place once it is whole. Whatever stops it before leaves
 * everything as it was. `copyAt`: the copy to begin from.
 */
export async function repairStore(
  parts: RepairParts,
  way: StoreWay,
  copyAt: string | null,
  tell: Tell,
): Promise<RepairResult> {
  await rm(workIn(parts.folder), { recursive: true, force: true });
  const damaged = await readable(databaseIn(parts.folder), parts);
  const copy = copyAt === null ? null : await readable(copyIn(copiesIn(parts.folder), copyAt), parts);
  const sources = [damaged, copy].filter((one) => one !== null);
  let begun: Begun | undefined;
  try {
    tell({ stage: 'reading', done: 0, total: 0 });
    begun = await begin(parts, way, { damaged, copyAt, sources }, tell);
    const { store, directory, unreadable } = begun;
    const kept = await keptHead(parts.folder);
    // Of one that is whole nothing has to be asked, which also works without a line.
    const needsCentre =
      way !== 'facts' || unreadable > 0 || (await countsOf(store)).own < (kept?.sequence ?? 0);
    const asked = needsCentre
      ? await askCentre(parts, store, directory, tell).catch((error: unknown) => {
          if (way === 'centre') throw error;
          return null;
        })
      : null;
    for (const source of sources) if (way !== 'facts') await carryFrom(source, store, directory);
    const identity = await loadIdentity(store);
    if (identity !== null) await store.write((writer) => liftCounters(writer, identity.deviceId));
    tell({ stage: 'checking', done: 0, total: 0 });
    const { rows } = await sql<Record<string, string>>`PRAGMA quick_check(1)`.execute(store.read);
    if (Object.values(rows[0] ?? {})[0] !== 'ok') throw new Error('The new database is not whole');
    const { facts, unsent, own } = await countsOf(store);
    await store.close();
    begun = undefined;
    for (const source of sources) await source.close();
    sources.length = 0;
    const gone = Math.max(0, (kept?.sequence ?? own) - own);
    return {
      way,
      facts,
      unsent,
      fromCentre: asked?.missing ?? 0,
      lost: gone > 0 && asked === null ? null : gone,
      centre: asked !== null,
      keptAs: await replaceDatabase(parts),
    };
  } finally {
    await begun?.store.close();
    for (const source of sources) await source.close();
  }
}

async function begin(
  parts: RepairParts,
  way: StoreWay,
  from: { damaged: Damaged | null; copyAt: string | null; sources: readonly Damaged[] },
  tell: Tell,
): Promise<Begun> {
  const { damaged, copyAt, sources } = from;
  if (way === 'facts' && damaged !== null) return fromFacts(parts, damaged, workIn(parts.folder), tell);
  if (way === 'copy' && copyAt !== null) return fromCopy(parts, copyAt, damaged);
  if (way === 'centre' && sources.length > 0) return fromCentre(parts, sources);
  throw new Error(`Nothing to begin with for ${way}`);
}
