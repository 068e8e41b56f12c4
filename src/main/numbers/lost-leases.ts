import { sql } from 'kysely';
import type { LeaseClash } from '../../contract/centre/numbers.ts';
import { numberSchemas, subtractRanges, type NumberLease } from '../../domain/numbers/numbers.ts';
import type { Refusal } from '../../domain/kernel/event/ruling.ts';
import { readMeta, writeMeta } from '../kernel/store/meta.ts';
import type { Reader, Writer } from '../kernel/store/store.ts';
import { loadState } from '../kernel/store/streams.ts';

/** Identities that this installation had at a centre which, put back from a backup, did not know them any more. */
const FORMER = 'former-devices';

/** Keeps an identity that is given up because the centre does not know it: its leases are this installation's. */
export async function keepFormerDevice(writer: Writer, deviceId: string): Promise<void> {
  const before = await formerDevices(writer);
  await writeMeta(writer, FORMER, JSON.stringify([...before, deviceId]));
}

async function formerDevices(from: Reader | Writer): Promise<string[]> {
  const kept = await readMeta(from, FORMER);
  return kept === null ? [] : (JSON.parse(kept) as string[]);
}

type LostLease = { eventId: string; deviceId: string; lease: NumberLease };

/** Leases of workstations of this unit that the centre once recorded and lost, and that are open here. */
async function lostLeases(from: Reader | Writer): Promise<LostLease[]> {
  const { rows } = await sql<{ eventId: string; deviceId: string; payload: string }>`
    SELECT id AS "eventId", stream_id AS "deviceId", payload FROM event
    WHERE stream_kind = 'workstation' AND type = 'numbers-leased' AND status = 'rejected'
      AND refusal ->> '$.rule' = 'lost-at-centre'`.execute(from);
  return rows.flatMap(({ eventId, deviceId, payload }) => {
    const read = numberSchemas['numbers-leased@1'].safeParse(JSON.parse(payload));
    return read.success ? [{ eventId, deviceId, lease: read.data }] : [];
  });
}

/** Those of them that are this workstation's own, under the identity it has or had, and are not recorded again. */
export async function ownLostLeases(from: Reader | Writer, deviceId: string): Promise<NumberLease[]> {
  const own = new Set([deviceId, ...(await formerDevices(from))]);
  const held = (await loadState(from, 'workstation', deviceId))?.leases ?? [];
  return (await lostLeases(from))
    .filter((one) => own.has(one.deviceId) && !isHeld(one.lease, held))
    .map(({ lease }) => lease);
}

function isHeld(lease: NumberLease, held: readonly NumberLease[]): boolean {
  const sameYear = held.filter(({ year }) => year === lease.year);
  return subtractRanges([lease], sameYear).length === 0;
}

/** Takes off the list of what needs a person those that the centre has recorded again, everybody's. */
export async function settleLostLeases(writer: Writer, deviceId: string, at: string): Promise<void> {
  const former = new Set(await formerDevices(writer));
  for (const { eventId, deviceId: of, lease } of await lostLeases(writer)) {
    const state = await loadState(writer, 'workstation', former.has(of) ? deviceId : of);
    if (!isHeld(lease, state?.leases ?? [])) continue;
    await sql`UPDATE event SET dismissed_at = ${at} WHERE id = ${eventId} AND dismissed_at IS NULL`.execute(
      writer,
    );
  }
}

/** Says of a lost lease that others were leased it meanwhile, which a person has to see. */
export async function noteClashes(
  writer: Writer,
  deviceId: string,
  clashes: readonly LeaseClash[],
): Promise<void> {
  const own = new Set([deviceId, ...(await formerDevices(writer))]);
  for (const { eventId, deviceId: of, lease } of await lostLeases(writer)) {
    const clash = clashes.find(
      (one) => one.year === lease.year && lease.first <= one.first && one.last <= lease.last,
    );
    if (!clash || !own.has(of)) continue;
    const { first, last, holders, printed } = clash;
    const refusal: Refusal = {
      rule: 'numbers-leased-to-another',
      parameters: {
        first,
        last,
        codes: holders.join(', '),
        printed: printed.map((range) => `${range.first}–${range.last}`).join(', '),
      },
    };
    await sql`
      UPDATE event SET refusal = ${JSON.stringify(refusal)}, dismissed_at = NULL WHERE id = ${eventId}`.execute(
      writer,
    );
  }
}
