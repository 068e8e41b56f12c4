import { sql } from 'kysely';
import { canonicalJson } from '../../../src/domain/kernel/event/canonical.ts';
import { envelopeOf } from '../../../src/main/kernel/store/index.ts';
import { refold } from '../../../src/main/kernel/store/refold.ts';
import type { EventTable } from '../../../src/main/kernel/store/schema.ts';
import { CHAIN_START, eventHash } from '../../../src/protocol/chain.ts';
import { mayHold } from './sight-oracle.ts';
import type { SimulatedWorkstation } from './simulated-workstation.ts';
import type { Simulation } from './simulation.ts';

type StreamRow = { kind: string; id: string; state: string };
const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}:${id}`;

/** Checks all that must hold after everything has arrived. */
export async function checkInvariants(simulation: Simulation): Promise<void> {
  await factsArePresentOnce(simulation);
  simulation.checks.add((await simulation.centre.admin.admin.verify()).invariants);
  const sight = await mayHold(simulation.centre.database);
  await feedsCarryOnlyWhatTheyMay(simulation, sight);
  for (const workstation of simulation.workstations) {
    await chainIsUnbroken(simulation, workstation);
    await rebuildEqualsState(simulation, workstation);
    await holdsOnlyWhatItMay(simulation, workstation, sight);
    if (workstation.staysRevoked) await workStays(simulation, workstation);
    else await projectionsEqual(simulation, workstation);
  }
}

/** Every acknowledged fact stands at the centre once; or was refused there, and its entry is kept where it was made. */
async function factsArePresentOnce(simulation: Simulation): Promise<void> {
  const { truth, checks, centre, workstations } = simulation;
  const ids = [...truth.acknowledged.keys(), ...truth.undone];
  const { rows } = await sql<{ id: string; standing: number; refused: number }>`
    SELECT id::text, count(*) FILTER (WHERE status <> 'rejected')::int AS standing,
      count(*) FILTER (WHERE status = 'rejected' AND refusal IS NOT NULL)::int AS refused
    FROM event WHERE id = ANY(${ids}::uuid[]) GROUP BY id`.execute(centre.database);
  const found = new Map(rows.map((row) => [row.id, row]));
  const kept = new Map<string, Set<string>>();
  for (const workstation of workstations) {
    const here = await sql<{ id: string; status: string }>`
      SELECT id, status FROM event WHERE length(payload) > 0`.execute(workstation.running.parts.store.read);
    for (const { id, status } of here.rows) {
      const list = kept.get(id) ?? new Set();
      list.add(workstation.staysRevoked && status === 'pending' ? 'held' : status);
      kept.set(id, list);
    }
  }
  for (const [id, { workstation, step, type }] of truth.acknowledged) {
    if (truth.lostWithDisk.has(id)) continue;
    const { standing = 0, refused = 0 } = found.get(id) ?? {};
    const at = kept.get(id) ?? new Set();
    const once =
      standing === 1 ||
      (standing === 0 && refused > 0 && (at.has('rejected') || truth.entryLost.has(id))) ||
      (standing === 0 && at.has('held'));
    checks.check('acknowledged facts are present once', once, () => {
      return `${type} of ${workstation}, step ${step}: ${standing} times at the centre, refused ${refused} times, here ${[...at].join(' ') || 'gone'}`;
    });
  }
  for (const id of truth.undone) {
    checks.check('what was taken back is nowhere', !found.has(id), () => id);
  }
}

async function localLog(workstation: SimulatedWorkstation): Promise<EventTable[]> {
  const { rows } = await sql<EventTable>`
    SELECT * FROM event WHERE origin = 'local' ORDER BY device_sequence`.execute(
    workstation.running.parts.store.read,
  );
  return rows;
}

async function chainIsUnbroken(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const device = workstation.running.parts.identity()?.deviceId;
  let previous = CHAIN_START;
  for (const [index, row] of (await localLog(workstation)).entries()) {
    const whole =
      row.device === device &&
      row.device_sequence === index + 1 &&
      row.previous_hash === previous &&
      row.hash === eventHash(envelopeOf(row), previous);
    simulation.checks.check(
      'workstations’ chains are unbroken',
      whole,
      () => `${workstation.name} ${index + 1}`,
    );
    previous = row.hash;
  }
}

/** States rebuilt from the workstation's log equal those kept step by step; so do the rows of its lists. */
async function rebuildEqualsState(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const { store, directory } = workstation.running.parts;
  const { rows } = await sql<StreamRow>`SELECT kind, id, state FROM stream`.execute(store.read);
  const keys = rows.map(({ kind, id }) => ({ kind: kind as 'case', id }));
  const { states } = await store.write((writer) => refold(writer, keys, directory.rules()));
  const name = 'workstations’ rebuild equals incremental';
  for (const row of rows) {
    const anew = states.get(keyOf(row))?.current.state;
    const same = anew !== undefined && canonicalJson(anew) === canonicalJson(JSON.parse(row.state));
    simulation.checks.check(name, same, () => `${workstation.name} ${row.kind}`);
  }
  for (const kind of ['case', 'return', 'merchant'] as const) {
    const listed = await sql<{ id: string; status: string | null }>`
      SELECT id, ${kind === 'merchant' ? sql`NULL` : sql`status`} AS status FROM ${sql.table(`${kind}_row`)}`.execute(
      store.read,
    );
    const searchable = await sql<{ count: number }>`
      SELECT count(*) AS count FROM ${sql.table(`${kind}_search`)}`.execute(store.read);
    const expected = new Map(
      rows.filter((row) => row.kind === kind).map((row) => [row.id, statusIn(row.state)]),
    );
    const same =
      listed.rows.length === expected.size &&
      searchable.rows[0]?.count === expected.size &&
      listed.rows.every(
        (row) => expected.has(row.id) && (kind === 'merchant' || expected.get(row.id) === row.status),
      );
    simulation.checks.check('workstations’ lists equal their states', same, () => {
      return `${workstation.name} ${kind}: ${listed.rows.length} rows, ${searchable.rows[0]?.count} searchable, ${expected.size} states`;
    });
  }
}

function statusIn(state: string): string {
  return (JSON.parse(state) as { status?: string }).status ?? '';
}

/** Everything in sight at the centre is here, in the same state, but for what is in its archive; and nothing else. */
async function projectionsEqual(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const here = await sql<StreamRow>`SELECT kind, id, state FROM stream`.execute(
    workstation.running.parts.store.read,
  );
  const there = await sql<StreamRow>`
    SELECT kind, id, state FROM stream WHERE sight::jsonb ? ${workstation.unitPath} AND state IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM archived_stream AS gone
        WHERE gone.kind = stream.kind AND gone.id = stream.id AND gone.returned_at IS NULL)`.execute(
    simulation.centre.database,
  );
  const local = new Map(here.rows.map((row) => [keyOf(row), row.state]));
  const name = 'workstations’ projections equal the centre’s';
  for (const row of there.rows) {
    const text = local.get(keyOf(row));
    local.delete(keyOf(row));
    const same =
      text !== undefined && canonicalJson(JSON.parse(text)) === canonicalJson(JSON.parse(row.state));
    simulation.checks.check(name, same, () => {
      return `${workstation.name} ${row.kind}: ${text === undefined ? 'missing' : `${statusIn(text)}, at the centre ${statusIn(row.state)}`}`;
    });
  }
  for (const key of local.keys()) {
    simulation.checks.check(
      name,
      false,
      () => `${workstation.name} ${key} is not in sight at the centre, or archived there`,
    );
  }
}

async function feedsCarryOnlyWhatTheyMay(
  simulation: Simulation,
  sight: Map<string, Set<string>>,
): Promise<void> {
  const { rows } = await sql<{ kind: string; id: string; path: string }>`
    SELECT DISTINCT event.stream_kind AS kind, event.stream_id AS id, feed.unit_path AS path
    FROM feed JOIN event ON event.id = feed.event_id AND event.status <> 'rejected'`.execute(
    simulation.centre.database,
  );
  for (const row of rows) {
    const may = sight.get(keyOf(row))?.has(row.path) ?? false;
    simulation.checks.check(
      'no feed carries what its unit may not see',
      may,
      () => `${row.kind} in ${row.path}`,
    );
  }
}

async function holdsOnlyWhatItMay(
  simulation: Simulation,
  workstation: SimulatedWorkstation,
  sight: Map<string, Set<string>>,
): Promise<void> {
  const { rows } = await sql<{ kind: string; id: string; local: number }>`
    SELECT stream_kind AS kind, stream_id AS id, max(origin = 'local') AS local FROM event GROUP BY 1, 2`.execute(
    workstation.running.parts.store.read,
  );
  for (const row of rows) {
    // What was made here and the centre does not have (yet) is this workstation's own.
    const may = sight.get(keyOf(row))?.has(workstation.unitPath) ?? row.local === 1;
    simulation.checks.check(
      'no unit holds what it may not see',
      may,
      () => `${workstation.name} ${row.kind}`,
    );
  }
}

/** A revoked workstation keeps what it had not sent, says so, and is not green. */
async function workStays(simulation: Simulation, workstation: SimulatedWorkstation): Promise<void> {
  const pending = (await localLog(workstation)).filter((row) => row.status === 'pending').length;
  const { waiting, sign } = workstation.running.parts.sync.status();
  simulation.checks.check(
    'unsent work stays at a revoked workstation',
    sign === 'attention' && waiting >= pending,
    () => `${workstation.name}: ${pending} pending, says ${waiting}, ${sign}`,
  );
}
