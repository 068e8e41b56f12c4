import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The parts of RxDB used here. It is installed apart, by the bench itself, so that its own types are not there. */
export type RxCollection = {
  bulkInsert(documents: object[]): Promise<{ error: unknown[] }>;
  count(): { exec(): Promise<number> };
  storageInstance: { internals: { localState?: Promise<LokiState> } };
};
/** LokiJS as RxDB holds it: what is in memory goes to its file when this queue has run. */
type LokiState = { databaseState: { saveQueue: { run(): Promise<void> } } };
type RxDatabase = {
  addCollections(collections: object): Promise<{ facts: RxCollection }>;
};
type Replication = {
  error$: { subscribe(listener: (error: Error) => void): void };
  awaitInitialReplication(): Promise<void>;
};
type RxServer = {
  addReplicationEndpoint(options: object): Promise<{ urlPath: string }>;
  start(): Promise<void>;
};
type Express = ((...parts: never[]) => RequestListener & { use(part: unknown): void }) & {
  json(options: object): unknown;
};

export type LoadedRxdb = {
  /** In `folder` with LokiJS on files, or in memory where there is none. */
  open(name: string, folder: string | null): Promise<{ database: RxDatabase; facts: RxCollection }>;
  createRxServer(options: object): Promise<RxServer>;
  RxServerAdapterExpress: object;
  replicateServer(options: object): Replication;
  express: Express;
};

/** As records are checked elsewhere too, each by its schema. */
const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 64 },
    type: { type: 'string' },
    at: { type: 'string' },
    unitPath: { type: 'string' },
    actor: { type: 'object', additionalProperties: true },
    payload: { type: 'object', additionalProperties: true },
  },
  required: ['id', 'type', 'at', 'unitPath', 'actor', 'payload'],
};

/** Waits until everything written so far is in the file; nothing to wait for in memory. */
export async function saved(facts: RxCollection): Promise<void> {
  const state = await facts.storageInstance.internals.localState;
  await state?.databaseState.saveQueue.run();
}

type Core = { createRxDatabase(options: object): Promise<RxDatabase> };

export function loadRxdb(): LoadedRxdb {
  const load = createRequire(new URL('./peers/package.json', import.meta.url));
  const { createRxDatabase } = load('rxdb/plugins/core') as Core;
  const { getRxStorageMemory } = load('rxdb/plugins/storage-memory') as { getRxStorageMemory(): object };
  const { getRxStorageLoki } = load('rxdb/plugins/storage-lokijs') as {
    getRxStorageLoki(options: object): object;
  };
  const FileAdapter = load('lokijs/src/loki-fs-structured-adapter.js') as new () => object;
  return {
    open: async (name, folder) => {
      const storage =
        folder === null ? getRxStorageMemory() : getRxStorageLoki({ adapter: new FileAdapter() });
      const database = await createRxDatabase({
        name: folder === null ? name : join(folder, name),
        storage,
        multiInstance: false,
      });
      return { database, ...(await database.addCollections({ facts: { schema: SCHEMA } })) };
    },
    ...(load('rxdb-server/plugins/server') as Pick<LoadedRxdb, 'createRxServer'>),
    ...(load('rxdb-server/plugins/adapter-express') as Pick<LoadedRxdb, 'RxServerAdapterExpress'>),
    ...(load('rxdb-server/plugins/replication-server') as Pick<LoadedRxdb, 'replicateServer'>),
    express: load('express') as Express,
  };
}
