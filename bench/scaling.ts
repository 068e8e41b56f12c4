import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { PushedEvent } from '../src/contract/centre/index.ts';
import { openDatabase, type Database } from '../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres, type EmbeddedServer } from '../src/central/kernel/db/embedded.ts';
import { migrate } from '../src/central/kernel/db/migrate.ts';
import { packRollup } from '../src/central/rollup/pack-job.ts';
import { readRollup } from '../src/central/rollup/read.ts';
import { createUnitCache } from '../src/central/kernel/units.ts';
import { enrolTestDevice, type TestDevice } from '../tests/support/device.ts';
import { actorAt, registration } from '../tests/support/facts.ts';
import { codeFor, createTestDistrict } from '../tests/support/postgres.ts';
import { PASSWORD } from '../tests/support/workstation.ts';
import { startCentre, type RunningCentre } from '../tools/world/centre.ts';
import { median, rounded, timed, type BenchRow } from './row.ts';
import { fillRollup } from './synthetic-rollup.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

const UNIT = '/HS/C1/M01';
const ACTOR = { ...actorAt(UNIT), staffId: 'mediator-mall' };
const STEPS = 3;
const EVENTS_A_STEP = 40_000;
const BATCH = 1_000;
const WORKSTATIONS = [1, 8, 64] as const;
const BATCHES_EACH = 4;
const SMALL_BATCH = 100;
const MERCHANTS_A_SHOP = [3, 30] as const;
const SHOPS = 256;

/** A point of a curve: nothing is promised about it. */
function point(name: string, value: number, unit: string, reference: string): BenchRow {
  return {
    name: `scaling ${name}`,
    value: rounded(value),
    unit,
    reference,
    ratio: null,
    budget: 'none: a curve',
    met: null,
  };
}

/** So many events: a case registered, accepted, in two sessions. */
function eventsOf(device: TestDevice, count: number): PushedEvent[] {
  const at = '2026-03-10T02:00:00.000Z';
  const session = {
    heldOn: '2026-03-10',
    place: '调解室',
    attendance: 'both',
    record: '双方陈述。',
    proposalFen: null,
  };
  return Array.from({ length: count / 4 }, () => {
    const stream = { kind: 'case' as const, id: crypto.randomUUID() };
    const step = (type: string, payload: unknown): PushedEvent =>
      device.event({ stream, type, payload, actor: ACTOR, at });
    return [
      step('case-registered', registration()),
      step('case-accepted', {}),
      step('session-recorded', session),
      step('session-recorded', session),
    ];
  }).flat();
}

const enrol = async (centre: RunningCentre): Promise<TestDevice> =>
  enrolTestDevice({ url: centre.url, code: await codeFor(centre, UNIT) });

async function pushAll(device: TestDevice, batches: readonly PushedEvent[][]): Promise<void> {
  for (const events of batches) {
    const { receipts } = await device.push(events);
    if (receipts.some((one) => one.status !== 'accepted')) throw new Error('An event was not accepted');
  }
}

/** Speed of taking in, of a feed's last page, and bytes an event, as the log grows. */
async function byEvents(centre: RunningCentre, database: Database): Promise<BenchRow[]> {
  const devices = [await enrol(centre), await enrol(centre)];
  const rows: BenchRow[] = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const work = devices.map((device) => ({
      device,
      batches: Array.from({ length: EVENTS_A_STEP / BATCH / devices.length }, () => eventsOf(device, BATCH)),
    }));
    const milliseconds = await timed(() =>
      Promise.all(work.map(({ device, batches }) => pushAll(device, batches))),
    );
    const { head } = await (devices[0] as TestDevice).feed(0, 1);
    const pages: number[] = [];
    for (let read = 0; read < 5; read += 1)
      pages.push(await timed(() => (devices[0] as TestDevice).feed(head.position - 2000)));
    const size = await sql<{ bytes: number }>`SELECT pg_database_size(current_database()) AS bytes`.execute(
      database,
    );
    const events = step * EVENTS_A_STEP;
    const reference = `log of ${events} events`;
    rows.push(
      point(`ingest at ${events} events`, (EVENTS_A_STEP / milliseconds) * 1000, 'events/s', reference),
      point(`feed page at ${events} events`, median(pages), 'ms', `2,000 items at its end; ${reference}`),
      point(
        `bytes at ${events} events`,
        (size.rows[0]?.bytes ?? 0) / events,
        'bytes/event',
        'whole database, indexes included',
      ),
    );
  }
  return rows;
}

/** Speed of taking in from so many workstations at once, a small backlog each. */
async function byWorkstations(centre: RunningCentre): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const count of WORKSTATIONS) {
    const work: { device: TestDevice; batches: PushedEvent[][] }[] = [];
    for (let made = 0; made < count; made += 1) {
      const device = await enrol(centre);
      await device.signIn();
      work.push({
        device,
        batches: Array.from({ length: BATCHES_EACH }, () => eventsOf(device, SMALL_BATCH)),
      });
    }
    const milliseconds = await timed(() =>
      Promise.all(work.map(({ device, batches }) => pushAll(device, batches))),
    );
    const events = count * BATCHES_EACH * SMALL_BATCH;
    rows.push(
      point(
        `${count} workstations`,
        (events / milliseconds) * 1000,
        'events/s',
        `${BATCHES_EACH} batches of ${SMALL_BATCH} each, all at one unit; drained in ${Math.round(milliseconds)} ms`,
      ),
    );
  }
  return rows;
}

/** A district's year with its twenty busiest merchants, by how many merchants there are. */
async function byMerchants(server: EmbeddedServer): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const now = new Date('2026-01-15T02:00:00.000Z');
  const query = { path: '/HS', from: '2025-01-01', to: '2025-12-31' };
  for (const each of MERCHANTS_A_SHOP) {
    const { database } = openDatabase(await server.createDatabase(`merchants_${each}`));
    await migrate(database);
    await fillRollup(database, 200_000, each);
    const units = createUnitCache();
    await units.reload(database);
    const counted = await timed(() =>
      readRollup(database, units, query, now, { unitPath: query.path, deviceId: 'bench' }),
    );
    await packRollup(database, units, now, { only: ['/HS/C0', '/HS/C1', '/HS/C2', '/HS'] });
    const packed: number[] = [];
    for (let read = 0; read < 9; read += 1)
      packed.push(
        await timed(() =>
          readRollup(database, units, query, now, { unitPath: query.path, deviceId: 'bench' }),
        ),
      );
    await database.destroy();
    rows.push(
      point(
        `roll-up with ${each * SHOPS} merchants`,
        median(packed),
        'ms',
        `a district's year, packed; counted for the first time ${Math.round(counted)} ms; synthetic counters of 200,000 events`,
      ),
    );
  }
  return rows;
}

/** Points of the curves in `docs/scaling.md`. Nothing here is a budget. */
export async function benchScaling(): Promise<BenchRow[]> {
  const { folder, remove } = await temporaryFolder();
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const databaseUrl = await server.createDatabase('scaling');
  const centre = await startCentre({ folder: join(folder, 'centre'), databaseUrl });
  await createTestDistrict(centre, await hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 }));
  const { database } = openDatabase(databaseUrl);
  const rows = [...(await byEvents(centre, database)), ...(await byWorkstations(centre))];
  await database.destroy();
  await centre.stop();
  rows.push(...(await byMerchants(server)));
  await server.stop();
  await remove();
  return rows;
}
