import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import type { Refusal } from '../../domain/kernel/event/ruling.ts';
import { IN_SIGHT } from '../../domain/organisation/index.ts';
import { open, signedIn } from './base.ts';

/**
 * proved: the centre's receipts cover every local fact, it has every file added here, and both digests agree.
 * waiting: facts wait, and a try is under way or due. offline: the centre cannot be reached.
 * attention: something needs a person: a rejected fact, a broken chain, a revoked device.
 */
export type SyncSign = 'proved' | 'waiting' | 'offline' | 'attention';

/** What a check of the database found to be otherwise than its facts, until somebody has noted it. */
export type Damage = {
  /** Facts whose content was changed after they were recorded, and those of them that were put right by the centre's. */
  altered: number;
  restored: number;
  /** Facts of this device's own log that had been acknowledged and are gone. */
  missing: number;
  /** Records, or their rows in lists, that were made anew from their facts. */
  mended: number;
  at: string;
};

export type SyncStatus = {
  sign: SyncSign;
  /** Local facts without a receipt. */
  waiting: number;
  /** When the oldest of them was recorded. */
  waitingSince: string | null;
  /** Why nothing moves, when nothing does: a code translated under `sync.reason.<code>`. */
  reason: string | null;
  /** Rejected, quarantined, unknown or salvaged facts that someone has to look at. */
  attention: number;
  /** Files taken in here whose content the centre lacks; `reason` is worded under `sync.evidenceReason.<code>`. */
  evidence: { waiting: number; bytes: number; reason: string | null };
  running: boolean;
  lastPushAt: string | null;
  lastPullAt: string | null;
  /** Both sides' digests agreed at this time. */
  provedAt: string | null;
  nextTryAt: string | null;
  /** Device clock minus centre clock, milliseconds; null before the first contact. */
  clockOffsetMs: number | null;
  feedPosition: number;
  /**
   * What a new workstation still waits for, in positions of its unit's feed: states, without which records are missing; then
   * the history behind them and its check, until which nothing is proved. Null when nothing.
   */
  arriving: { stage: 'snapshot' | 'history' | 'check'; done: number; total: number } | null;
  /** Null when nothing was found, or all was noted. */
  damage: Damage | null;
};

/** With a count that moves when somebody has signed in or out at this window, or it was locked. */
export type WatchedStatus = SyncStatus & { session: number };

export type AttentionItem = {
  eventId: string;
  stream: { kind: string; id: string };
  title: string;
  type: string;
  at: string;
  actorName: string;
  /** salvaged: recorded under an identity that was given up, and carried over; to be looked at for doubles. */
  status: 'rejected' | 'quarantined' | 'unknown' | 'salvaged';
  refusal: Refusal | null;
  /** What the person had entered; phones and identity numbers masked. Null of a colleague's, for who reads no cases. */
  payload: unknown;
};

export const sync = {
  status: open('The sign of the workstation: counts and times, nothing of what was recorded.').output(
    type<SyncStatus>(),
  ),
  /** The state now and at every change. */
  watch: open('The sign of the workstation: counts and times, nothing of what was recorded.').output(
    eventIterator(z.custom<WatchedStatus>()),
  ),
  now: open('Accounts come by it: without it nobody could sign in at a new workstation.').output(
    type<SyncStatus>(),
  ),
  attention: signedIn(IN_SIGHT).output(type<AttentionItem[]>()),
  /** Takes an item off the list; the fact itself stays on record. */
  dismiss: signedIn(IN_SIGHT)
    .input(z.object({ eventId: z.uuid() }))
    .output(type<{ ok: true }>()),
  /** Somebody has seen what was found of the database. */
  noteDamage: signedIn(IN_SIGHT).output(type<{ ok: true }>()),
};
