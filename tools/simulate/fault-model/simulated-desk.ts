import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import type { SyncStatus } from '../../../src/contract/workstation/sync.ts';
import { createNodeHost } from '../../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../../src/main/workstation.ts';
import { DEMO_PASSWORD } from '../../world/desk.ts';
import { copyFolder, planDeath, withdrawPlan, type Verdict } from './disk.ts';
import { createFetcher } from './network.ts';
import type { Simulation } from './simulation.ts';

/** What a workstation claimed by its green sign, to be held against the centre's database. */
export type GreenClaim = { position: number; served: { position: number; digest: string } | null };

export type SimulatedDesk = {
  name: string;
  unitPath: string;
  staffId: string;
  folder: string;
  workstation: Workstation;
  api: WorkstationClient;
  /** Device clock minus true time, milliseconds. */
  clockOffset: number;
  /** Cut off until this step. */
  cutOffUntil: number;
  /** No room on the disk until this step. */
  fullUntil: number;
  /** Died at a write; only `remains` is left. */
  dead: boolean;
  remains: string | null;
  /** Last place in the local order whose facts are booked as acknowledged. */
  booked: number;
  /** Acknowledged facts that this folder's disk holds. */
  holds: Set<string>;
  /** Head of the feed as the centre last served it here. */
  served: { position: number; digest: string } | null;
  greens: GreenClaim[];
  backup: { folder: string; holds: Set<string> } | null;
  /** Its log may not be the only one of its identity: copied, or put back from a backup. */
  secondLog: boolean;
  /** Another folder has, or had, what this one holds. */
  copied: boolean;
  /** The code it was given to enrol again. */
  code: string | null;
  /** Stays revoked to the end; its facts must stay on it. */
  staysRevoked: boolean;
  /** Batches are lost for a while, from the moment on at which it has another identity. */
  losesPushes: 'no' | 'once-enrolled' | 'yes';
  /** In the middle of something; nothing else is begun on it meanwhile. */
  busy: boolean;
  /** A fact is being taken back: green may be right before the simulator knows why. */
  undoing: boolean;
  unsubscribe: () => void;
};

/** Opens a workstation on a folder that may be new or left behind; nobody is signed in yet. */
export async function openDesk(
  simulation: Simulation,
  options: { name: string; unitPath: string; staffId: string; folder?: string },
): Promise<SimulatedDesk> {
  const desk: Partial<SimulatedDesk> & Pick<SimulatedDesk, 'folder'> = {
    folder: join(simulation.folder, options.name),
    clockOffset: 0,
    cutOffUntil: 0,
    fullUntil: 0,
    dead: false,
    remains: null,
    booked: 0,
    holds: new Set(),
    served: null,
    greens: [],
    backup: null,
    secondLog: false,
    copied: false,
    code: null,
    staysRevoked: false,
    losesPushes: 'no',
    busy: false,
    undoing: false,
    ...options,
  };
  const whole = desk as SimulatedDesk;
  await start(simulation, whole);
  return whole;
}

async function start(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  desk.workstation = await startWorkstation({
    dataFolder: desk.folder,
    host: createNodeHost(desk.folder),
    clock: () => new Date(simulation.now().getTime() + desk.clockOffset),
    fetcher: createFetcher(simulation, desk),
    automaticSync: false,
    durability: 'relaxed',
    busyMs: 0,
    pushesInFlight: 1,
  });
  desk.api = desk.workstation.connect().api;
  desk.unsubscribe = desk.workstation.desk.sync.subscribe((status) => watchSign(simulation, desk, status));
}

export async function signIn(desk: SimulatedDesk): Promise<void> {
  await desk.api.session.signIn({ staffId: desk.staffId, password: DEMO_PASSWORD });
}

/** Green must be true at the very moment it is shown. */
function watchSign(simulation: Simulation, desk: SimulatedDesk, status: SyncStatus): void {
  if (status.sign !== 'proved') return;
  desk.greens.push({ position: status.feedPosition, served: desk.served });
  if (!desk.undoing) checkHolds(simulation, desk);
}

/** Nothing that was acknowledged here lacks the centre's word. */
export function checkHolds(simulation: Simulation, desk: SimulatedDesk): void {
  const { checks, truth } = simulation;
  const missing = [...desk.holds].find((id) => !truth.centreHas.has(id) && !truth.undone.has(id));
  checks.check('the sign was green only when it was true', missing === undefined, () => {
    const fact = missing === undefined ? undefined : truth.acknowledged.get(missing);
    return `${desk.name} at step ${simulation.step}: ${fact?.type} of step ${fact?.step} has no receipt`;
  });
}

/** Everything queued on this workstation's disk is done. */
export async function settleDisk(desk: SimulatedDesk): Promise<void> {
  await desk.workstation.desk.store.write(async () => undefined);
}

/** Books what was acknowledged since the last time, when the command has returned. */
export async function bookAcknowledged(simulation: Simulation, desk: SimulatedDesk): Promise<number> {
  const { rows } = await sql<{ id: string; type: string; place: number }>`
    SELECT id, type, local_order AS place FROM event
    WHERE origin = 'local' AND local_order > ${desk.booked} ORDER BY local_order`.execute(
    desk.workstation.desk.store.read,
  );
  const { acknowledged } = simulation.truth;
  for (const { id, type, place } of rows) {
    if (!acknowledged.has(id)) acknowledged.set(id, { desk: desk.name, step: simulation.step, type });
    desk.holds.add(id);
    desk.booked = place;
  }
  const { sign } = desk.workstation.desk.sync.status();
  if (rows.length > 0) {
    simulation.checks.check('the sign was green only when it was true', sign !== 'proved', () => {
      return `${desk.name} at step ${simulation.step}: green while ${rows[0]?.type} was acknowledged`;
    });
  }
  return rows.length;
}

/** What is in the folder now is nothing new: after a crash, or on another folder. */
export async function readBooked(desk: SimulatedDesk): Promise<void> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(local_order) AS last FROM event`.execute(desk.workstation.desk.store.read);
  desk.booked = rows[0]?.last ?? 0;
}

/** Plans the workstation's death at its `countdown`-th statement that writes, counted from now. */
export async function armCrash(
  simulation: Simulation,
  desk: SimulatedDesk,
  countdown: number,
  after: boolean,
) {
  await settleDisk(desk);
  let left = countdown;
  const { handle } = desk.workstation.desk.store;
  planDeath(
    handle,
    (): Verdict => {
      left -= 1;
      if (left > 0) return 'go';
      return after ? 'die-after' : 'die-before';
    },
    () => {
      desk.dead = true;
      desk.remains = join(simulation.folder, `remains-${simulation.fresh('remains').replaceAll(':', '-')}`);
      copyFolder(desk.folder, desk.remains);
    },
  );
}

export function disarmCrash(desk: SimulatedDesk): void {
  withdrawPlan(desk.workstation.desk.store.handle);
}

export async function closeDesk(desk: SimulatedDesk): Promise<void> {
  desk.unsubscribe();
  await desk.workstation.close();
}

/** Goes on from the files a crash left, or from any other folder. */
export async function reopen(
  simulation: Simulation,
  desk: SimulatedDesk,
  folder = desk.folder,
): Promise<void> {
  await closeDesk(desk);
  if (folder !== desk.folder) rmSync(desk.folder, { recursive: true, force: true });
  desk.folder = folder;
  desk.dead = false;
  desk.remains = null;
  desk.fullUntil = 0;
  await start(simulation, desk);
  await readBooked(desk);
}
