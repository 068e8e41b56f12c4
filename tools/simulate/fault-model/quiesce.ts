import { sql } from 'kysely';
import { deliverHeld, weatherOf } from './network.ts';
import { assign, emptyDisk } from './planned.ts';
import { disarmCrash, type SimulatedWorkstation } from './simulated-workstation.ts';
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
  for (const workstation of simulation.workstations) {
    workstation.cutOffUntil = 0;
    disarmCrash(workstation);
    await emptyDisk(workstation);
  }
  for (const workstation of simulation.workstations) await staffWorkstation(simulation, workstation);
  const live = simulation.workstations.filter((workstation) => !workstation.staysRevoked);
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (const workstation of simulation.workstations) {
      const before = workstation.running.parts.sync.status().feedPosition;
      await synchronize(simulation, workstation);
      const { reason, feedPosition, waiting } = workstation.running.parts.sync.status();
      if (!workstation.staysRevoked && MENDED.has(reason ?? '')) {
        await enrolAgain(simulation, workstation, 'calm');
        moved = true;
      }
      moved ||= feedPosition !== before || (waiting > 0 && !workstation.staysRevoked);
    }
    if (!moved) break;
  }
  for (const workstation of live) {
    // One that was revoked before it had read anything has had nobody who could sign in.
    if ((await outcome(() => workstation.api.sync.attention())) !== 'ok') await seat(workstation);
    // Nor has one whose people were all assigned elsewhere by what came last.
    await staffWorkstation(simulation, workstation);
    await lookAtAttention(simulation, workstation);
  }
  for (const workstation of live) {
    await synchronize(simulation, workstation);
    const { sign, reason, waiting, attention } = workstation.running.parts.sync.status();
    simulation.checks.check('every workstation comes to green', sign === 'proved', () => {
      return `${workstation.name}: ${sign} ${reason ?? ''} waiting ${waiting} attention ${attention}`;
    });
  }
}

/** A workstation whose people were all assigned elsewhere is given one again. */
async function staffWorkstation(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  if (workstation.staysRevoked || (await outcome(() => workstation.api.sync.attention())) === 'ok') return;
  await assign(simulation, workstation.staffId, workstation.unitPath);
  await synchronize(simulation, workstation);
  await seat(workstation);
}

type Refused = { id: string; payload: string };

/** Each thing listed is there for a reason, with what was entered; then the person takes it off the list. */
async function lookAtAttention(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { read } = workstation.running.parts.store;
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
    const items = await workstation.api.sync.attention();
    if (items.length === 0) break;
    for (const item of items) {
      listed.set(item.eventId, item.status);
      await workstation.api.sync.dismiss({ eventId: item.eventId });
    }
  }
  simulation.salvaged += salvaged.rows.length;
  simulation.note(`${workstation.name} looked at ${listed.size}, salvaged ${salvaged.rows.length}`);
  for (const id of wanted) {
    checks.check(
      'what was refused or carried over is shown',
      listed.has(id),
      () => `${workstation.name} ${id}`,
    );
  }
  const unexplained = [...listed].filter(([id, status]) => !wanted.has(id) || status === 'quarantined');
  checks.check('what was refused or carried over is shown', unexplained.length === 0, () => {
    return `${workstation.name} lists ${unexplained.map(([, status]) => status).join(', ')}`;
  });
}
