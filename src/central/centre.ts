import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import { sql } from 'kysely';
import { pino, type Logger } from 'pino';
import packageFile from '../../package.json' with { type: 'json' };
import { checkRequestRole } from './kernel/db/as-unit.ts';
import { openDatabase, type Database } from './kernel/db/database.ts';
import { createEpoch } from './kernel/db/epoch.ts';
import { migrate } from './kernel/db/migrate.ts';
import { openCentreContent } from './evidence/content.ts';
import { eraseWithdrawn } from './evidence/erase.ts';
import { addEvidenceRoutes } from './evidence/http.ts';
import { addFirstAdministrator } from './administrators/index.ts';
import { createAdministrators } from './kernel/http/administrators.ts';
import { createBodies, DEFAULT_BODY_LIMITS, type BodyLimits } from './kernel/http/bodies.ts';
import { createCallerLimits, DEFAULT_LIMITS, type Limits } from './kernel/http/limits.ts';
import { createMetrics } from './kernel/http/metrics.ts';
import { createPressure, DEFAULT_CAPACITY, type Capacity } from './kernel/http/pressure.ts';
import { DISK_RESERVE_BYTES } from './kernel/http/readiness.ts';
import { createServer, DEFAULT_TIMEOUTS, type Timeouts } from './kernel/http/server.ts';
import { createSessions } from './kernel/http/sessions.ts';
import { watchState } from './kernel/http/state-metrics.ts';
import { adoptLog } from './kernel/keys/adopt.ts';
import { keepKnownKey } from './kernel/keys/known-key.ts';
import { createSealing } from './kernel/keys/record-keys.ts';
import { createTurns, startJob, startNothing } from './kernel/jobs/elected.ts';
import { createFollowers } from './followers.ts';
import { createJobs } from './jobs.ts';
import type { Messaging } from './messages/index.ts';
import { createMaintenance, type Maintenance } from './maintenance/index.ts';
import { createLive, type Live } from './live/live.ts';
import { addPublicPages } from './public/index.ts';
import { createConsumerMarks } from './repeats/keys.ts';
import { knowHistory } from './numbers/history.ts';
import { createUnitCache } from './kernel/units.ts';
import { createRouter } from './router.ts';
import type { CentreKey } from '../protocol/centre-key.ts';
import { knowledge } from '../protocol/state-form.ts';

/** Below what process managers usually wait before they kill. */
const CLOSES_WITHIN_MS = 25_000;
export type CentreOptions = {
  databaseUrl: string;
  /** Injected by simulations and tests; the system clock otherwise. */
  clock?: () => Date;
  /** An administrator's token to accept from now on, besides those known. */
  adminToken?: string;
  /** How long a device's session lasts; 15 minutes unless told. */
  sessionSeconds?: number;
  log?: Logger;
  /** The centre's own key, the same for all its processes; without it this one signs nothing, as older releases did not. */
  key?: CentreKey;
  /** Whether what the database holds unsigned is from before this key was made, and to be answered for. Never unless told. */
  adopts?: (now: Date) => boolean;
  /** Workstations are to know this centre by `key` from now on, whatever they knew before. */
  replacesKey?: boolean;
  /** TLS of its own, where no proxy stands before it. */
  tls?: { cert: string; key: string };
  /** Where evidence lies, sealed; without it this centre takes none. Shared by all processes of one centre. */
  evidenceFolder?: string;
  /** How much one caller may ask; what this process takes on at once; how slow a caller may be. */
  limits?: Partial<Limits>;
  capacity?: Partial<Capacity>;
  timeouts?: Partial<Timeouts>;
  bodies?: Partial<BodyLimits>;
  /** Not ready below so much free space on the data folder's disk. */
  diskReserveBytes?: number;
  /** How many proxies stand before it and say callers' addresses in `X-Forwarded-For`; none unless told. */
  proxies?: number;
  /** Where everybody finds this centre, such as `https://example.org`: told to workstations, for the cards they print. */
  publicUrl?: () => string | null;
  /** By which merchants are reminded; nothing leaves this centre without it. */
  messaging?: Messaging;
  /** Off in simulations, which say themselves when closed cases are archived. */
  archives?: boolean;
  /** False while a simulation lives days of its own, and says itself when merchants are graded. */
  grades?: () => boolean;
  /** Off in tests, which run what a job does when they need it: this process then does none. */
  jobs?: boolean;
  /** False in tests: verification and rebuilding then hold up the thread that serves. */
  ownThreads?: boolean;
  /** How long running requests may take to end when the centre closes; 25 seconds unless told. */
  closesWithinMs?: number;
};

export type Centre = {
  database: Database;
  /** True when the database knew no administrator before this start. */
  hadAdministrator: boolean;
  /** Accepts one more administrator's token, which has neither name nor end; only its hash is kept. */
  addAdministrator(token: string): Promise<void>;
  /** Makes the first administrator by name, with a token that ends and a second sign-in. */
  addFirstAdministrator(): Promise<{ token: string; until: string; second: string | null }>;
  listen(options: { host: string; port: number }): Promise<{ url: string }>;
  /** Does one of the centre's jobs now, for whoever lives days in less than its time. @throws RangeError where there is none of that name */
  runJob(name: string): Promise<void>;
  /** Lets running requests finish, then closes. */
  close(): Promise<void>;
};

/** Opens the database, brings it up to date, and makes a centre that can listen. */
export async function createCentre(options: CentreOptions): Promise<Centre> {
  const clock = options.clock ?? (() => new Date());
  const log = options.log ?? pino({ level: 'warn' });
  const { database, pool } = openDatabase(options.databaseUrl);
  const adopts = (): boolean => options.adopts?.(new Date()) ?? false;
  let live: Live | undefined;
  let maintenance: Maintenance | undefined;
  const capacity = { ...DEFAULT_CAPACITY, ...options.capacity };
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const pressure = createPressure(capacity);
  const bodies = createBodies(capacity, { ...DEFAULT_BODY_LIMITS, ...options.bodies }, timeouts.check);
  try {
    await migrate(database);
    await checkRequestRole(database);
    if (options.key) {
      const replaced = await keepKnownKey(database, options.key, options.replacesKey ?? false);
      if (replaced || adopts()) await adoptLog(database, options.key);
    }
    const known = await sql`
      SELECT 1 FROM administrator UNION ALL SELECT 1 FROM administrator_account LIMIT 1`.execute(database);
    const addAdministrator = async (token: string): Promise<void> => {
      await sql`
        INSERT INTO administrator (token_hash, created_at) VALUES (${hash('sha256', token)}, ${clock()})
        ON CONFLICT DO NOTHING`.execute(database);
    };
    if (options.adminToken !== undefined) await addAdministrator(options.adminToken);
    const units = createUnitCache();
    await units.reload(database);
    const sessions = await createSessions(database, options.sessionSeconds);
    const marks = await createConsumerMarks(database);
    const followers = createFollowers(marks);
    const metrics = createMetrics();
    let closing = false;
    /** Said once nothing is left that this release knows and an older one did not. */
    let knows: string | null = null;
    watchState(metrics.registry, { database, pool, pressure, bodies, streams: () => live?.streams() ?? 0 });
    const callers = createCallerLimits({ ...DEFAULT_LIMITS, ...options.limits }, pool);
    live = createLive({
      database,
      databaseUrl: options.databaseUrl,
      units,
      log,
      onNudged: metrics.nudged,
    });
    maintenance = createMaintenance({
      database,
      databaseUrl: options.databaseUrl,
      clock,
      ownThread: options.ownThreads ?? true,
    });
    const epoch = createEpoch(database, pool);
    await knowHistory(database, await epoch(), clock());
    const parts = {
      key: options.key ?? null,
      epoch,
      database,
      units,
      followers,
      sessions,
      administrators: createAdministrators(database, callers),
      clock,
      metrics,
      callers,
      knows: () => knows,
      seals: createSealing(database),
      adopts,
      release: packageFile.version,
      publicUrl: options.publicUrl ?? (() => null),
    };
    const app = createServer(createRouter({ live, marks, maintenance }), parts, log, {
      timeouts,
      pressure,
      bodies,
      proxies: options.proxies ?? 0,
      tls: options.tls ?? null,
      ready: {
        database,
        folder: options.evidenceFolder,
        diskReserveBytes: options.diskReserveBytes ?? DISK_RESERVE_BYTES,
        stopping: () => closing,
      },
    });
    const content =
      options.evidenceFolder === undefined ? null : await openCentreContent(options.evidenceFolder);
    if (content !== null) await addEvidenceRoutes(app, parts, content, log);
    addPublicPages(app, { ...parts, pressure, log });
    const sockets = new Set<Socket>();
    app.server.on('connection', (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const start = options.jobs === false ? startNothing : startJob;
    const turns = createTurns();
    const listed = createJobs({
      database,
      key: options.key ?? null,
      adopts,
      units,
      followers,
      marks,
      maintenance,
      clock,
      archives: options.archives ?? true,
      messaging: options.messaging ?? null,
      eraseWithdrawn: content && (() => eraseWithdrawn(database, content, clock())),
      grades: options.grades ?? (() => true),
      stopped: () => closing,
      moved: (paths) => live?.moved(paths, 'centre'),
      caughtUp: () => {
        knows = knowledge();
      },
    });
    const jobs = listed.map((job) => start(database, job, log, turns));
    return {
      database,
      hadAdministrator: known.rows.length > 0,
      addAdministrator,
      addFirstAdministrator: () => addFirstAdministrator(database, clock()),
      listen: async ({ host, port }) => ({ url: await app.listen({ host, port }) }),
      runJob: async (name) => {
        const job = listed.find((one) => one.name === name);
        if (job === undefined) throw new RangeError(`No job is named ${name}`);
        await job.run();
      },
      close: async () => {
        closing = true;
        // Connections that kept alive, or were opened and never used, would hold the door open for a minute.
        const sweeping = setInterval(() => {
          app.server.closeIdleConnections();
          for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
        }, 50);
        // Whoever has not ended by then asks again elsewhere: nothing is half done.
        const cut = setTimeout(
          () => app.server.closeAllConnections(),
          options.closesWithinMs ?? CLOSES_WITHIN_MS,
        );
        await live?.close();
        await maintenance?.stop();
        await app.close();
        clearInterval(sweeping);
        clearTimeout(cut);
        pressure.stop();
        bodies.stop();
        for (const job of jobs) await job.stop();
        await database.destroy();
      },
    };
  } catch (error) {
    await live?.close();
    pressure.stop();
    bodies.stop();
    await database.destroy();
    throw error;
  }
}
