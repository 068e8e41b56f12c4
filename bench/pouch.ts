import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';

/** The parts of PouchDB used here. It is installed apart, by the bench itself, and has no types. */
export type PouchDatabase = {
  bulkDocs(documents: object[]): Promise<unknown>;
  replicate: { to(target: unknown, options: object): Promise<{ ok: boolean; docs_written: number }> };
  close(): Promise<void>;
};
export type PouchConstructor = {
  new (name: string): PouchDatabase;
  defaults(options: { prefix: string; db: SyncedLevel }): PouchConstructor;
};

type Level = {
  _batch(operations: object[], options: object, callback: (error?: Error) => void): void;
};
export type SyncedLevel = (location: string) => Level;

/**
 * LevelDB that waits for the disk at every write, as both ends of Heshi do; PouchDB itself leaves that to the system.
 * It writes a batch of records at once, so that it waits as seldom as they do.
 */
function syncedLevel(load: NodeJS.Require): SyncedLevel {
  const leveldown = load('leveldown') as SyncedLevel;
  return (location) => {
    const level = leveldown(location);
    const batch = level._batch.bind(level);
    level._batch = (operations, options, callback) => batch(operations, { ...options, sync: true }, callback);
    return level;
  };
}

export function loadPouch(): {
  level: SyncedLevel;
  PouchDB: PouchConstructor;
  expressPouch: (pouch: PouchConstructor, options: object) => RequestListener;
} {
  const load = createRequire(new URL('./peers/package.json', import.meta.url));
  return {
    level: syncedLevel(load),
    PouchDB: load('pouchdb-node') as PouchConstructor,
    expressPouch: load('express-pouchdb') as ReturnType<typeof loadPouch>['expressPouch'],
  };
}
