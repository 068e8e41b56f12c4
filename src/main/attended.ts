import { stat } from 'node:fs/promises';
import { RPCHandler } from '@orpc/server/message-port';
import packageFile from '../../package.json' with { type: 'json' };
import { systemClock } from './kernel/system-clock.ts';
import { FolderInUse, lockFolder } from './kernel/store/lock.ts';
import { StorageError } from './kernel/store/index.ts';
import { createRepairStation, damagedRouter, type DamagedContext } from './repair/index.ts';
import {
  startWorkstation,
  storeOptions,
  type PageSession,
  type PortLike,
  type Workstation,
  type WorkstationOptions,
} from './workstation.ts';

/** Where there is not even a folder, nothing can be counted and nothing repaired. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** What stands behind the screen at a moment: a workstation, or the repair of one whose store does not open. */
export type Behind = { workstation: Workstation } | { workstation: null; damaged: DamagedContext };

/** A data folder with a page before it, whatever has become of its store. */
export type Attended = {
  now(): Behind;
  serve(port: PortLike): PageSession;
  lock(): void;
  close(): Promise<void>;
};

/**
 * Starts the workstation of a data folder; where its store does not open, or turns out to be damaged while it is used, what takes
 * its place says why and repairs it. @throws FolderInUse, with which no page can help, and what keeps the folder itself from being made
 */
export async function attendWorkstation(options: WorkstationOptions): Promise<Attended> {
  const clock = options.clock ?? systemClock;
  const { dataFolder, host, centreUrl } = options;
  const damagedHandler = new RPCHandler<DamagedContext>(damagedRouter);
  let behind: Behind;
  let held: { release(): Promise<void> } | null = null;
  /** What is closed or opened now. */
  let turning: Promise<unknown> = Promise.resolve();
  let closed = false;
  /** What opens the store that turned out to be damaged, and its copies. */
  let keys: readonly Uint8Array[] = [];

  const damagedBy = (error: unknown): Behind => {
    const parts = {
      folder: dataFolder,
      options: storeOptions(options, keys[0]),
      host,
      clock,
      fetcher: options.fetcher ?? fetch,
      ...(centreUrl === undefined ? {} : { centreUrl }),
    };
    const ready = async (): Promise<boolean> => {
      // Whoever has just come in is answered first.
      await turning;
      return held !== null;
    };
    const repair = createRepairStation(parts, error, { ready, reopen, openReadOnly });
    return {
      workstation: null,
      damaged: { repair, release: packageFile.version, host: host.name, sealing: host.sealing(), clock },
    };
  };
  const start = (more: Partial<WorkstationOptions> = {}): Promise<Workstation> =>
    startWorkstation({ ...options, ...more, onDamage });
  const holdFolder = async (): Promise<void> => {
    // Nobody else begins here meanwhile. What keeps from locking is most likely what is told.
    held = await lockFolder(dataFolder).catch(() => null);
  };
  const open = async (): Promise<boolean> => {
    await held?.release();
    held = null;
    try {
      behind = { workstation: await start() };
      keys = [];
      return true;
    } catch (error) {
      if (error instanceof FolderInUse || !(await isFolder(dataFolder))) throw error;
      await holdFolder();
      behind = damagedBy(error);
      return false;
    }
  };
  const reopen = (): Promise<boolean> => {
    const opening = turning.then(open);
    turning = opening.catch(() => undefined);
    return opening;
  };
  const openReadOnly = async (folder: string): Promise<void> => {
    const before = behind;
    const workstation = await start({
      dataFolder: folder,
      automaticSync: false,
      leave: async () => {
        // Closed after the answer to whoever leaves; the damaged store is where it was.
        setImmediate(() => {
          turning = workstation.close().catch(() => undefined);
        });
        behind = before;
        return true;
      },
    });
    behind = { workstation };
  };
  /** Damage was met when somebody came in, or at work: the workstation is closed, and its repair takes its place. */
  function onDamage(error: StorageError, found: readonly Uint8Array[]): void {
    keys = found;
    const { workstation } = behind;
    // At a start, which fails by it.
    if (workstation === null || closed) return;
    behind = damagedBy(error);
    turning = workstation
      .close()
      .catch(() => undefined)
      .then(holdFolder);
  }

  behind = damagedBy(new StorageError('missing'));
  await open();
  return {
    now: () => behind,
    serve: (port) => {
      if (behind.workstation !== null) return behind.workstation.serve(port);
      damagedHandler.upgrade(port, { context: behind.damaged });
      return { answer: () => Promise.resolve(new Response('Not there', { status: 503 })) };
    },
    lock: () => behind.workstation?.lock(),
    close: async () => {
      closed = true;
      await turning;
      if (behind.workstation === null) await behind.damaged.repair.settled();
      else await behind.workstation.close();
      await held?.release();
    },
  };
}
