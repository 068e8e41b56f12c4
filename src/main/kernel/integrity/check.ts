import { setTimeout as pause } from 'node:timers/promises';
import type { Damage } from '../../../contract/workstation/sync.ts';
import type { Directory } from '../store/directory.ts';
import type { ReadItem, ReadPage } from '../store/event-log.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { allStreams } from '../store/resync.ts';
import type { Reader, Store, Writer } from '../store/store.ts';
import type { StreamKey } from '../store/streams.ts';
import { alteredInFeed, alteredOf, brokenPlaces, findAltered, putRight, setAside } from './altered.ts';
import { headInStore, keptHead } from './kept-head.ts';
import { mendRecords } from './records.ts';

/** So few at a time that whoever records meanwhile does not notice. */
const FACTS_AT_ONCE = 500;
const RECORDS_AT_ONCE = 30;
/** A screen comes first. */
const BEGINS_AFTER_MS = 5000;
/** At most a third of the time is taken, and never without a pause. */
const SHORTEST_PAUSE_MS = 20;
const DAMAGE = 'damage';

export type CheckParts = {
  store: Store;
  directory: Directory;
  clock: () => Date;
  /** A page of the unit's feed behind a position, checked as every page is; null while there is no centre. */
  pageAfter: ((position: number) => Promise<ReadPage>) | null;
  stopped?: () => boolean;
};

const NOTHING = { altered: 0, restored: 0, missing: 0, mended: 0 };

/** What the last check found and nobody has noted yet; null when nothing. */
export async function readDamage(from: Reader | Writer): Promise<Damage | null> {
  const text = await readMeta(from, DAMAGE);
  return text === null ? null : (JSON.parse(text) as Damage);
}

/** Somebody has seen what was found. */
export async function noteDamage(store: Store): Promise<void> {
  await store.write((writer) => writer.deleteFrom('meta').where('key', '=', DAMAGE).execute());
}

async function add(
  parts: Pick<CheckParts, 'store' | 'clock'>,
  found: Partial<typeof NOTHING>,
): Promise<void> {
  const { store, clock } = parts;
  await store.write(async (writer) => {
    const before = (await readDamage(writer)) ?? NOTHING;
    const sum: Damage = {
      altered: before.altered + (found.altered ?? 0),
      restored: before.restored + (found.restored ?? 0),
      missing: before.missing + (found.missing ?? 0),
      mended: before.mended + (found.mended ?? 0),
      at: clock().toISOString(),
    };
    await writeMeta(writer, DAMAGE, JSON.stringify(sum));
  });
}

/** Waits at least twice as long as the work took. */
const rest = (began: number): Promise<void> =>
  pause(Math.max(SHORTEST_PAUSE_MS, 2 * (performance.now() - began)));

/**
 * What the database lost of this device's own log, before anything new is recorded: facts it had acknowledged, as the end of the log
 * that is kept beside it says. Counted once: from here on the log goes on as it is.
 */
export async function tellMissing(parts: CheckParts): Promise<number> {
  const { store } = parts;
  const kept = await keptHead(store.folder);
  const { sequence } = await headInStore(store);
  const missing = Math.max(0, (kept?.sequence ?? 0) - sequence);
  if (missing > 0) await add(parts, { missing });
  return missing;
}

async function checkFacts(parts: CheckParts): Promise<void> {
  const { store, directory } = parts;
  let after = 0;
  for (;;) {
    const began = performance.now();
    const { altered, last } = await findAltered(store.read, after, FACTS_AT_ONCE);
    const fresh = altered.length > 0 ? await setAside(store, altered, directory) : 0;
    if (fresh > 0) await add(parts, { altered: fresh });
    if (last === null || parts.stopped?.() === true) return;
    after = last;
    await rest(began);
  }
}

/** Puts facts right that are set aside as altered, by what the centre has of them. Returns how many. */
export async function restoreAltered(parts: CheckParts): Promise<number> {
  const { store, directory, pageAfter } = parts;
  if (pageAfter === null) return 0;
  let restored = 0;
  let items: readonly ReadItem[] = [];
  for (const { id, position } of await alteredInFeed(store.read)) {
    if (parts.stopped?.() === true) break;
    if (position > (items.at(-1)?.position ?? 0)) ({ items } = await pageAfter(position - 1));
    const item = items.find((one) => one.position === position);
    if (item !== undefined && (await putRight(store, id, item, directory))) restored += 1;
  }
  if (restored > 0) await add(parts, { restored });
  return restored;
}

async function checkRecords(parts: CheckParts): Promise<void> {
  const { store, directory } = parts;
  const streams = await allStreams(store.read);
  for (let start = 0; start < streams.length && parts.stopped?.() !== true; start += RECORDS_AT_ONCE) {
    const began = performance.now();
    const some = streams.slice(start, start + RECORDS_AT_ONCE);
    const wrong = await store.write((writer) => mendRecords(writer, some, directory));
    if (wrong.length > 0) await add(parts, { mended: wrong.length });
    await rest(began);
  }
}

/** The same for a few records, at once: what somebody is let in by is not believed either. */
export async function checkStreams(
  parts: Pick<CheckParts, 'store' | 'directory' | 'clock'>,
  keys: readonly StreamKey[],
): Promise<void> {
  const { store, directory } = parts;
  const altered = await alteredOf(store.read, keys);
  const fresh = altered.length > 0 ? await setAside(store, altered, directory) : 0;
  const wrong = await store.write((writer) => mendRecords(writer, keys, directory));
  if (fresh + wrong.length > 0) await add(parts, { altered: fresh, mended: wrong.length });
}

/**
 * Works out anew what the database claims: each fact by its hash, and each record and its row by its facts. Facts that were altered are
 * set aside and put right by the centre's; records that stand otherwise are made anew. What was found is kept until somebody has
 * noted it. Others record and read meanwhile; stopped at any point, the next start begins again.
 */
export async function checkStore(parts: CheckParts): Promise<Damage | null> {
  const broken = await brokenPlaces(parts.store.read);
  if (broken > 0) await add(parts, { missing: broken });
  await checkFacts(parts);
  // Without a centre now, the next round with one does it.
  await restoreAltered(parts).catch(() => 0);
  await checkRecords(parts);
  return readDamage(parts.store.read);
}

/** Checks in the background until it is done or `stop` is called. */
export function startCheck(
  parts: CheckParts,
  onDone: (damage: Damage | null) => void,
  onProblem: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async (): Promise<void> => {
    await pause(BEGINS_AFTER_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) onDone(await checkStore({ ...parts, stopped: () => signal.aborted }));
  };
  const working = work().catch(onProblem);
  return {
    stop: async () => {
      stopping.abort();
      await working;
    },
  };
}
