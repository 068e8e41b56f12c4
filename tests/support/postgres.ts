import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/central/db/embedded.ts';
import { removeServerData } from '../../src/central/db/postgres-programs.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { copyCluster, MIGRATED } from './cluster.ts';

export const ADMIN_TOKEN = 'test-administrator-token';

/**
 * What a test's centre takes on: as many calls as any, and however slow the machine is. A test of being turned away sets the real
 * limits, or its own.
 */
export const ROOMY = { delayMs: 120_000 };

export type TestServer = { server: EmbeddedServer; stop(): Promise<void> };

/** Servers that have the database which is up to date already. */
const copies = new WeakSet<EmbeddedServer>();

/** A real PostgreSQL for one test file; the tests' databases are made in it. */
export async function startTestServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'heshi-postgres-'));
  const copied = await copyCluster(folder);
  const server = await startEmbeddedPostgres({ folder, durable: false, disposable: true });
  if (copied) copies.add(server);
  return {
    server,
    stop: async () => {
      await server.stop();
      await removeServerData(folder);
    },
  };
}

let counter = 0;

export type TestCentre = {
  centre: Centre;
  url: string;
  admin: CentralClient;
  databaseUrl: string;
  /** Moves the centre's clock. */
  setNow(now: Date): void;
  /** The centre goes away, and comes back on the same database and port. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};

/** A centre on a fresh database of that server. */
export async function startTestCentre(
  server: EmbeddedServer,
  options: { evidenceFolder?: string } = {},
): Promise<TestCentre> {
  counter += 1;
  const databaseUrl = await server.createDatabase(
    `test_${process.pid}_${counter}`,
    copies.has(server) ? MIGRATED : undefined,
  );
  let now: Date | null = null;
  const clock = (): Date => now ?? new Date();
  const open = (): Promise<Centre> =>
    createCentre({ databaseUrl, clock, adminToken: ADMIN_TOKEN, capacity: ROOMY, ...options });
  const first = await open();
  const { url } = await first.listen({ host: '127.0.0.1', port: 0 });
  const test: TestCentre = {
    centre: first,
    url,
    databaseUrl,
    admin: createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }),
    setNow: (next) => {
      now = next;
    },
    halt: () => test.centre.close(),
    resume: async () => {
      test.centre = await open();
      await test.centre.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    },
    stop: () => test.centre.close(),
  };
  return test;
}

/** The four levels and one person at each, with a cheap hash of the tests' password. */
export async function createTestDistrict(
  centre: Pick<TestCentre, 'admin'>,
  passwordHash: string,
): Promise<void> {
  const unit = (path: string, level: number, party: 'merchant' | 'operator' | 'regulator') => ({
    path,
    name: `${path.slice(path.lastIndexOf('/') + 1)}（测试）`,
    level,
    party,
    disputePoint: true,
  });
  await centre.admin.admin.createUnits({
    units: [
      unit('/HS', 4, 'regulator'),
      unit('/HS/C1', 3, 'operator'),
      unit('/HS/C1/M01', 2, 'operator'),
      unit('/HS/C1/M02', 2, 'operator'),
      unit('/HS/C1/M01/S001', 1, 'merchant'),
    ],
  });
  const person = (id: string, role: 'mediator' | 'shop-manager' | 'supervisor', unitPath: string) => ({
    id,
    name: `${id}（虚构）`,
    role,
    unitPath,
    passwordHash,
  });
  await centre.admin.admin.addStaff({
    staff: [
      person('supervisor-district', 'supervisor', '/HS'),
      person('supervisor-circle', 'supervisor', '/HS/C1'),
      person('mediator-mall', 'mediator', '/HS/C1/M01'),
      person('mediator-second', 'mediator', '/HS/C1/M02'),
      person('manager-shop', 'shop-manager', '/HS/C1/M01/S001'),
    ],
  });
}

export async function codeFor(
  centre: Pick<TestCentre, 'admin'>,
  unitPath: string,
  validMinutes = 60,
): Promise<string> {
  const { codes } = await centre.admin.admin.createCodes({ unitPaths: [unitPath], validMinutes });
  return codes[0]?.code ?? '';
}
