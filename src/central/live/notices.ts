import type { Logger } from 'pino';
import pg from 'pg';
import { z } from 'zod';

/** One channel for all: every process of a centre hears every notice, its own included. */
export const CHANNEL = 'heshi_live';
/** PostgreSQL takes less than 8000 bytes a notice. */
const NOTICE_BYTES = 7_500;
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 10_000;

const Person = z.object({ staffId: z.string(), name: z.string(), unitPath: z.string() });

/**
 * feeds: units whose feeds moved, and the workstation that moved them, which knows. present: who has a case open at one
 * workstation, the whole of it; nobody when it closed it.
 */
export const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('feeds'), paths: z.array(z.string()), device: z.string() }),
  z.object({
    kind: z.literal('present'),
    caseId: z.string(),
    device: z.string(),
    people: z.array(Person),
  }),
]);
export type Notice = z.infer<typeof Notice>;
export type PersonHere = z.infer<typeof Person>;

/** Feeds that moved as payloads, none of them too long. */
export function feedNotices(paths: Iterable<string>, device: string): string[] {
  const payloads: string[] = [];
  let some: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (some.length > 0) payloads.push(JSON.stringify({ kind: 'feeds', paths: some, device }));
    some = [];
    bytes = 0;
  };
  for (const path of paths) {
    if (bytes + path.length + 3 > NOTICE_BYTES - 200) flush();
    some.push(path);
    bytes += path.length + 3;
  }
  flush();
  return payloads;
}

export type Listening = { stop(): Promise<void> };

/**
 * Hears the notices of all processes on a connection of its own, and takes that up again when it breaks.
 * `onGap` is told after each break: something may have moved unheard.
 */
export function listen(options: {
  url: string;
  onNotice: (notice: Notice) => void;
  onGap: () => void;
  log: Logger;
}): Listening {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = false;

  const again = (): void => {
    if (stopped || timer !== undefined) return;
    const delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * (0.5 + Math.random());
    failures += 1;
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, delay);
    timer.unref();
  };
  const open = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: options.url, application_name: 'heshi-live' });
    client = fresh;
    fresh.on('error', () => undefined);
    fresh.on('end', again);
    fresh.on('notification', ({ payload }) => {
      const read = Notice.safeParse(JSON.parse(payload ?? 'null'));
      if (read.success) options.onNotice(read.data);
    });
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
      failures = 0;
      options.onGap();
    } catch (error) {
      options.log.warn({ kind: error instanceof Error ? error.name : typeof error }, 'not listening');
      await fresh.end().catch(() => undefined);
      again();
    }
  };
  void open();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
