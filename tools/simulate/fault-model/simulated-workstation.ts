import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { sql } from 'kysely';
import type { SyncStatus } from '../../../src/contract/workstation/sync.ts';
import { createNodeHost } from '../../../src/main/hosts/node.ts';
import { startWorkstation, type Workstation, type WorkstationClient } from '../../../src/main/workstation.ts';
import { DEMO_PASSWORD } from '../../world/workstation.ts';
import { copyFolder, planDeath, withdrawPlan, type Verdict } from './disk.ts';
import { createFetcher } from './network.ts';
import type { Simulation } from './simulation.ts';

/** What a workstation claimed by its green sign, to be held against the centre's database. */
export type GreenClaim = { position: number; served: { position: number; digest: string } | null };

export type SimulatedWorkstation = {
  name: string;
  unitPath: string;
  staffId: string;
  folder: string;
  running: Workstation;
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
export async function openWorkstation(
  simulation: Simulation,
  options: { name: string; unitPath: string; staffId: string; folder?: string },
): Promise<SimulatedWorkstation> {
  const workstation: Partial<SimulatedWorkstation> & Pick<SimulatedWorkstation, 'folder'> = {
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
  const whole = workstation as SimulatedWorkstation;
  await start(simulation, whole);
  return whole;
}

async function start(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  workstation.running = await startWorkstation({
    dataFolder: workstation.folder,
    host: createNodeHost(workstation.folder),
    clock: () => new Date(simulation.now().getTime() + workstation.clockOffset),
    // Nobody sets it, and a seed's waits are the same in each of its lives.
    uptime: () => simulation.now().getTime(),
    fetcher: createFetcher(simulation, workstation),
    automaticSync: false,
    durability: 'relaxed',
    unattended: true,
    busyMs: 0,
    pushesInFlight: 1,
  });
  workstation.api = workstation.running.connect().api;
  workstation.unsubscribe = workstation.running.parts.sync.subscribe((status) =>
    watchSign(simulation, workstation, status),
  );
}

export async function signIn(workstation: SimulatedWorkstation): Promise<void> {
  await workstation.api.session.signIn({ staffId: workstation.staffId, password: DEMO_PASSWORD });
}

/** Green must be true at the very moment it is shown. */
function watchSign(simulation: Simulation, workstation: SimulatedWorkstation, status: SyncStatus): void {
  if (status.sign !== 'proved') return;
  workstation.greens.push({ position: status.feedPosition, served: workstation.served });
  if (!workstation.undoing) checkHolds(simulation, workstation);
}

/** Nothing that was acknowledged here lacks the centre's word. */
export function checkHolds(simulation: Simulation, workstation: SimulatedWorkstation): void {
  const { checks, truth } = simulation;
  const missing = [...workstation.holds].find((id) => !truth.centreHas.has(id) && !truth.undone.has(id));
  checks.check('the sign was green only when it was true', missing === undefined, () => {
    const fact = missing === undefined ? undefined : truth.acknowledged.get(missing);
    return `${workstation.name} at step ${simulation.step}: ${fact?.type} of step ${fact?.step} has no receipt`;
  });
}

/** Everything queued on this workstation's disk is done. */
export async function settleDisk(workstation: SimulatedWorkstation): Promise<void> {
  await workstation.running.parts.store.write(async () => undefined);
}

/** Books what was acknowledged since the last time, when the command has returned. */
export async function bookAcknowledged(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
): Promise<number> {
  const { rows } = await sql<{ id: string; type: string; place: number }>`
    SELECT id, type, local_order AS place FROM event
    WHERE origin = 'local' AND local_order > ${workstation.booked} ORDER BY local_order`.execute(
    workstation.running.parts.store.read,
  );
  const { acknowledged } = simulation.truth;
  for (const { id, type, place } of rows) {
    if (!acknowledged.has(id))
      acknowledged.set(id, { workstation: workstation.name, step: simulation.step, type });
    workstation.holds.add(id);
    workstation.booked = place;
  }
  const { sign } = workstation.running.parts.sync.status();
  if (rows.length > 0) {
    simulation.checks.check('the sign was green only when it was true', sign !== 'proved', () => {
      return `${workstation.name} at step ${simulation.step}: green while ${rows[0]?.type} was acknowledged`;
    });
  }
  return rows.length;
}

/** What is in the folder now is nothing new: after a crash, or on another folder. */
export async function readBooked(workstation: SimulatedWorkstation): Promise<void> {
  const { rows } = await sql<{ last: number | null }>`
    SELECT max(local_order) AS last FROM event`.execute(workstation.running.parts.store.read);
  workstation.booked = rows[0]?.last ?? 0;
}

/** Plans the workstation's death at its `countdown`-th statement that writes, counted from now. */
export async function armCrash(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  countdown: number,
  after: boolean,
) {
  await settleDisk(workstation);
  let left = countdown;
  const { handle } = workstation.running.parts.store;
  planDeath(
    handle,
    (): Verdict => {
      left -= 1;
      if (left > 0) return 'go';
      return after ? 'die-after' : 'die-before';
    },
    () => {
      workstation.dead = true;
      workstation.remains = join(
        simulation.folder,
        `remains-${simulation.fresh('remains').replaceAll(':', '-')}`,
      );
      copyFolder(workstation.folder, workstation.remains);
    },
  );
}

export function disarmCrash(workstation: SimulatedWorkstation): void {
  withdrawPlan(workstation.running.parts.store.handle);
}

export async function closeWorkstation(workstation: SimulatedWorkstation): Promise<void> {
  workstation.unsubscribe();
  await workstation.running.close();
}

/** Goes on from the files a crash left, or from any other folder. */
export async function reopen(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  folder = workstation.folder,
): Promise<void> {
  await closeWorkstation(workstation);
  if (folder !== workstation.folder) rmSync(workstation.folder, { recursive: true, force: true });
  workstation.folder = folder;
  workstation.dead = false;
  workstation.remains = null;
  workstation.fullUntil = 0;
  await start(simulation, workstation);
  await readBooked(workstation);
}
