import { sql } from 'kysely';
import { deliverHeld, weatherOf } from './network.ts';
import { assign, emptyDisk } from './planned.ts';
import { disarmCrash, type SimulatedDesk } from './simulated-desk.ts';
import type { Simulation } from './simulation.ts';
import { enrolAgain, outcome, seat, synchronize } from './work.ts';

const ROUNDS = 10;
const MENDED = new Set(['chain-broken', 'device-revoked']);

/** The weather clears, everything arrives, and people look at what needs them. */
export async function quiesce(simulation: Simulation): Promise<void> {
  simulation.note('— quiesce');
  const weather = weatherOf(simulation);
  weather.bad = false;
  weather.meanwhile = null;
  weather.restartNext = false;
  weather.killAt = null;
  await deliverHeld(simulation, true);
  for (const desk of simulation.desks) {
    desk.cutOffUntil = 0;
    disarmCrash(desk);
    await emptyDisk(desk);
  }
  for (const desk of simulation.desks) await staffDesk(simulation, desk);
  const live = simulation.desks.filter((desk) => !desk.staysRevoked);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const desk of simulation.desks) {
      const before = desk.workstation.desk.sync.status().feedPosition;
      await synchronize(simulation, desk);
      const { reason, feedPosition, waiting } = desk.workstation.desk.sync.status();
      if (!desk.staysRevoked && MENDED.has(reason ?? '')) {
        await enrolAgain(simulation, desk, 'calm');
        moved = true;
      }
      moved ||= feedPosition !== before || (waiting > 0 && !desk.staysRevoked);
    }
    if (!moved) break;
  }
  for (const desk of live) {
    // One that was revoked before it had read anything has had nobody who could sign in.
    if ((await outcome(() => desk.api.sync.attention())) !== 'ok') await seat(desk);
    await lookAtAttention(simulation, desk);
  }
  for (const desk of live) {
    await synchronize(simulation, desk);
    const { sign, reason, waiting, attention } = desk.workstation.desk.sync.status();
    simulation.checks.check('every workstation comes to green', sign === 'proved', () => {
      return `${desk.name}: ${sign} ${reason ?? ''} waiting ${waiting} attention ${attention}`;
    });
  }
}

/** A desk whose people were all assigned elsewhere is given one again. */
async function staffDesk(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  if (desk.staysRevoked || (await outcome(() => desk.api.sync.attention())) === 'ok') return;
  await assign(simulation, desk.staffId, desk.unitPath);
  await synchronize(simulation, desk);
  await seat(desk);
}

type Refused = { id: string; payload: string };

/** Each thing listed is there for a reason, with what was entered; then the person takes it off the list. */
async function lookAtAttention(simulation: Simulation, desk: SimulatedDesk): Promise<void> {
  const { read } = desk.workstation.desk.store;
  const { checks } = simulation;
  const salvaged = await sql<{ id: string }>`
    SELECT event_id AS id FROM salvaged_event WHERE dismissed_at IS NULL`.execute(read);
  const rejected = await sql<Refused>`
    SELECT id, payload FROM event WHERE status = 'rejected' AND dismissed_at IS NULL AND refusal IS NOT NULL`.execute(
    read,
  );
  const wanted = new Set([...salvaged.rows, ...rejected.rows].map((row) => row.id));
  const listed = new Map<string, string>();
  for (;;) {
    const items = await desk.api.sync.attention();
    if (items.length === 0) break;
    for (const item of items) {
      listed.set(item.eventId, item.status);
      await desk.api.sync.dismiss({ eventId: item.eventId });
    }
  }
  simulation.salvaged += salvaged.rows.length;
  simulation.note(`${desk.name} looked at ${listed.size}, salvaged ${salvaged.rows.length}`);
  for (const id of wanted) {
    checks.check('what was refused or carried over is shown', listed.has(id), () => `${desk.name} ${id}`);
  }
  const unexplained = [...listed].filter(([id, status]) => !wanted.has(id) || status === 'quarantined');
  checks.check('what was refused or carried over is shown', unexplained.length === 0, () => {
    return `${desk.name} lists ${unexplained.map(([, status]) => status).join(', ')}`;
  });
}
