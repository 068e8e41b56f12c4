import { pino } from 'pino';
import { createCentre, type Centre } from '../../../src/central/centre.ts';
import { createFollowers } from '../../../src/central/followers.ts';
import { openDatabase, type Database } from '../../../src/central/kernel/db/database.ts';
import { withCentreLog, type AdminFact } from '../../../src/central/organisation/facts.ts';
import { createConsumerMarks } from '../../../src/central/repeats/index.ts';
import { createUnitCache, type UnitCache } from '../../../src/central/kernel/units.ts';
import { centreKeyOf } from '../../../src/protocol/centre-key.ts';
import { generateDeviceKeys } from '../../../src/protocol/keys.ts';
import { createCentralClient, type CentralClient } from '../../../src/protocol/central-client.ts';
import { ADMIN_TOKEN } from '../../world/centre-orders.ts';

/** The address workstations know; the network finds whichever process serves it now. */
export const CENTRE_ADDRESS = 'https://centre.invalid';

export type SimulatedCentre = {
  /** Where the process listens that serves the next request: two take turns, whoever asks. */
  url(): string;
  admin: CentralClient;
  /** The simulator's own eyes on the centre's database. */
  database: Database;
  units: UnitCache;
  /** Lets the process end whose turn it is, and begins another. */
  restart(): Promise<void>;
  /** Another process takes over from the one that served last; that one ends behind it. */
  failOver(): Promise<void>;
  /** Facts of an administration that has no call of its own yet. */
  record(facts: readonly AdminFact[]): Promise<void>;
  stop(): Promise<void>;
};

/** Real centre processes' insides, in this process, on a real database. */
export async function startSimulatedCentre(databaseUrl: string, clock: () => Date): Promise<SimulatedCentre> {
  const key = centreKeyOf(generateDeviceKeys().privateKey);
  const open = async (): Promise<{ centre: Centre; url: string }> => {
    const opened = await createCentre({
      databaseUrl,
      clock,
      adminToken: ADMIN_TOKEN,
      sessionSeconds: 3 * 3600,
      key,
      adopts: () => processes.length === 0,
      // When closed cases are archived is for the seed to say.
      archives: false,
      grades: () => false,
      // A thread beside this one is nothing a seed could repeat.
      ownThreads: false,
      // How much it takes on is a matter of real time, which a seed must not know.
      capacity: { calls: Infinity, bytes: Infinity, delayMs: Infinity },
      log: pino({ level: 'silent' }),
    });
    return { centre: opened, url: (await opened.listen({ host: '127.0.0.1', port: 0 })).url };
  };
  const processes: Awaited<ReturnType<typeof open>>[] = [];
  processes.push(await open());
  processes.push(await open());
  let turn = 0;
  const replace = async (index: number, first: 'open' | 'close'): Promise<void> => {
    const old = processes[index % processes.length];
    if (first === 'close') await old?.centre.close();
    processes[index % processes.length] = await open();
    if (first === 'open') await old?.centre.close();
  };
  const url = (): string => {
    turn += 1;
    return processes[(turn - 1) % processes.length]?.url ?? '';
  };
  const { database } = openDatabase(databaseUrl);
  const units = createUnitCache();
  const followers = createFollowers(await createConsumerMarks(database));
  const admin = createCentralClient({
    baseUrl: CENTRE_ADDRESS,
    token: () => ADMIN_TOKEN,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const body = request.method === 'GET' ? null : await request.arrayBuffer();
      return fetch(request.url.replace(CENTRE_ADDRESS, url()), {
        method: request.method,
        headers: request.headers,
        body,
      });
    },
  });
  return {
    url,
    admin,
    database,
    units,
    restart: () => replace(turn, 'close'),
    failOver: () => replace(turn - 1, 'open'),
    record: async (facts) => {
      await units.reload(database);
      await withCentreLog({ database, key, units, followers }, clock(), (log) => log.record(facts));
    },
    stop: async () => {
      for (const { centre } of processes) await centre.close();
      await database.destroy();
    },
  };
}
