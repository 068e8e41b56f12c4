import { ORPCError } from '@orpc/client';
import { sql } from 'kysely';
import type { ResyncResult, StationReport } from '../../../contract/centre/fleet.ts';
import type { SyncStatus } from '../../../contract/workstation/sync.ts';
import { readMeta, type Store } from '../store/index.ts';
import { CentreError, type CentreLink } from './centre-link.ts';

/** Told again after so long, even where nothing has changed. */
const AGAIN_MS = 10 * 60_000;
export const RESYNC_DONE = 'resync-done';

type Counts = Pick<StationReport, 'rejected' | 'quarantined' | 'unknown' | 'salvaged'>;

async function attentionOf(store: Store): Promise<Counts> {
  const { rows } = await sql<Counts>`
    SELECT count(*) FILTER (WHERE status = 'rejected') AS rejected,
      count(*) FILTER (WHERE status = 'quarantined') AS quarantined,
      count(*) FILTER (WHERE status = 'unknown') AS unknown,
      (SELECT count(*) FROM salvaged_event WHERE dismissed_at IS NULL) AS salvaged
    FROM event WHERE status IN ('rejected', 'quarantined', 'unknown') AND dismissed_at IS NULL`.execute(
    store.read,
  );
  return rows[0] ?? { rejected: 0, quarantined: 0, unknown: 0, salvaged: 0 };
}

export type Reporter = {
  /** Tells the centre how this workstation stands, where that is another than it was told. Never throws. */
  tell(link: CentreLink, status: SyncStatus): Promise<void>;
};

/**
 * Tells the centre what only the workstation knows: what waits and since when, what needs a person, its release and
 * clock. A centre of an older release has no such call, and is not asked again.
 */
export function createReporter(options: {
  store: Store;
  clock: () => Date;
  /** Wrong passwords tried here. */
  signIns: () => StationReport['signIns'];
  release: string;
  onProblem: (code: string, text: string) => void;
}): Reporter {
  const { store, clock } = options;
  let told = '';
  let toldAt = -Infinity;
  let knows = true;
  return {
    tell: async (link, status) => {
      if (!knows) return;
      try {
        const done = await readMeta(store.read, RESYNC_DONE);
        const now = clock();
        const report: Omit<StationReport, 'deviceTime'> = {
          release: options.release,
          sign: status.sign,
          reason: status.reason,
          waiting: status.waiting,
          waitingSince: status.waitingSince,
          ...(await attentionOf(store)),
          evidenceWaiting: status.evidence.waiting,
          feedPosition: status.feedPosition,
          signIns: options.signIns(),
          resync: done === null ? null : (JSON.parse(done) as ResyncResult),
        };
        const text = JSON.stringify({ ...report, feedPosition: 0 });
        if (text === told && now.getTime() - toldAt < AGAIN_MS) return;
        await link.call((client) => client.report({ ...report, deviceTime: now.toISOString() }));
        told = text;
        toldAt = now.getTime();
      } catch (error) {
        const missing =
          error instanceof CentreError && error.cause instanceof ORPCError && error.cause.status === 404;
        if (missing) knows = false;
        else options.onProblem('not-reported', error instanceof Error ? error.message : String(error));
      }
    },
  };
}
