import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Nudge, PresenceAnswer, PresenceInput } from '../../contract/centre/live.ts';
import type { StaffState } from '../../domain/organisation/index.ts';
import { asUnit } from '../kernel/db/as-unit.ts';
import type { Database } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import type { DeviceSession } from '../kernel/http/sessions.ts';
import type { UnitCache } from '../kernel/units.ts';
import { CHANNEL, feedNotices, listen, type Notice, type PersonHere } from './notices.ts';
import { createPresenceBoard } from './presence.ts';

/** Batches that end within so short a time are told together. */
const TOGETHER_MS = 15;
const SWEEP_MS = 5_000;
/** A stream is asked for anew at least so often, however long its session lasts: timers know no more than 24 days. */
const LONGEST_STREAM_MS = 3_600_000;

export type Live = {
  /** Feeds moved by a workstation, after its transaction: told to all processes. */
  moved(paths: Iterable<string>, device: string): void;
  /** Nudges for one workstation, until `signal`, `forMs` or an hour ends them; a newer stream of it ends an older. */
  nudges(device: DeviceSession, forMs: number, signal: AbortSignal | undefined): AsyncGenerator<Nudge>;
  /** Books which cases a workstation has open, within its unit's sight, and answers who else has them open. */
  present(device: DeviceSession, input: PresenceInput): Promise<PresenceAnswer>;
  streams(): number;
  close(): Promise<void>;
};

type Stream = { device: DeviceSession; wake: (kind: Nudge['moved']) => void; end: () => void };

/** Tells of feeds moved in a transaction that is rare enough to do so itself: heard when it commits. */
export async function noticeWithin(executor: QueryExecutor, paths: Iterable<string>): Promise<void> {
  const payloads = feedNotices(paths, 'centre');
  if (payloads.length === 0) return;
  await sql`SELECT pg_notify(${CHANNEL}, one) FROM unnest(${payloads}::text[]) AS one`.execute(executor);
}

/** The cases among these that the unit may see. */
async function inSight(
  executor: QueryExecutor,
  unitPath: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM stream WHERE kind = 'case' AND id = ANY(${[...ids]}::text[])
      AND sight::jsonb ? ${unitPath}`.execute(executor);
  return new Set(rows.map(({ id }) => id));
}

/** Names as the centre has them: a workstation says who, not what they are called. */
async function peopleAt(
  executor: QueryExecutor,
  unitPath: string,
  ids: readonly string[],
): Promise<Map<string, PersonHere>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ state: string }>`
    SELECT state FROM stream WHERE kind = 'staff' AND id = ANY(${[...ids]}::text[]) AND state IS NOT NULL`.execute(
    executor,
  );
  const people = rows
    .map(({ state }) => JSON.parse(state) as StaffState)
    .filter((one) => one.active && one.unitPath === unitPath);
  return new Map(people.map(({ id, name }) => [id, { staffId: id, name, unitPath }]));
}

/**
 * What makes workstations ask at once instead of at their next round, over all processes of one database. Nothing here is
 * needed for anything to be right: a lost nudge costs until the next round.
 */
export function createLive(options: {
  database: Database;
  databaseUrl: string;
  units: UnitCache;
  log: Logger;
  onNudged: (streams: number) => void;
}): Live {
  const { database, units } = options;
  const streams = new Map<string, Stream>();
  const board = createPresenceBoard();
  let waiting = new Map<string, Set<string>>();
  let telling: NodeJS.Timeout | undefined;
  let closed = false;

  const wake = (kind: Nudge['moved'], chosen: (device: DeviceSession) => boolean): void => {
    let count = 0;
    for (const { device, wake: wakeOne } of streams.values()) {
      if (!chosen(device)) continue;
      wakeOne(kind);
      count += 1;
    }
    if (count > 0) options.onNudged(count);
  };
  const wakePresent = (caseId: string, except: string): void => {
    const here = new Set(board.devices(caseId));
    wake('presence', ({ deviceId }) => deviceId !== except && here.has(deviceId));
  };
  const hear = (notice: Notice): void => {
    if (notice.kind === 'feeds') {
      const paths = new Set(notice.paths);
      wake('feed', ({ deviceId, unitPath }) => paths.has(unitPath) && deviceId !== notice.device);
    } else if (board.put(notice.caseId, notice.device, notice.people)) {
      // Who told it may have been answered before the others were heard: it asks again where there are any.
      const alone = board.others(notice.caseId, notice.device).length === 0;
      wakePresent(notice.caseId, alone ? notice.device : '');
    }
  };
  const listening = listen({
    url: options.databaseUrl,
    onNotice: hear,
    onGap: () => wake('feed', () => true),
    log: options.log,
  });
  const sweeping = setInterval(() => {
    for (const caseId of board.sweep()) wakePresent(caseId, '');
  }, SWEEP_MS);
  sweeping.unref();
  const notify = async (payloads: readonly string[]): Promise<void> => {
    if (payloads.length === 0) return;
    await sql`SELECT pg_notify(${CHANNEL}, one) FROM unnest(${[...payloads]}::text[]) AS one`.execute(
      database,
    );
  };

  return {
    streams: () => streams.size,
    moved: (paths, device) => {
      const some = waiting.get(device) ?? new Set<string>();
      for (const path of paths) some.add(path);
      if (some.size > 0) waiting.set(device, some);
      if (waiting.size === 0) return;
      telling ??= setTimeout(() => {
        telling = undefined;
        const told = waiting;
        waiting = new Map();
        // Whoever is not told asks at their next round.
        notify([...told].flatMap(([from, moved]) => feedNotices(moved, from))).catch(() => undefined);
      }, TOGETHER_MS);
    },
    nudges: async function* (device, forMs, signal) {
      // A connection that is kept alive may bring one more while the process closes.
      if (closed) return;
      streams.get(device.deviceId)?.end();
      const pending = new Set<Nudge['moved']>();
      let ended = false;
      let turn: () => void = () => undefined;
      const stream: Stream = {
        device,
        wake: (kind) => {
          pending.add(kind);
          turn();
        },
        end: () => {
          ended = true;
          turn();
        },
      };
      streams.set(device.deviceId, stream);
      const timer = setTimeout(stream.end, Math.min(forMs, LONGEST_STREAM_MS));
      signal?.addEventListener('abort', stream.end);
      try {
        // Whatever moved before this stream was there.
        pending.add('feed');
        while (!ended) {
          const [kind] = pending;
          if (kind !== undefined) {
            pending.delete(kind);
            yield { moved: kind };
            continue;
          }
          await new Promise<void>((resolve) => {
            turn = resolve;
          });
        }
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stream.end);
        if (streams.get(device.deviceId) === stream) streams.delete(device.deviceId);
      }
    },
    present: async (device, { open }) => {
      const { deviceId, unitPath } = device;
      const caseIds = open.map(({ caseId }) => caseId);
      const staffIds = [...new Set(open.flatMap((one) => one.staffIds))];
      const { seen, people } = await asUnit(database, device, async (executor) => ({
        seen: await inSight(executor, unitPath, caseIds),
        people: await peopleAt(executor, unitPath, staffIds),
      }));
      const told = open.filter(({ caseId }) => seen.has(caseId));
      const payload = (caseId: string, here: PersonHere[]): string =>
        JSON.stringify({ kind: 'present', caseId, device: deviceId, people: here });
      const stays = new Set(told.map(({ caseId }) => caseId));
      await notify([
        ...told.map((one) =>
          payload(
            one.caseId,
            one.staffIds.flatMap((id) => people.get(id) ?? []),
          ),
        ),
        ...board
          .casesOf(deviceId)
          .filter((caseId) => !stays.has(caseId))
          .map((caseId) => payload(caseId, [])),
      ]);
      return {
        others: told.map(({ caseId }) => ({
          caseId,
          people: board.others(caseId, deviceId).map(({ staffId, name, unitPath: path }) => ({
            staffId,
            name,
            unitName: units.get(path)?.name ?? path,
          })),
        })),
      };
    },
    close: async () => {
      closed = true;
      clearTimeout(telling);
      clearInterval(sweeping);
      for (const { end } of streams.values()) end();
      await listening.stop();
    },
  };
}
