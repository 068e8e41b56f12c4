import { sql } from 'kysely';
import type { SyncSign, SyncStatus } from '../../../contract/workstation/sync.ts';
import type { Store } from '../store/index.ts';

/** Before the first round. */
export const UNTRIED: SyncStatus = {
  sign: 'offline',
  waiting: 0,
  waitingSince: null,
  reason: 'not-tried',
  attention: 0,
  evidence: { waiting: 0, bytes: 0, reason: null },
  running: false,
  lastPushAt: null,
  lastPullAt: null,
  provedAt: null,
  nextTryAt: null,
  clockOffsetMs: null,
  feedPosition: 0,
  arriving: null,
  damage: null,
};

/** Reasons that no retry mends: a person has to act. */
const NEEDS_PERSON = new Set([
  'device-revoked',
  'device-unknown',
  'chain-broken',
  'feed-broken',
  'digest-differs',
  'feed-forged',
  'not-the-centre',
  'line-unprotected',
  'storage-full',
  'storage-unreadable',
  'storage-denied',
  'storage-damaged',
  'host-key-lost',
]);

/** The centre is of an older release and cannot prove what it sends: all is taken, and nothing is green. */
export const CENTRE_UNPROVED = 'centre-unproved';

export type FactCounts = Pick<SyncStatus, 'waiting' | 'waitingSince' | 'attention'> & {
  /** Facts with a receipt that have not come back in the feed. */
  unproved: number;
};

/** What waits, and what somebody has to look at. */
export async function countFacts(store: Store): Promise<FactCounts> {
  const { rows } = await sql<FactCounts>`
    SELECT (SELECT count(*) FROM outbox) AS waiting,
      (SELECT min(at) FROM outbox) AS "waitingSince",
      (SELECT count(*) FROM event
        WHERE status IN ('rejected', 'quarantined', 'unknown') AND dismissed_at IS NULL)
        + (SELECT count(*) FROM salvaged_event WHERE dismissed_at IS NULL) AS attention,
      -- Left to itself the engine goes through every fact that was ever recorded here.
      (SELECT count(*) FROM event INDEXED BY event_unproved
        WHERE origin = 'local' AND status = 'accepted' AND feed_position IS NULL) AS unproved`.execute(
    store.read,
  );
  return rows[0] ?? { waiting: 0, waitingSince: null, attention: 0, unproved: 0 };
}

/** Green only when proved; never more than the receipts say. */
export function signOf(status: Omit<SyncStatus, 'sign'>, proved: boolean): SyncSign {
  if (
    status.damage !== null ||
    status.attention > 0 ||
    (status.reason !== null && NEEDS_PERSON.has(status.reason))
  )
    return 'attention';
  if (status.evidence.reason?.startsWith('evidence-')) return 'attention';
  if (status.reason === CENTRE_UNPROVED) return 'waiting';
  if (status.reason !== null) return 'offline';
  return status.waiting === 0 && status.evidence.waiting === 0 && proved ? 'proved' : 'waiting';
}
