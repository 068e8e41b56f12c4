import { pino } from 'pino';
import { createCentre, type Centre } from '../../../src/central/centre.ts';
import { openDatabase, type Database } from '../../../src/central/db/database.ts';
import { withCentreLog, type AdminFact } from '../../../src/central/admin/facts.ts';
import { createUnitCache, type UnitCache } from '../../../src/central/units.ts';
import { createCentralClient, type CentralClient } from '../../../src/protocol/central-client.ts';
import { ADMIN_TOKEN } from '../../world/centre-orders.ts';

/** The address workstations know; the network finds whichever process serves it now. */
export const CENTRE_ADDRESS = 'http://centre.invalid';

export type SimulatedCentre = {
  /** Where the process listens that serves now. */
  url(): string;
  admin: CentralClient;
  /** The simulator's own eyes on the centre's database. */
  database: Database;
  units: UnitCache;
  /** Lets the process end and begins another. */
  restart(): Promise<void>;
  /** Another process takes over at once; the old one ends behind it. */
  failOver(): Promise<void>;
  /** Facts of an administration that has no call of its own yet. */
  record(facts: readonly AdminFact[]): Promise<void>;
  stop(): Promise<void>;
};

/** Real centre processes' insides, in this process, on a real database. */
export async function startSimulatedCentre(databaseUrl: string, clock: () => Date): Promise<SimulatedCentre> {
  const open = async (): Promise<{ centre: Centre; url: string }> => {
    const opened = await createCentre({
      databaseUrl,
      clock,
      adminToken: ADMIN_TOKEN,
      sessionSeconds: 3 * 3600,
      // How much it takes on is a matter of real time, which a seed must not know.
      capacity: { calls: Infinity, bytes: Infinity, delayMs: Infinity },
      log: pino({ level: 'silent' }),
    });
    return { centre: opened, url: (await opened.listen({ host: '127.0.0.1', port: 0 })).url };
  };
  let current = await open();
  const { database } = openDatabase(databaseUrl);
  const units = createUnitCache();
  const admin = createCentralClient({
    baseUrl: CENTRE_ADDRESS,
    token: () => ADMIN_TOKEN,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = request.method === 'GET' ? null : await request.arrayBuffer();
      return fetch(request.url.replace(CENTRE_ADDRESS, current.url), {
        method: request.method,
        headers: request.headers,
        body,
      });
    },
  });
  return {
    url: () => current.url,
    admin,
    database,
    units,
    restart: async () => {
      await current.centre.close();
      current = await open();
    },
    failOver: async () => {
      const old = current;
      current = await open();
      await old.centre.close();
    },
    record: async (facts) => {
      await units.reload(database);
      await withCentreLog(database, units, clock(), (log) => log.record(facts));
    },
    stop: async () => {
      await current.centre.close();
      await database.destroy();
    },
  };
}
