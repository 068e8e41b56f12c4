import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { execute } from '../../../src/main/kernel/store/connection.ts';
import type { PlannedFault } from './kinds.ts';
import { copyFolder } from './disk.ts';
import { weatherOf } from './network.ts';
import { seatNewcomer } from './newcomer.ts';
import { openDesk, readBooked, reopen, settleDisk, type SimulatedDesk } from './simulated-desk.ts';
import type { Simulation } from './simulation.ts';
import { crash, enrolAgain, personActs, seat, synchronize } from './work.ts';
import { roleOf, staffOf, UNITS } from './world.ts';

const DAY = 86_400_000;

/** How each planned fault is done. Counting is theirs: some only come about later, or not at all. */
export const PLANNED: Record<PlannedFault, (simulation: Simulation, desk: SimulatedDesk) => Promise<void>> = {
  partition: async (simulation, desk) => {
    desk.cutOffUntil = simulation.step + simulation.random.whole(3, 15);
    simulation.inject('partition', `${desk.name} until step ${desk.cutOffUntil}`);
  },
  crash,
  'disk-full': fillDisk,
  clock: async (simulation, desk) => {
    const days = simulation.random.pick([-20, -9, -2, 1, 6, 15]);
    desk.clockOffset = days * DAY;
    simulation.inject('clock', `${desk.name} ${days} days`);
  },
  restore,
  clone,
  'centre-restart': async (simulation) => {
    weatherOf(simulation).restartNext = true;
  },
  failover: async (simulation) => {
    weatherOf(simulation).killAt = simulation.random.whole(0, 16);
  },
  revoke: async (simulation, desk) => {
    // One is enough to show it; with all revoked nothing else would be seen.
    if (simulation.counts.revoke > 0) return;
    const deviceId = desk.workstation.desk.identity()?.deviceId ?? '';
    await personActs(simulation, desk);
    await simulation.centre.admin.admin.revoke({ deviceId, reason: 'simulation' });
    desk.staysRevoked = simulation.random.chance(0.5);
    simulation.inject('revoke', `${desk.name}${desk.staysRevoked ? ' for good' : ''}`);
  },
  reassign: async (simulation, desk) => {
    await personActs(simulation, desk);
    const to = simulation.random.pick(UNITS.filter((unit) => unit.path !== desk.unitPath)).path;
    await assign(simulation, desk.staffId, to);
    simulation.inject('reassign', `${desk.staffId} to ${to}`);
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

async function fillDisk(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { store } = desk.workstation.desk;
  await settleDisk(desk);
  const pages = await new Promise<number>((resolve, reject) =>
    store.handle.get<{ page_count: number }>('PRAGMA page_count', (error, row) =>
      error ? reject(error) : resolve(row.page_count),
    ),
  );
  await execute(store.handle, `PRAGMA max_page_count = ${pages}`);
  desk.fullUntil = simulation.step + simulation.random.whole(2, 8);
  const before = desk.workstation;
  for (let tries = 0; tries < 12 && desk.workstation === before; tries += 1) {
    if ((await personActs(simulation, desk, { kind: 'long' })) !== 'STORAGE_FULL') continue;
    simulation.inject('disk-full', desk.name);
    return;
  }
}

export async function emptyDisk(desk: SimulatedDesk): Promise<void> {
  desk.fullUntil = 0;
  await execute(desk.workstation.desk.store.handle, 'PRAGMA max_page_count = 1000000');
}

/** Keeps a copy of the folder as it is now. */
export async function backUp(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  await settleDisk(desk);
  const folder = join(simulation.folder, `backup-${simulation.fresh('backup').replaceAll(':', '-')}`);
  copyFolder(desk.folder, folder);
  desk.backup = { folder, holds: new Set(desk.holds) };
  simulation.note(`${desk.name} is backed up`);
}

/** The disk is lost; the folder comes back as it was when it was backed up. */
async function restore(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { backup } = desk;
  if (backup === null) return backUp(simulation, desk);
  await settleDisk(desk);
  const gone = [...desk.holds].filter((id) => !backup.holds.has(id));
  const elsewhere = (id: string): boolean =>
    simulation.desks.some((one) => one !== desk && one.holds.has(id));
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
  desk.backup = null;
  desk.secondLog = true;
  desk.holds = new Set(backup.holds);
  await reopen(simulation, desk, folder);
  await seat(desk);
  simulation.inject('restore', `${desk.name}, ${gone.length} facts newer than the backup`);
}

/** The folder is copied to another machine; both go on. */
async function clone(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  if (simulation.counts.clone > 0 || desk.staysRevoked) return;
  // Something that neither has sent is on both; a note would count twice, since it fits any state.
  await personActs(simulation, desk, { kind: 'note' });
  await settleDisk(desk);
  const name = `${desk.name}-copy`;
  copyFolder(desk.folder, join(simulation.folder, name));
  desk.copied = true;
  desk.secondLog = true;
  const copy = await openDesk(simulation, { name, unitPath: desk.unitPath, staffId: desk.staffId });
  copy.copied = true;
  copy.secondLog = true;
  copy.holds = new Set(desk.holds);
  copy.clockOffset = desk.clockOffset;
  await readBooked(copy);
  await seat(copy);
  simulation.desks.push(copy);
  // Told of the copy, the administrator takes the identity out of use before either has sent what both hold.
  const revoked = simulation.random.chance(0.5);
  const deviceId = desk.workstation.desk.identity()?.deviceId ?? '';
  simulation.inject('clone', `${desk.name}${revoked ? ', and its identity is revoked' : ''}`);
  if (!revoked) return goOnApart(simulation, desk, copy);
  await simulation.centre.admin.admin.revoke({ deviceId, reason: 'copied' });
  // Both carry the same fact over, each before it has seen the other's; the line holds for so long.
  const weather = weatherOf(simulation);
  const { bad } = weather;
  weather.bad = false;
  for (const one of [desk, copy]) {
    one.cutOffUntil = 0;
    await synchronize(simulation, one);
    await enrolAgain(simulation, one, 'lost');
  }
  weather.bad = bad;
}

/** Unknown to each other both work on: one sends a fact under the next number, the other has more than one by then. */
async function goOnApart(simulation: Simulation, desk: SimulatedDesk, copy: SimulatedDesk): Promise<void> {
  const { random } = simulation;
  if (random.chance(0.1)) return;
  const [first, second] = random.chance(0.5) ? [desk, copy] : [copy, desk];
  await personActs(simulation, first, { kind: 'note' });
  await synchronize(simulation, first);
  const more = random.whole(2, 3);
  for (let deed = 0; deed < more; deed += 1) await personActs(simulation, second, { kind: 'note' });
  if (random.chance(0.8)) await synchronize(simulation, second);
}

/** The shop goes on at the other mall: a new path, a new workstation; the old one still has what it had not sent. */
async function move(simulation: Simulation): Promise<void> {
  const shop = simulation.desks.find((desk) => desk.name === 'shop');
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
