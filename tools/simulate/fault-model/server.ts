import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { createCentre } from '../../../src/central/centre.ts';
import { startEmbeddedPostgres } from '../../../src/central/kernel/db/embedded.ts';
import { createCentralClient } from '../../../src/protocol/central-client.ts';
import { ADMIN_TOKEN } from '../../world/centre-orders.ts';
import { buildDistrict, FIRST_DAY } from './world.ts';

const TEMPLATE = 'heshi_template';

/** One real PostgreSQL for a run, with a district ready to be copied, a database for each seed. */
export async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-simulation-'));
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const databaseUrl = await server.createDatabase(TEMPLATE);
    const centre = await createCentre({
      databaseUrl,
      adminToken: ADMIN_TOKEN,
      clock: () => new Date(FIRST_DAY),
      log: pino({ level: 'silent' }),
    });
    const { url } = await centre.listen({ host: '127.0.0.1', port: 0 });
    await buildDistrict(createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }));
    await centre.close();
    return { url: server.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs work on a fresh copy of the district's database, which is gone afterwards. */
export async function withDatabase<Result>(
  serverUrl: string,
  name: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const result = await work(url.href);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    return result;
  } finally {
    await client.end();
  }
}
