import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { pino, type Logger } from 'pino';
import packageFile from '../../package.json' with { type: 'json' };
import { openDatabase, type Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openCentreContent } from './evidence/content.ts';
import { addEvidenceRoutes } from './http/evidence.ts';
import { createMetrics } from './http/metrics.ts';
import { createServer } from './http/server.ts';
import { createSessions } from './http/sessions.ts';
import { startJob } from './jobs/elected.ts';
import { fillMarks } from './marks/backfill.ts';
import { createConsumerMarks } from './marks/keys.ts';
import { createUnitCache } from './units.ts';

/** Between two tries to do what one process does for all. */
const JOB_MS = 60_000;

export type CentreOptions = {
  databaseUrl: string;
  /** Injected by simulations and tests; the system clock otherwise. */
  clock?: () => Date;
  /** An administrator's token to accept from now on, besides those known. */
  adminToken?: string;
  /** How long a device's session lasts; 15 minutes unless told. */
  sessionSeconds?: number;
  log?: Logger;
  /** Where evidence lies, sealed; without it this centre takes none. Shared by all processes of one centre. */
  evidenceFolder?: string;
};

export type Centre = {
  database: Database;
  /** True when the database knew no administrator before this start. */
  hadAdministrator: boolean;
  /** Accepts one more administrator's token; only its hash is kept. */
  addAdministrator(token: string): Promise<void>;
  listen(options: { host: string; port: number }): Promise<{ url: string }>;
  /** Lets running requests finish, then closes. */
  close(): Promise<void>;
};

/** Opens the database, brings it up to date, and makes a centre that can listen. */
export async function createCentre(options: CentreOptions): Promise<Centre> {
  const clock = options.clock ?? (() => new Date());
  const log = options.log ?? pino({ level: 'warn' });
  const { database } = openDatabase(options.databaseUrl);
  try {
    await migrate(database);
    const known = await sql`SELECT 1 FROM administrator LIMIT 1`.execute(database);
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
    const metrics = createMetrics();
    const parts = { database, units, marks, sessions, clock, metrics, release: packageFile.version };
    const app = createServer(parts, log);
    if (options.evidenceFolder !== undefined)
      await addEvidenceRoutes(app, parts, await openCentreContent(options.evidenceFolder), log);
    let closing = false;
    // Nobody waits for what older records get.
    const filling = startJob(
      database,
      {
        name: 'consumer-marks',
        everyMs: JOB_MS,
        run: async () => {
          await fillMarks(database, marks, () => closing);
          return !closing;
        },
      },
      log,
    );
    return {
      database,
      hadAdministrator: known.rows.length > 0,
      addAdministrator,
      listen: async ({ host, port }) => ({ url: await app.listen({ host, port }) }),
      close: async () => {
        // Connections that kept alive would hold the door open for a minute after their last answer.
        const sweeping = setInterval(() => app.server.closeIdleConnections(), 50);
        await app.close();
        clearInterval(sweeping);
        closing = true;
        await filling.stop();
        await database.destroy();
      },
    };
  } catch (error) {
    await database.destroy();
    throw error;
  }
}
