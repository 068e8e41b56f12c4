import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { createCentre, type Centre } from '../../src/central/centre.ts';
import { openDatabase } from '../../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../../src/central/kernel/db/embedded.ts';
import { migrate } from '../../src/central/kernel/db/migrate.ts';
import type { Limits } from '../../src/central/kernel/http/limits.ts';
import { centreKeyOf, type CentreKey } from '../../src/protocol/centre-key.ts';
import { createCentralClient, type CentralClient } from '../../src/protocol/central-client.ts';
import { generateDeviceKeys } from '../../src/protocol/keys.ts';
import { temporaryFolder } from '../../tools/temporary-folder.ts';
import { PASSWORD } from './facts.ts';

/** Names, in a run of tests, the address of the PostgreSQL that it has started for all of them. */
export const RUNS_AT = 'HESHI_TEST_POSTGRES';

export const ADMIN_TOKEN = 'test-administrator-token';
const SHOWN = { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } };

/** What a centre's operators ask it beside the contract, with a token. */
export const asOperator = (url: string): Promise<Response> => fetch(url, SHOWN);

/** A centre's figures, as Prometheus reads them. */
export async function figuresOf(url: string): Promise<string> {
  return (await asOperator(`${url}/metrics`)).text();
}

/** The key of every test's centre, so that what stands between can also speak for it. */
export const CENTRE_KEY = centreKeyOf(generateDeviceKeys().privateKey);

/**
 * What a test's centre takes on: as many calls as any, and however slow the machine is. A test of being turned away sets the real
 * limits, or its own.
 */
export const ROOMY = { delayMs: 120_000 };

/** Databases that others are copies of: with the schema and nothing in it; with the test district as well. */
const TEMPLATES = { migrated: 'heshi_migrated', district: 'heshi_district' } as const;

export type TestDatabases = {
  /** Makes a database, empty or a copy of a template, and gives its address. */
  createDatabase(like?: keyof typeof TEMPLATES): Promise<string>;
  /** Drops it, whoever is still connected. */
  dropDatabase(url: string): Promise<void>;
};

export type TestServer = { server: TestDatabases; stop(): Promise<void> };

/** Databases on a server that is there, under names that nobody else has. */
async function openDatabases(url: string): Promise<{ databases: TestDatabases; leave(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    databases: {
      createDatabase: async (like) => {
        const name = `test_${randomUUID().replaceAll('-', '')}`;
        const template = like === undefined ? 'template1' : TEMPLATES[like];
        // Copied file by file, nothing of it goes through the log.
        await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
        return Object.assign(new URL(url), { pathname: `/${name}` }).href;
      },
      dropDatabase: async (one) => {
        const name = pg.escapeIdentifier(new URL(one).pathname.slice(1));
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      },
    },
    leave: () => client.end(),
  };
}

/** Makes the databases that those of tests are copies of; the district comes into its own as it would into any, over HTTP. */
export async function makeTemplates(server: EmbeddedServer): Promise<void> {
  const { database } = openDatabase(await server.createDatabase(TEMPLATES.migrated));
  await migrate(database).finally(() => database.destroy());
  const databaseUrl = await server.createDatabase(TEMPLATES.district, TEMPLATES.migrated);
  // With its jobs, which have done by the time it is closed what they do at a centre's first start.
  const centre = await createCentre({ databaseUrl, adminToken: ADMIN_TOKEN, capacity: ROOMY });
  try {
    const { url } = await centre.listen({ host: '127.0.0.1', port: 0 });
    const admin = createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN });
    await createTestDistrict({ admin }, await hash(PASSWORD, CHEAP));
  } finally {
    await centre.close();
  }
}

/** A cost that nobody's real password has: tests hash and check many. */
const CHEAP = { memoryCost: 1024, timeCost: 1, parallelism: 1 };

/** The run's PostgreSQL, in which the tests' databases are made; outside a run, one of its own. */
export async function startTestServer(): Promise<TestServer> {
  const running = process.env[RUNS_AT];
  if (running !== undefined) {
    const { databases, leave } = await openDatabases(running);
    return { server: databases, stop: leave };
  }
  const { folder, remove } = await temporaryFolder('heshi-postgres-');
  const own = await startEmbeddedPostgres({ folder, durable: false, disposable: true });
  await makeTemplates(own);
  const { databases, leave } = await openDatabases(own.url);
  return {
    server: databases,
    stop: async () => {
      await leave();
      await own.stop();
      await remove();
    },
  };
}

export type TestCentre = {
  centre: Centre;
  url: string;
  admin: CentralClient;
  databaseUrl: string;
  /** Moves the centre's clock. */
  setNow(now: Date): void;
  /** What it says. */
  now(): Date;
  /** The centre goes away, and comes back on the same database and port. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
};

export type TestCentreOptions = {
  evidenceFolder?: string;
  /** Where everybody is said to find it. */
  publicUrl?: () => string;
  /** True where it is the centre's own jobs that are tried: tests otherwise run what they need when they need it. */
  jobs?: boolean;
  /** Another key than the tests' own; null for a centre that signs nothing, as older releases. */
  key?: CentreKey | null;
  /** True where it is the thread of a verification that is tried. */
  ownThreads?: boolean;
  /** Fewer calls than usual, where it is the limit that is tried. */
  limits?: Partial<Limits>;
};

/** A centre on a fresh database of that server, which knows no unit and nobody; stopping it drops the database. */
export function startTestCentre(server: TestDatabases, options: TestCentreOptions = {}): Promise<TestCentre> {
  return startCentre(server, 'migrated', options);
}

/** The same with the test district, as `createTestDistrict` makes it, whose people all have the tests' password. */
export function startDistrictCentre(
  server: TestDatabases,
  options: TestCentreOptions = {},
): Promise<TestCentre> {
  return startCentre(server, 'district', options);
}

async function startCentre(
  server: TestDatabases,
  like: keyof typeof TEMPLATES,
  { jobs = false, key = CENTRE_KEY, ...options }: TestCentreOptions,
): Promise<TestCentre> {
  const databaseUrl = await server.createDatabase(like);
  let now: Date | null = null;
  const clock = (): Date => now ?? new Date();
  /** What the template brought. */
  let adopts = true;
  const open = (): Promise<Centre> =>
    createCentre({
      databaseUrl,
      clock,
      adminToken: ADMIN_TOKEN,
      capacity: ROOMY,
      jobs,
      ownThreads: false,
      ...options,
      ...(key === null ? {} : { key, adopts: () => adopts }),
    });
  const first = await open();
  adopts = false;
  const { url } = await first.listen({ host: '127.0.0.1', port: 0 });
  const test: TestCentre = {
    centre: first,
    url,
    databaseUrl,
    admin: createCentralClient({ baseUrl: url, token: () => ADMIN_TOKEN }),
    setNow: (next) => {
      now = next;
    },
    now: clock,
    halt: () => test.centre.close(),
    resume: async () => {
      test.centre = await open();
      await test.centre.listen({ host: '127.0.0.1', port: Number(new URL(url).port) });
    },
    stop: async () => {
      await test.centre.close();
      await server.dropDatabase(databaseUrl);
    },
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
    name: '测试员',
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
