import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../src/central/kernel/db/database.ts';
import { startEmbeddedPostgres } from '../src/central/kernel/db/embedded.ts';
import { startCentre, type RunningCentre } from '../tools/world/centre.ts';
import { enrolAll, makeShops, staffOf } from './fleet-world.ts';
import { drain, openLightWorkstation, type LightWorkstation, type Tally } from './light-workstation.ts';
import { memoryRow, peakResident, rounded, timed, type BenchRow } from './row.ts';
import { temporaryFolder } from '../tools/temporary-folder.ts';

type Drained = { milliseconds: number; facts: number; atCentre: number; tally: Tally };
type Fleet = {
  centre: RunningCentre;
  /** Enrols so many more workstations and gives each a backlog of so many cases. */
  enrol(count: number, cases: number): Promise<LightWorkstation[]>;
  /** All at once, until each agrees with the centre; then the centre's facts are counted. */
  drainAll(workstations: readonly LightWorkstation[]): Promise<Drained>;
  stop(): Promise<void>;
};

/** A centre process on a real PostgreSQL, and a district with so many shops. */
async function openFleet(shopCount: number): Promise<Fleet> {
  const { folder, remove } = await temporaryFolder();
  const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres') });
  const databaseUrl = await server.createDatabase('fleet');
  const centre = await startCentre({ folder: join(folder, 'centre'), databaseUrl });
  const shops = await makeShops(centre, shopCount);
  const { database } = openDatabase(databaseUrl);
  let enrolled = 0;
  return {
    centre,
    enrol: async (count, cases) => {
      const paths = Array.from({ length: count }, () => shops[enrolled++ % shops.length] ?? '');
      return enrolAll(centre, paths, (device) =>
        openLightWorkstation(device, staffOf(device.unitPath), cases),
      );
    },
    drainAll: async (workstations) => {
      const facts = workstations.reduce((sum, workstation) => sum + workstation.outbox.length, 0);
      const tally: Tally = { requests: 0, refused: 0, retried: 0 };
      const milliseconds = await timed(() =>
        Promise.all(workstations.map((workstation) => drain(workstation, tally))),
      );
      const devices = workstations.map((workstation) => workstation.device.deviceId);
      const { rows } = await sql<{ count: number }>`
        SELECT count(*) AS count FROM event WHERE status = 'accepted' AND device = ANY(${devices})`.execute(
        database,
      );
      return { milliseconds, facts, atCentre: rows[0]?.count ?? 0, tally };
    },
    stop: async () => {
      await database.destroy();
      await centre.stop();
      await server.stop();
      await remove();
    },
  };
}

function said({ facts, atCentre, tally }: Drained): string {
  const { requests, refused, retried } = tally;
  return `${facts} facts, ${atCentre} at the centre; ${requests} requests, ${refused} refused, ${retried} retried`;
}

/** Each fact once at the centre, and nothing given up. */
const whole = ({ facts, atCentre, tally }: Drained): boolean =>
  atCentre === facts && tally.refused === tally.retried;

const STORM = 256;
/** A day's work of a busy workstation: ten cases, forty facts. */
const DAY_CASES = 10;

/** 256 workstations, one a unit, come back in the same instant. */
export async function benchStorm(): Promise<BenchRow[]> {
  const fleet = await openFleet(STORM);
  // The centre is warm, as one that has been running is.
  await fleet.drainAll(await fleet.enrol(32, DAY_CASES));
  const drained = await fleet.drainAll(await fleet.enrol(STORM, DAY_CASES));
  await fleet.stop();
  return [
    {
      name: `reconnect-${STORM}`,
      value: rounded(drained.milliseconds),
      unit: 'ms until all are drained',
      reference: said(drained),
      ratio: null,
      budget: '<= 5,000 ms; no request refused that is not retried',
      met: drained.milliseconds <= 5000 && whole(drained),
    },
  ];
}

const CURVE = [1000, 3000, 10_000] as const;
const SHOPS = 2048;
const FLEET_CASES = 2;

/** Ever more workstations with eight facts each against one centre process. */
export async function benchFleetDrain(): Promise<BenchRow[]> {
  const fleet = await openFleet(SHOPS);
  const rows: BenchRow[] = [];
  for (const count of CURVE) {
    const workstations = await fleet.enrol(count, FLEET_CASES);
    const drained = await fleet.drainAll(workstations);
    process.stderr.write(
      `  ${count} workstations in ${Math.round(drained.milliseconds)} ms: ${said(drained)}\n`,
    );
    rows.push({
      name: `fleet-drain-${count}`,
      value: rounded(drained.milliseconds),
      unit: 'ms until all are drained',
      reference: said(drained),
      ratio: rounded((count / drained.milliseconds) * 1000),
      budget: 'none lost; ratio is workstations/s',
      met: whole(drained),
    });
  }
  rows.push(
    memoryRow(
      'memory-centre-fleet',
      peakResident(fleet.centre.pid),
      500,
      'the centre’s process after all of them',
    ),
  );
  await fleet.stop();
  return rows;
}
