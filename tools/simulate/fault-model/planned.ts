import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { execute } from '../../../src/main/kernel/store/connection.ts';
import type { PlannedFault } from './kinds.ts';
import { copyFolder } from './disk.ts';
import { weatherOf } from './network.ts';
import { seatNewcomer } from './newcomer.ts';
import {
  openWorkstation,
  readBooked,
  reopen,
  settleDisk,
  type SimulatedWorkstation,
} from './simulated-workstation.ts';
import type { Simulation } from './simulation.ts';
import { crash, enrolAgain, personActs, seat, synchronize } from './work.ts';
import { roleOf, staffOf, UNITS } from './world.ts';

const DAY = 86_400_000;

/** How each planned fault is done. Counting is theirs: some only come about later, or not at all. */
export const PLANNED: Record<
  PlannedFault,
  (simulation: Simulation, workstation: SimulatedWorkstation) => Promise<void>
> = {
  partition: async (simulation, workstation) => {
    workstation.cutOffUntil = simulation.step + simulation.random.whole(3, 15);
    simulation.inject('partition', `${workstation.name} until step ${workstation.cutOffUntil}`);
  },
  crash,
  'disk-full': fillDisk,
  clock: async (simulation, workstation) => {
    const days = simulation.random.pick([-20, -9, -2, 1, 6, 15]);
    workstation.clockOffset = days * DAY;
    simulation.inject('clock', `${workstation.name} ${days} days`);
  },
  restore,
  clone,
  'centre-restart': async (simulation) => {
    weatherOf(simulation).restartNext = true;
  },
  failover: async (simulation) => {
    weatherOf(simulation).killAt = simulation.random.whole(0, 16);
  },
  revoke: async (simulation, workstation) => {
    // One is enough to show it; with all revoked nothing else would be seen.
    if (simulation.counts.revoke > 0) return;
    const deviceId = workstation.running.parts.identity()?.deviceId ?? '';
    await personActs(simulation, workstation);
    await simulation.centre.admin.admin.revoke({ deviceId, reason: 'simulation' });
    workstation.staysRevoked = simulation.random.chance(0.5);
    simulation.inject('revoke', `${workstation.name}${workstation.staysRevoked ? ' for good' : ''}`);
  },
  reassign: async (simulation, workstation) => {
    await personActs(simulation, workstation);
    const to = simulation.random.pick(UNITS.filter((unit) => unit.path !== workstation.unitPath)).path;
    await assign(simulation, workstation.staffId, to);
    simulation.inject('reassign', `${workstation.staffId} to ${to}`);
  },
  rename: async (simulation) => {
    const unit = simulation.random.pick(UNITS);
    const name = `${unit.name}（更名${simulation.step}）`;
    const id = unit.path.slice(unit.path.lastIndexOf('/') + 1);
    await simulation.centre.record([
      { stream: { kind: 'unit', id }, type: 'unit-renamed', payload: { name }, unitPath: unit.path },
    ]);
    simulation.inject('rename', unit.path);
  },
  move,
};

export async function assign(simulation: Simulation, staffId: string, unitPath: string): Promise<void> {
  await simulation.centre.record([
    {
      stream: { kind: 'staff', id: staffId },
      type: 'staff-assigned',
      payload: { role: roleOf(unitPath), unitPath },
      unitPath,
    },
  ]);
}

async function fillDisk(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { store } = workstation.running.parts;
  await settleDisk(workstation);
  const pages = await new Promise<number>((resolve, reject) =>
    store.handle.get<{ page_count: number }>('PRAGMA page_count', (error, row) =>
      error ? reject(error) : resolve(row.page_count),
    ),
  );
  await execute(store.handle, `PRAGMA max_page_count = ${pages}`);
  workstation.fullUntil = simulation.step + simulation.random.whole(2, 8);
  const before = workstation.running;
  for (let tries = 0; tries < 12 && workstation.running === before; tries += 1) {
    if ((await personActs(simulation, workstation, { kind: 'long' })) !== 'STORAGE_FULL') continue;
    simulation.inject('disk-full', workstation.name);
    return;
  }
}

export async function emptyDisk(workstation: SimulatedWorkstation): Promise<void> {
  workstation.fullUntil = 0;
  await execute(workstation.running.parts.store.handle, 'PRAGMA max_page_count = 1000000');
}

/** Keeps a copy of the folder as it is now. */
export async function backUp(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  await settleDisk(workstation);
  const folder = join(simulation.folder, `backup-${simulation.fresh('backup').replaceAll(':', '-')}`);
  copyFolder(workstation.folder, folder);
  workstation.backup = { folder, holds: new Set(workstation.holds) };
  simulation.note(`${workstation.name} is backed up`);
}

/** The disk is lost; the folder comes back as it was when it was backed up. */
async function restore(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { backup } = workstation;
  if (backup === null) return backUp(simulation, workstation);
  await settleDisk(workstation);
  const gone = [...workstation.holds].filter((id) => !backup.holds.has(id));
  const elsewhere = (id: string): boolean =>
    simulation.workstations.some((one) => one !== workstation && one.holds.has(id));
  const { rows } = await sql<{
    id: string;
  }>`SELECT id::text FROM event WHERE id = ANY(${gone}::uuid[])`.execute(simulation.centre.database);
  const sent = new Set(rows.map((row) => row.id));
  for (const id of gone.filter((one) => !elsewhere(one))) {
    (sent.has(id) ? simulation.truth.entryLost : simulation.truth.lostWithDisk).add(id);
  }
  const folder = join(simulation.folder, `restored-${simulation.fresh('restored').replaceAll(':', '-')}`);
  copyFolder(backup.folder, folder);
  rmSync(backup.folder, { recursive: true, force: true });
  workstation.backup = null;
  workstation.secondLog = true;
  workstation.holds = new Set(backup.holds);
  await reopen(simulation, workstation, folder);
  await seat(workstation);
  simulation.inject('restore', `${workstation.name}, ${gone.length} facts newer than the backup`);
}

/** The folder is copied to another machine; both go on. */
async function clone(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  if (simulation.counts.clone > 0 || workstation.staysRevoked) return;
  // Something that neither has sent is on both; a note would count twice, since it fits any state.
  await personActs(simulation, workstation, { kind: 'note' });
  await settleDisk(workstation);
  const name = `${workstation.name}-copy`;
  copyFolder(workstation.folder, join(simulation.folder, name));
  workstation.copied = true;
  workstation.secondLog = true;
  const copy = await openWorkstation(simulation, {
    name,
    unitPath: workstation.unitPath,
    staffId: workstation.staffId,
  });
  copy.copied = true;
  copy.secondLog = true;
  copy.holds = new Set(workstation.holds);
  copy.clockOffset = workstation.clockOffset;
  await readBooked(copy);
  await seat(copy);
  simulation.workstations.push(copy);
  // Told of the copy, the administrator takes the identity out of use before either has sent what both hold.
  const revoked = simulation.random.chance(0.5);
  const deviceId = workstation.running.parts.identity()?.deviceId ?? '';
  simulation.inject('clone', `${workstation.name}${revoked ? ', and its identity is revoked' : ''}`);
  if (!revoked) return goOnApart(simulation, workstation, copy);
  await simulation.centre.admin.admin.revoke({ deviceId, reason: 'copied' });
  // Both carry the same fact over, each before it has seen the other's; the line holds for so long.
  const weather = weatherOf(simulation);
  const { bad } = weather;
  weather.bad = false;
  for (const one of [workstation, copy]) {
    one.cutOffUntil = 0;
    await synchronize(simulation, one);
    await enrolAgain(simulation, one, 'lost');
  }
  weather.bad = bad;
}

/** Unknown to each other both work on: one sends a fact under the next number, the other has more than one by then. */
async function goOnApart(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  copy: SimulatedWorkstation,
): Promise<void> {
  const { random } = simulation;
  if (random.chance(0.1)) return;
  const [first, second] = random.chance(0.5) ? [workstation, copy] : [copy, workstation];
  await personActs(simulation, first, { kind: 'note' });
  await synchronize(simulation, first);
  const more = random.whole(2, 3);
  for (let deed = 0; deed < more; deed += 1) await personActs(simulation, second, { kind: 'note' });
  if (random.chance(0.8)) await synchronize(simulation, second);
}

/** The shop goes on at the other mall: a new path, a new workstation; the old one still has what it had not sent. */
async function move(simulation: Simulation): Promise<void> {
  const shop = simulation.workstations.find((workstation) => workstation.name === 'shop');
  if (simulation.counts.move > 0 || shop === undefined) return;
  await personActs(simulation, shop);
  const unitPath = '/HS/C1/M02/S001N';
  const { admin } = simulation.centre.admin;
  await admin.createUnits({
    units: [{ path: unitPath, name: '虚构服饰店（迁入）', level: 1, party: 'merchant', disputePoint: true }],
  });
  const staffId = staffOf(shop.unitPath)[1];
  await assign(simulation, staffId, unitPath);
  await seatNewcomer(simulation, { name: 'shop-moved', unitPath, staffId });
  simulation.inject('move', `${shop.unitPath} to ${unitPath}`);
}
