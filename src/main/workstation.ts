// First: modules that load before it make the space grow.
import './young-heap.ts';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import packageFile from '../../package.json' with { type: 'json' };
import type { WorkstationContract } from '../contract/workstation/index.ts';
import { inHierarchy } from '../domain/organisation/index.ts';
import { createContentStore } from './evidence/content-store.ts';
import { createDataKey } from './evidence/data-key.ts';
import { eraseWithdrawn } from './evidence/erase.ts';
import type { Host } from './kernel/host.ts';
import { systemClock, systemUptime } from './kernel/system-clock.ts';
import { createImportSessions } from './imports/session.ts';
import { THREAD_FILE } from './imports/worker/thread.ts';
import { createReminders, type Reminders } from './reminders/reminders.ts';
import { createGate, type Behind } from './gate.ts';
import { answerEvidence } from './evidence/web.ts';
import { newClient, type CallContext, type Client, type WorkstationParts } from './kernel/parts.ts';
import { PROJECTIONS, router, summaries } from './capabilities.ts';
import type { Gate } from './kernel/parts.ts';
import {
  asStorageError,
  createDirectory,
  DATA_FAULTS,
  lastRecorded,
  markDamaged,
  requireDatabase,
  StorageError,
  writeMeta,
  type Store,
  type StoreOptions,
} from './kernel/store/index.ts';
import { lockFolder } from './kernel/store/lock.ts';
import { fillTasks } from './kernel/store/tasks.ts';
import { retryAfterUpgrade } from './kernel/store/upgrade.ts';
import { createCentreLink, type CentreLink } from './kernel/sync/centre-link.ts';
import { createEvidenceDownloads } from './evidence/evidence-downloads.ts';
import { createEvidenceUploads } from './evidence/evidence-uploads.ts';
import { startSearchRebuild } from './kernel/store/search-rebuild.ts';
import { createElsewhereAsker } from './repeats/elsewhere.ts';
import {
  createHeadKeeper,
  restoreAltered,
  startCheck,
  tellMissing,
  type CheckParts,
} from './kernel/integrity/index.ts';
import { readFeed } from './kernel/sync/feed.ts';
import { createSyncEngine } from './kernel/sync/engine.ts';
import { keepNumbers } from './numbers/leasing.ts';
import { startNudges } from './live/nudges.ts';
import { createPresence } from './live/open-cases.ts';
import { createSessions } from './kernel/sessions.ts';
import { countWrong, formerOf, openEncryptedStore, openVault, tellShare } from './kernel/vault/index.ts';
import { createStanding } from './kernel/standing.ts';
import type { CycleParts } from './kernel/sync/parts.ts';
import { startNightlyCopies } from './repair/index.ts';
import { createReporter } from './kernel/sync/report.ts';
import { loadIdentity, saveIdentity, type Identity } from './kernel/sync/identity.ts';

export type WorkstationOptions = {
  dataFolder: string;
  host: Host;
  /** Injected by simulations and tests; the system clock otherwise. */
  clock?: () => Date;
  /** Milliseconds that the machine has run; the system's own unless told. */
  uptime?: () => number;
  fetcher?: typeof fetch;
  /** Where the centre is now, when it has moved since enrolment. */
  centreUrl?: string;
  /**
   * True keeps the key where the host alone opens it, so that nobody has to be there: for demonstrations, simulations and
   * tests, whose people are invented.
   */
  unattended?: boolean;
  /** How long after the last person has gone the gate stays open for what they were typing, milliseconds; two seconds unless told. */
  graceMs?: number;
  /** False leaves every sync round to `workstation.sync.run()`. */
  automaticSync?: boolean;
  /** How long a fact stays here, to be taken back, before it leaves by itself; as the settings say unless told. */
  undoMs?: number;
  /**
   * `full` (the default): what was acknowledged is on the disk. `relaxed` survives the process but not a power
   * cut: for demonstrations and simulations that make a district's worth of workstations on one disk.
   */
  durability?: 'full' | 'relaxed';
  /** False for workstations that issue no documents while they live, as those of a demonstration's year. */
  leasesNumbers?: boolean;
  /** The thread in which files are read, where everything is bundled and it does not lie beside its source. */
  importThread?: URL;
  /** How long a write waits for another program's lock, milliseconds. */
  busyMs?: number;
  /** Told when the store turns out to be damaged, at its opening or while it is used, with what opens its copies. */
  onDamage?: (error: StorageError, keys: readonly Uint8Array[]) => void;
  /** Nothing is recorded here: what can be read of a damaged store, and how it is left again. */
  leave?: () => Promise<boolean>;
  /**
   * How many batches of facts may be on their way at once; two unless told. One for simulations that must go the same
   * way again.
   */
  pushesInFlight?: number;
};

export type WorkstationClient = ContractRouterClient<WorkstationContract>;

/** What a port must offer; Electron's MessagePortMain and Node's MessagePort both do. */
export type PortLike = Parameters<RPCHandler<CallContext>['upgrade']>[0];

/** One page's way to what does not go through its port: files, for whoever is signed in there. */
export type PageSession = { answer(request: Request): Promise<Response> };

export type Workstation = {
  /** What lies behind the gate. @throws LOCKED while it is shut */
  readonly parts: WorkstationParts;
  gate: Gate;
  /** What the workstation's person is reminded of, whether or not a window is in front. @throws LOCKED while it is shut */
  readonly reminders: Reminders;
  /** A caller of its own, signed in apart from all others: a window, a browser, or a tool. */
  connect(client?: Client): { client: Client; api: WorkstationClient };
  /** Serves the contract on one end of a message channel, and that page's requests for evidence files. */
  serve(port: PortLike): PageSession;
  /** Locks every window: the machine sleeps, or its screen was locked. */
  lock(): void;
  contextOf(client: Client): CallContext;
  close(): Promise<void>;
};

/** How the store of a workstation is opened. */
export function storeOptions(
  { busyMs, durability }: WorkstationOptions,
  key: Uint8Array | undefined,
): StoreOptions {
  return {
    projections: PROJECTIONS,
    ...(key === undefined ? {} : { key }),
    ...(busyMs === undefined ? {} : { busyMs }),
    ...(durability === undefined ? {} : { durability }),
  };
}

/** Starts everything behind the screen on one data folder. @throws FolderInUse, GateSealed, StorageError */
export async function startWorkstation(options: WorkstationOptions): Promise<Workstation> {
  const { dataFolder, host } = options;
  const clock = options.clock ?? systemClock;
  const lock = await lockFolder(dataFolder);
  try {
    const vault = await openVault(dataFolder, host, () => formerOf(dataFolder));
    const sessions = createSessions({ clock, lockMinutes: vault.settings().lockMinutes });
    const { gate, behind, workstation, close } = await createGate<Inside>({
      vault,
      sessions,
      clock,
      uptime: options.uptime ?? systemUptime,
      host,
      release: packageFile.version,
      dataFolder,
      fetcher: options.fetcher ?? fetch,
      attended: !(options.unattended ?? false),
      drains: options.automaticSync ?? true,
      graceMs: options.graceMs ?? GRACE_MS,
      open: async (keys, gateItself) => {
        let store: Store | undefined;
        try {
          await requireDatabase(dataFolder);
          const opened = await openEncryptedStore(dataFolder, {
            ...storeOptions(options, undefined),
            keys,
            vault,
          });
          ({ store } = opened);
          const { key } = opened;
          return { key, ...(await assemble(options, store, gateItself, key)) };
        } catch (error) {
          // Why it did not open is what counts.
          await store?.close().catch(() => undefined);
          const known = asStorageError(error);
          if (known instanceof StorageError && (DATA_FAULTS.has(known.code) || known.code === 'newer'))
            options.onDamage?.(
              known,
              keys.map((key) => Uint8Array.from(key)),
            );
          throw error;
        }
      },
    });
    const contextOf = (client: Client): CallContext => ({ workstation, client, gate });
    const handler = new RPCHandler<CallContext>(router);
    return {
      get parts() {
        return behind().parts;
      },
      get reminders() {
        return behind().reminders;
      },
      gate,
      contextOf,
      connect: (client = newClient()) => ({
        client,
        api: createRouterClient(router, { context: contextOf(client) }),
      }),
      lock: () => sessions.lockAll('system'),
      serve: (port) => {
        const context = contextOf(newClient({ window: true }));
        handler.upgrade(port, { context });
        return { answer: (request) => answerEvidence(context, request) };
      },
      close: async () => {
        sessions.stop();
        // A store that does not close any more keeps nobody from opening the folder again.
        await close().finally(lock.release);
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Of a problem: what is wrong with the data itself, as services and rounds call it. */
const DAMAGE_CODES: ReadonlySet<string> = new Set([
  'storage-damaged',
  ...[...DATA_FAULTS].map((fault) => `storage-${fault}`),
]);

/** A page keeps what is typed within half a second, and tries again every two. */
const GRACE_MS = 2_000;

/** What exists while the gate is open. */
type Inside = Behind & { reminders: Reminders };

async function assemble(
  options: WorkstationOptions,
  store: Store,
  gate: Gate,
  key: Uint8Array,
): Promise<Omit<Inside, 'key'>> {
  const clock = options.clock ?? systemClock;
  const fetcher = options.fetcher ?? fetch;
  const directory = createDirectory(store.projections);
  await directory.reload(store.read);
  const content = createContentStore(store.folder, createDataKey(store, options.host));
  await content.sweep(async (sha256) => {
    const row = await store.read
      .selectFrom('evidence_content')
      .select('held_at')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    return (row?.held_at ?? null) !== null;
  });
  await retryAfterUpgrade(store, directory, packageFile.version);
  await fillTasks(store, directory);
  let identity: Identity | null = await loadIdentity(store);
  if (identity !== null && options.centreUrl !== undefined)
    identity = { ...identity, centreUrl: options.centreUrl };
  const linkOf = (one: Identity): CentreLink =>
    createCentreLink(one, options.host, fetcher, clock, async (centreKey) => {
      // Only of the identity that is still this workstation's.
      if (identity?.deviceId !== one.deviceId) return;
      identity = { ...identity, centreKey, centreKeyCompared: false };
      await saveIdentity(store, identity);
    });
  let link: CentreLink | null = identity === null ? null : linkOf(identity);

  const problem = (code: string, text: string): void => {
    const values = { at: clock().toISOString(), code, text: text.slice(0, 2000) };
    // A problem that cannot be logged must not become a second problem.
    void store
      .write((writer) => writer.insertInto('problem_log').values(values).execute())
      .catch(() => undefined);
    if (!DAMAGE_CODES.has(code)) return;
    void markDamaged(store.folder)
      .catch(() => undefined)
      .then(() => options.onDamage?.(new StorageError('corrupt'), [Uint8Array.from(key)]));
  };
  const told =
    (code: string) =>
    (error: unknown): void => {
      const known = asStorageError(error);
      problem(
        known instanceof StorageError ? `storage-${known.code}` : code,
        error instanceof Error ? error.message : String(error),
      );
    };
  const uploads = createEvidenceUploads({
    store,
    content,
    link: () => link,
    onChange: () => void sync.refresh().catch(told('status')),
    onProblem: problem,
  });
  // Once a day or so: whenever somebody opens it.
  await eraseWithdrawn(store, content, clock()).catch(told('evidence-erase'));
  const automatic = options.automaticSync ?? true;
  const checked = (): CheckParts => {
    const current = link;
    return {
      store,
      directory,
      clock,
      pageAfter: current === null ? null : (position) => readFeed(current, position),
    };
  };
  // Before anything new is recorded: what is gone would be numbered anew.
  await tellMissing(checked());
  const keeper = automatic ? createHeadKeeper(store, told('own-log')) : null;
  const { sessions, vault } = gate;
  sessions.accountsChanged();
  store.onWrite((changed) => {
    if (changed.has('staff')) sessions.accountsChanged();
    keeper?.changed();
  });
  const standing = await createStanding(store, clock);
  const sync = createSyncEngine({
    store,
    directory,
    clock,
    automatic,
    undoMs: options.undoMs ?? vault.settings().undoSeconds * 1000,
    steps: [
      ...((options.leasesNumbers ?? true) ? [keepNumbers] : []),
      async ({ link: current, deviceId }: CycleParts) => {
        await tellShare(store, current, deviceId);
        return false;
      },
      async () => {
        await restoreAltered(checked());
        return false;
      },
    ],
    pushesInFlight: options.pushesInFlight,
    recordedBefore: await lastRecorded(store),
    reporter: createReporter({
      store,
      clock,
      signIns: () => countWrong(vault),
      release: packageFile.version,
      onProblem: problem,
    }),
    evidence: {
      waiting: uploads.waiting,
      reason: uploads.reason,
      afterRound: () => (automatic ? void uploads.run() : undefined),
    },
    link: () =>
      identity === null || link === null
        ? null
        : { link, deviceId: identity.deviceId, unitPath: identity.unitPath },
    heard: standing.heard,
    onProblem: problem,
  });
  const presence = createPresence({ link: () => link, automatic });
  const nudges = automatic
    ? startNudges({
        link: () => link,
        onMoved: (moved) => (moved === 'feed' ? sync.nudged() : presence.moved()),
        onConnected: (connected) => {
          sync.live(connected);
          if (connected) presence.moved();
        },
      })
    : null;
  const workstation: WorkstationParts = {
    store,
    presence,
    content,
    imports: createImportSessions(options.importThread ?? THREAD_FILE),
    uploads,
    downloads: createEvidenceDownloads({ store, content, clock, link: () => link }),
    elsewhere: createElsewhereAsker({
      store,
      host: options.host,
      clock,
      session: () => (identity === null || link === null ? null : { link, deviceId: identity.deviceId }),
    }),
    directory,
    clock,
    uptime: gate.uptime,
    host: options.host,
    release: packageFile.version,
    settings: vault.settings,
    sync,
    sessions,
    standing,
    fetcher,
    identity: () => identity,
    link: () => link,
    setIdentity: async (next) => {
      await saveIdentity(store, next);
      identity = next;
      link = linkOf(next);
      await standing.renewed();
      await gate.refresh();
    },
    replaceIdentity: async (next, work) => {
      const before = { identity, link };
      const replaced = await store
        .write(async (writer) => {
          const result = await work(writer);
          await writeMeta(writer, 'identity', JSON.stringify(next));
          identity = next;
          link = linkOf(next);
          return result;
        })
        .catch((error: unknown) => {
          ({ identity, link } = before);
          throw error;
        });
      await standing.renewed();
      await gate.refresh();
      return replaced;
    },
    summaries,
    readOnly: options.leave !== undefined,
    repair: { options: storeOptions(options, key), leave: options.leave ?? null },
    problem,
  };
  const reminders = createReminders({
    store,
    clock,
    unitPath: () => identity?.unitPath ?? null,
    hasBoard: (path) => inHierarchy({ level: directory.levelOf(path) }),
    language: () => vault.settings().language,
    notify: (title, body) => options.host.notify(title, body),
    automatic,
    onProblem: problem,
  });
  let reviewed = sync.status().feedPosition;
  const stopReviewing = sync.subscribe(({ feedPosition }) => {
    if (feedPosition === reviewed) return;
    reviewed = feedPosition;
    sessions.review(store.read).catch(told('sessions'));
    gate.refresh().catch(told('gate'));
  });
  const rebuild = startSearchRebuild(store, problem);
  const check = automatic
    ? startCheck(checked(), () => void sync.refresh().catch(told('status')), told('check'))
    : null;
  const nightly = startNightlyCopies({
    store,
    clock,
    options: storeOptions(options, key),
    automatic,
    onProblem: problem,
  });
  await sync.refresh();
  return {
    parts: workstation,
    reminders,
    close: async () => {
      await nightly.stop();
      await rebuild.stop();
      await check?.stop();
      await reminders.stop();
      await nudges?.stop();
      await presence.stop();
      await workstation.imports.close();
      stopReviewing();
      await sync.stop();
      await uploads.stop();
      await keeper?.close();
      await store.close();
    },
  };
}
