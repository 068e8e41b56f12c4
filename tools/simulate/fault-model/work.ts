import { sql } from 'kysely';
import { staffOf } from './world.ts';
import type { SimulatedWorkstation } from './simulated-workstation.ts';
import {
  armCrash,
  bookAcknowledged,
  checkHolds,
  disarmCrash,
  reopen,
  settleDisk,
  signIn,
} from './simulated-workstation.ts';
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
export async function seat(workstation: SimulatedWorkstation): Promise<void> {
  const usual = workstation.staffId;
  for (const staffId of new Set([usual, ...staffOf(workstation.unitPath)])) {
    workstation.staffId = staffId;
    if ((await outcome(() => signIn(workstation))) === 'ok') return;
  }
  workstation.staffId = usual;
}

/** After whatever was done at a workstation: its crash, if it died. */
async function settle(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  // What nobody waits for, the problem log, may be what it dies at.
  await settleDisk(workstation).catch(() => undefined);
  if (!workstation.dead || workstation.remains === null) return;
  const { remains } = workstation;
  await reopen(simulation, workstation, remains);
  await survived(simulation, workstation);
  await seat(workstation);
}

/** What was acknowledged is on the disk, whatever the process was doing when it died. */
async function survived(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT value AS id FROM json_each(${JSON.stringify([...workstation.holds])})
    WHERE value NOT IN (SELECT id FROM event)`.execute(workstation.running.parts.store.read);
  const archived = await onceArchived(
    simulation,
    rows.map((row) => row.id),
  );
  const gone = new Set(rows.map((row) => row.id).filter((id) => !archived.has(id)));
  // One fact at most, and only by the person's own wish.
  if (workstation.undoing && gone.size === 1) return bookUndone(simulation, workstation);
  for (const id of workstation.holds) {
    simulation.checks.check(
      'acknowledged facts survive a crash',
      !gone.has(id),
      () => `${workstation.name} ${id}`,
    );
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

/** A person does one thing. `inRound`: while this workstation is sending, when nothing can be taken back. */
export async function personActs(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  options: { kind?: DeedKind; among?: readonly string[]; inRound?: boolean } = {},
): Promise<string> {
  const deed = await nextDeed(simulation, workstation, options.kind, options.among);
  if (deed.name === 'undo' && options.inRound) return 'nothing';
  workstation.undoing = deed.name === 'undo';
  const result = await outcome(deed.run);
  const recorded = result === 'ok' ? await bookAcknowledged(simulation, workstation) : 0;
  if (workstation.undoing && result === 'ok') {
    await bookUndone(simulation, workstation);
    if (workstation.running.parts.sync.status().sign === 'proved') checkHolds(simulation, workstation);
  }
  // It died of it: taken back or not, nobody was told.
  workstation.undoing &&= workstation.dead;
  simulation.note(`${workstation.name} ${deed.name} → ${result}${recorded > 1 ? ` ${recorded}` : ''}`);
  if (!options.inRound) await settle(simulation, workstation);
  workstation.undoing = false;
  return result;
}

async function bookUndone(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    SELECT value AS id FROM json_each(${JSON.stringify([...workstation.holds])})
    WHERE value NOT IN (SELECT id FROM event)`.execute(workstation.running.parts.store.read);
  for (const { id } of rows) {
    workstation.holds.delete(id);
    simulation.truth.acknowledged.delete(id);
    // Another folder may have it and may send it; then it counts.
    if (!workstation.copied && !workstation.backup?.holds.has(id)) simulation.truth.undone.add(id);
  }
}

/** One round of the workstation's sync, and the truth of a green sign it ends with. */
export async function synchronize(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  inRound = false,
): Promise<void> {
  workstation.busy = true;
  workstation.greens.length = 0;
  const status = await workstation.running.parts.sync.run();
  workstation.busy = false;
  simulation.note(
    `${workstation.name} sync → ${status.sign} ${status.reason ?? '-'} waiting ${status.waiting} attention ${status.attention} at ${status.feedPosition}`,
  );
  if (status.reason === 'chain-broken') {
    simulation.checks.check('only a second log is taken for one', workstation.secondLog, () => {
      return `${workstation.name} at step ${simulation.step}`;
    });
  }
  if (!workstation.dead) await checkGreens(simulation, workstation);
  if (!inRound) await settle(simulation, workstation);
}

/** Holds what a green sign claimed against the centre's own database and the workstation's own disk. */
async function checkGreens(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const claim = workstation.greens.at(-1);
  // A green that a round began with is the proof of the round before.
  if (claim === undefined || workstation.running.parts.sync.status().sign !== 'proved') return;
  const { read } = workstation.running.parts.store;
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
        AND place.unit_path = ${workstation.unitPath} AND place.position > ${claim.position})) AS archived
    FROM feed JOIN event ON event.id = feed.event_id AND event.status <> 'rejected'
    LEFT JOIN archived_stream AS gone ON gone.kind = event.stream_kind AND gone.id = event.stream_id
    WHERE feed.unit_path = ${workstation.unitPath} AND feed.position <= ${claim.position}
    ORDER BY feed.position`.execute(simulation.centre.database);
  const held = new Set(here.rows.map(({ id }) => id));
  const expected = there.rows.filter(({ id, archived }) => held.has(id) || !archived);
  const same =
    here.rows.length === expected.length && here.rows.every(({ id }, index) => id === expected[index]?.id);
  simulation.checks.check('the sign was green only when it was true', served && same, () => {
    return `${workstation.name} at step ${simulation.step}, ${position} of ${claim.served?.position}: ${served ? 'the store lacks what the feed holds' : 'digests differ'}`;
  });
}

/** Gives the identity up for a new one, with a code from the administrator. */
export async function enrolAgain(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  pushes: 'drawn' | 'lost' | 'calm' = 'drawn',
): Promise<void> {
  if (workstation.code === null) {
    const { codes } = await simulation.centre.admin.admin.createCodes({
      unitPaths: [workstation.unitPath],
      validMinutes: 60 * 24 * 30,
    });
    workstation.code = codes[0]?.code ?? null;
  }
  const code = workstation.code ?? '';
  let salvaged = 0;
  workstation.busy = true;
  workstation.greens.length = 0;
  // What is carried over then waits a while, and another copy may carry the same over.
  const drawn = simulation.random.chance(0.5);
  const loses = pushes === 'lost' || (pushes === 'drawn' && drawn);
  workstation.losesPushes = simulation.faults.has('loss') && loses ? 'once-enrolled' : 'no';
  const result = await outcome(async () => {
    ({ salvaged } = await workstation.api.session.enrolAgain({ code }));
  });
  workstation.busy = false;
  workstation.losesPushes = 'no';
  // Spent by a folder that is no more.
  if (result === 'ok' || result.endsWith('CODE_USED')) workstation.code = null;
  if (result === 'ok') workstation.secondLog = false;
  simulation.note(`${workstation.name} enrols again → ${result} salvaged ${salvaged}`);
  await settle(simulation, workstation);
}

/** A workstation dies at one of its next writes, in a command or in a round. */
export async function crash(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { random } = simulation;
  const countdown = random.whole(1, 30);
  const after = random.chance(0.5);
  await armCrash(simulation, workstation, countdown, after);
  const alive = workstation.running;
  for (let tries = 0; tries < 4 && workstation.running === alive; tries += 1) {
    if (random.chance(0.5)) await personActs(simulation, workstation);
    else await synchronize(simulation, workstation);
  }
  if (workstation.running === alive) {
    disarmCrash(workstation);
    await settleDisk(workstation);
  } else {
    simulation.inject('crash', `${workstation.name} ${after ? 'after' : 'before'} write ${countdown}`);
  }
}
