import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';

/** The parts of PouchDB used here; neither package has types. */
export type PouchDatabase = {
  bulkDocs(documents: object[]): Promise<unknown>;
  replicate: { to(target: unknown, options: object): Promise<{ ok: boolean; docs_written: number }> };
  close(): Promise<void>;
};
export type PouchConstructor = {
  new (name: string): PouchDatabase;
  defaults(options: { prefix: string }): PouchConstructor;
};

export function loadPouch(): {
  PouchDB: PouchConstructor;
  expressPouch: (pouch: PouchConstructor, options: object) => RequestListener;
} {
  const load = createRequire(import.meta.url);
  return {
    PouchDB: load('pouchdb-node') as PouchConstructor,
    expressPouch: load('express-pouchdb') as ReturnType<typeof loadPouch>['expressPouch'],
  };
}
