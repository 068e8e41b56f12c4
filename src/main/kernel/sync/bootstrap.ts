import { SNAPSHOT_FROM, type SnapshotPage } from '../../../contract/centre/snapshot.ts';
import { stateForm } from '../../../protocol/state-form.ts';
import {
  applyHistoryPage,
  applySnapshotPage,
  checkBases,
  isEmpty,
  readBootstrap,
  type Bootstrap,
  type Directory,
  type Store,
} from '../store/index.ts';
import { CentreError, type CentreLink } from './centre-link.ts';
import { readFeed } from './feed.ts';

/** What a new workstation still waits for, in positions of the feed; null when nothing. */
export type Arriving = { stage: Bootstrap['stage']; done: number; total: number } | null;

type Parts = {
  store: Store;
  directory: Directory;
  link: CentreLink;
  /** Told after every page. */
  arriving?: (arriving: Arriving) => void;
};

/** A centre of an older release, or one whose states are not this release's: the feed serves as well. */
const NO_SNAPSHOT = new Set(['NOT_FOUND', 'SNAPSHOT_FORM_DIFFERS']);

function arrivingOf(bootstrap: Bootstrap): NonNullable<Arriving> {
  const { stage, until } = bootstrap;
  const total = until.position;
  if (stage === 'snapshot') return { stage, done: bootstrap.after ?? 0, total };
  return { stage, done: stage === 'history' ? bootstrap.read.position : total, total };
}

/** What is outstanding of an earlier start or round. */
export async function readArriving(store: Store): Promise<Arriving> {
  const bootstrap = await readBootstrap(store.read);
  return bootstrap === null ? null : arrivingOf(bootstrap);
}

/**
 * Brings an empty workstation to its unit's present: states instead of history, page by page, each saved with how far it
 * goes; a walk that was cut goes on where it stopped. Does nothing where the feed is as quick, or has been read.
 */
export async function loadSnapshot(parts: Parts): Promise<void> {
  const { store, directory, link } = parts;
  const form = stateForm();
  const ask = (after: number | null, until?: number): Promise<SnapshotPage> =>
    link.call((client) =>
      client.snapshot({
        form,
        ...(after === null ? {} : { after }),
        ...(until === undefined ? {} : { until }),
      }),
    );
  let bootstrap = await readBootstrap(store.read);
  if (bootstrap === null && !(await isEmpty(store.read))) return;
  if (bootstrap !== null && bootstrap.stage !== 'snapshot') return;
  let page: SnapshotPage;
  try {
    page = await ask(bootstrap?.after ?? null, bootstrap?.until.position);
  } catch (error) {
    if (bootstrap === null && error instanceof CentreError && NO_SNAPSHOT.has(error.code)) return;
    throw error;
  }
  if (bootstrap === null && page.head.position < SNAPSHOT_FROM) return;
  for (;;) {
    const until: number = bootstrap?.until.position ?? page.head.position;
    // The next page is on its way while this one is saved.
    const following = page.next === null ? null : ask(page.next, until);
    // Awaited below; until then a failure must not count as unhandled.
    following?.catch(() => undefined);
    const current = page;
    bootstrap = await store.write((writer) => applySnapshotPage(writer, current, directory));
    parts.arriving?.(arrivingOf(bootstrap));
    if (following === null) return;
    page = await following;
  }
}

/**
 * Reads the history behind the snapshot, at most so many pages of it, then makes every state anew of it, a few at a time.
 * Nothing of this is needed to work; until it is done nothing is proved. @throws FeedBroken
 */
export async function fillHistory(
  parts: Parts & { onProblem: (code: string, text: string) => void },
  pages: number,
): Promise<Arriving> {
  const { store, directory, link } = parts;
  let bootstrap = await readBootstrap(store.read);
  for (let turn = 0; bootstrap !== null && turn < pages; turn += 1) {
    if (bootstrap.stage === 'snapshot') break;
    if (bootstrap.stage === 'history') {
      const history = bootstrap;
      const page = await readFeed(link, history.read.position, 'bare');
      bootstrap = await store.write((writer) => applyHistoryPage(writer, page, history));
    } else {
      const { differing, done } = await store.write((writer) => checkBases(writer, directory));
      for (const { kind, id } of differing) parts.onProblem('state-differs', `${kind} ${id}`);
      if (done) bootstrap = null;
    }
    parts.arriving?.(bootstrap === null ? null : arrivingOf(bootstrap));
  }
  return bootstrap === null ? null : arrivingOf(bootstrap);
}
