import { sql } from 'kysely';
import { staffOf } from './world.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import {
  armCrash,
  bookAcknowledged,
  checkHolds,
  disarmCrash,
  reopen,
  settleDisk,
  signIn,
} from './simulated-desk.ts';
import { nextDeed, type DeedKind } from './people.ts';
import type { Simulation } from './simulation.ts';

/** What came of a call, in words that a seed repeats. */
export async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'ok';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    const data =
      error instanceof Error && 'data' in error ? (error.data as { rule?: string; code?: string }) : null;
    const detail = data?.rule ?? data?.code ?? '';
    if (code === 'error') throw error;
    return detail === '' ? code : `${code} ${detail}`;
  }
}

/** Whoever of the unit can sign in sits at the desk. */
export async function seat(desk: SimulatedDesk): Promise<void> {
  const usual = desk.staffId;
  for (const staffId of new Set([usual, ...staffOf(desk.unitPath)])) {
    desk.staffId = staffId;
    if ((await outcome(() => signIn(desk))) === 'ok') return;
  }
  desk.staffId = usual;
}

/** After whatever was done at a desk: its crash, if it died. */
async function settle(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  // What nobody waits for, the problem log, may be what it dies at.
  await settleDisk(desk).catch(() => undefined);
  if (!desk.dead || desk.remains === null) return;
  const { remains } = desk;
  await reopen(simulation, desk, remains);
  await survived(simulation, desk);
  await seat(desk);
}

/** What was acknowledged is on the disk, whatever the process was doing when it died. */
async function survived(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT value AS id FROM json_each(${JSON.stringify([...desk.holds])})
    WHERE value NOT IN (SELECT id FROM event)`.execute(desk.workstation.desk.store.read);
  const archived = await onceArchived(
    simulation,
    rows.map((row) => row.id),
  );
  const gone = new Set(rows.map((row) => row.id).filter((id) => !archived.has(id)));
  // One fact at most, and only by the person's own wish.
  if (desk.undoing && gone.size === 1) return bookUndone(simulation, desk);
  for (const id of desk.holds) {
    simulation.checks.check('acknowledged facts survive a crash', !gone.has(id), () => `${desk.name} ${id}`);
  }
}

/** Facts that the centre has, about records that it archived: they may have left, once they were no part of this device's log. */
async function onceArchived(simulation: Simulation, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT event.id::text FROM event
    JOIN archived_stream AS gone ON gone.kind = event.stream_kind AND gone.id = event.stream_id
    WHERE event.status <> 'rejected' AND event.id = ANY(${[...ids]}::uuid[])`.execute(
    simulation.centre.database,
  );
  return new Set(rows.map((row) => row.id));
}

/** A person does one thing. `inRound`: while this desk is sending, when nothing can be taken back. */
export async function personActs(
  simulation: Simulation,
  desk: SimulatedDesk,
  options: { kind?: DeedKind; among?: readonly string[]; inRound?: boolean } = {},
): Promise<string> {
  const deed = await nextDeed(simulation, desk, options.kind, options.among);
  if (deed.name === 'undo' && options.inRound) return 'nothing';
  desk.undoing = deed.name === 'undo';
  const result = await outcome(deed.run);
  const recorded = result === 'ok' ? await bookAcknowledged(simulation, desk) : 0;
  if (desk.undoing && result === 'ok') {
    await bookUndone(simulation, desk);
    if (desk.workstation.desk.sync.status().sign === 'proved') checkHolds(simulation, desk);
  }
  // It died of it: taken back or not, nobody was told.
  desk.undoing &&= desk.dead;
  simulation.note(`${desk.name} ${deed.name} → ${result}${recorded > 1 ? ` ${recorded}` : ''}`);
  if (!options.inRound) await settle(simulation, desk);
  desk.undoing = false;
  return result;
}

async function bookUndone(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT value AS id FROM json_each(${JSON.stringify([...desk.holds])})
    WHERE value NOT IN (SELECT id FROM event)`.execute(desk.workstation.desk.store.read);
  for (const { id } of rows) {
    desk.holds.delete(id);
    simulation.truth.acknowledged.delete(id);
    // Another folder may have it and may send it; then it counts.
    if (!desk.copied && !desk.backup?.holds.has(id)) simulation.truth.undone.add(id);
  }
}

/** One round of the workstation's sync, and the truth of a green sign it ends with. */
export async function synchronize(
  simulation: Simulation,
  desk: SimulatedDesk,
  inRound = false,
): Promise<void> {
  desk.busy = true;
  desk.greens.length = 0;
  const status = await desk.workstation.desk.sync.run();
  desk.busy = false;
  simulation.note(
    `${desk.name} sync → ${status.sign} ${status.reason ?? '-'} waiting ${status.waiting} attention ${status.attention} at ${status.feedPosition}`,
  );
  if (status.reason === 'chain-broken') {
    simulation.checks.check('only a second log is taken for one', desk.secondLog, () => {
      return `${desk.name} at step ${simulation.step}`;
    });
  }
  if (!desk.dead) await checkGreens(simulation, desk);
  if (!inRound) await settle(simulation, desk);
}

/** Holds what a green sign claimed against the centre's own database and the workstation's own disk. */
async function checkGreens(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const claim = desk.greens.at(-1);
  // A green that a round began with is the proof of the round before.
  if (claim === undefined || desk.workstation.desk.sync.status().sign !== 'proved') return;
  const { read } = desk.workstation.desk.store;
  const cursor = await read.selectFrom('meta').select('value').where('key', '=', 'cursor').executeTakeFirst();
  const { position, digest } = JSON.parse(cursor?.value ?? '{}') as { position?: number; digest?: string };
  const served = claim.served?.position === position && claim.served?.digest === digest;
  const here = await sql<{ id: string }>`
    SELECT id FROM event WHERE feed_position IS NOT NULL ORDER BY feed_position`.execute(read);
  // What is in the archive may have left; also what came back by a fact behind this place of the feed.
  const there = await sql<{ id: string; archived: boolean }>`
    SELECT event_id AS id, gone.id IS NOT NULL AND (gone.returned_at IS NULL OR EXISTS (
      SELECT 1 FROM event AS later JOIN feed AS place ON place.event_id = later.id
      WHERE later.stream_kind = gone.kind AND later.stream_id = gone.id AND later.status <> 'rejected'
        AND place.unit_path = ${desk.unitPath} AND place.position > ${claim.position})) AS archived
    FROM feed JOIN event ON event.id = feed.event_id AND event.status <> 'rejected'
    LEFT JOIN archived_stream AS gone ON gone.kind = event.stream_kind AND gone.id = event.stream_id
    WHERE feed.unit_path = ${desk.unitPath} AND feed.position <= ${claim.position}
    ORDER BY feed.position`.execute(simulation.centre.database);
  const held = new Set(here.rows.map(({ id }) => id));
  const expected = there.rows.filter(({ id, archived }) => held.has(id) || !archived);
  const same =
    here.rows.length === expected.length && here.rows.every(({ id }, index) => id === expected[index]?.id);
  simulation.checks.check('the sign was green only when it was true', served && same, () => {
    return `${desk.name} at step ${simulation.step}, ${position} of ${claim.served?.position}: ${served ? 'the store lacks what the feed holds' : 'digests differ'}`;
  });
}

/** Gives the identity up for a new one, with a code from the administrator. */
export async function enrolAgain(
  simulation: Simulation,
  desk: SimulatedDesk,
  pushes: 'drawn' | 'lost' | 'calm' = 'drawn',
): Promise<void> {
  if (desk.code === null) {
    const { codes } = await simulation.centre.admin.admin.createCodes({
      unitPaths: [desk.unitPath],
      validMinutes: 60 * 24 * 30,
    });
    desk.code = codes[0]?.code ?? null;
  }
  const code = desk.code ?? '';
  let salvaged = 0;
  desk.busy = true;
  desk.greens.length = 0;
  // What is carried over then waits a while, and another copy may carry the same over.
  const drawn = simulation.random.chance(0.5);
  const loses = pushes === 'lost' || (pushes === 'drawn' && drawn);
  desk.losesPushes = simulation.faults.has('loss') && loses ? 'once-enrolled' : 'no';
  const result = await outcome(async () => {
    ({ salvaged } = await desk.api.session.enrolAgain({ code }));
  });
  desk.busy = false;
  desk.losesPushes = 'no';
  // Spent by a folder that is no more.
  if (result === 'ok' || result.endsWith('CODE_USED')) desk.code = null;
  if (result === 'ok') desk.secondLog = false;
  simulation.note(`${desk.name} enrols again → ${result} salvaged ${salvaged}`);
  await settle(simulation, desk);
}

/** A workstation dies at one of its next writes, in a command or in a round. */
export async function crash(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { random } = simulation;
  const countdown = random.whole(1, 30);
  const after = random.chance(0.5);
  await armCrash(simulation, desk, countdown, after);
  const alive = desk.workstation;
  for (let tries = 0; tries < 4 && desk.workstation === alive; tries += 1) {
    if (random.chance(0.5)) await personActs(simulation, desk);
    else await synchronize(simulation, desk);
  }
  if (desk.workstation === alive) {
    disarmCrash(desk);
    await settleDisk(desk);
  } else {
    simulation.inject('crash', `${desk.name} ${after ? 'after' : 'before'} write ${countdown}`);
  }
}
