import type { SyncStatus } from '../../../contract/workstation/sync.ts';
import { readCursor, type Directory, type Store } from '../store/index.ts';
import { readDamage } from '../integrity/index.ts';
import { followArchive } from './archive.ts';
import { fillHistory, readArriving, type Arriving } from './bootstrap.ts';
import { askedToWait, type CentreLink } from './centre-link.ts';
import { pull } from './cycle.ts';
import { pullAll, pushAll } from './exchange.ts';
import { feedIsProved, isFeedProved } from './proof.ts';
import type { RoundStep } from './parts.ts';
import { reasonOf } from './reason.ts';
import type { Reporter } from './report.ts';
import { compareWithFeed, resyncAsAsked, resyncAsked } from './resync.ts';
import { CENTRE_UNPROVED, countFacts, signOf, UNTRIED } from './sign.ts';

export type SyncEngine = {
  status(): SyncStatus;
  /** Calls the listener at every change until the returned function is called. */
  subscribe(listener: (status: SyncStatus) => void): () => void;
  /** Something was recorded: it is counted at once, and sent once it can no longer be taken back. */
  recorded(): void;
  /** The centre says that this unit's feed moved: it is read at once, or again after the round under way. */
  nudged(): void;
  /** Whether the centre tells when something moves; while it does, rounds without a reason are rarer. */
  live(connected: boolean): void;
  /** Counts anew what waits, and tells everyone who listens. */
  refresh(): Promise<SyncStatus>;
  /** One full round now: push all, pull all; nothing is held back. Never throws; the status says what happened. */
  run(): Promise<SyncStatus>;
  /** The last device sequence that may have left this workstation. */
  left(): number;
  /** In how many milliseconds a fact of that instant leaves by itself; null when nobody knows: no line, or by hand only. */
  leavesIn(at: string): number | null;
  /** From now on a fact is held so long, in milliseconds, before it leaves by itself. */
  holdFor(undoMs: number): void;
  /**
   * Keeps what is recorded from this instant on until it is released, and then as long again as any fact is held: what belongs
   * together leaves together. A round that somebody asks for sends it all the same.
   */
  holdBack(since: string): { release(): void };
  /** Runs `work` while nothing is being sent; it is told the last device sequence that may have left. */
  withoutSending<Result>(work: (left: number) => Promise<Result>): Promise<Result>;
  /** The log began anew under another identity; facts up to this number of it may be known elsewhere. */
  logRestarted(sequence: number): void;
  stop(): Promise<void>;
};

/** Files on their way to the centre, as the status tells of them. */
export type EvidenceTraffic = {
  waiting(): Promise<{ count: number; bytes: number }>;
  /** Why they do not move, under `sync.evidenceReason.<code>`; null when they do. */
  reason(): string | null;
  /** Told when a round has ended well. */
  afterRound(): void;
};

type EngineOptions = {
  store: Store;
  directory: Directory;
  clock: () => Date;
  /** Null until the workstation is enrolled. */
  link: () => { link: CentreLink; deviceId: string; unitPath: string } | null;
  /** What goes to the centre apart from facts; the sign is not green while something of it waits. */
  evidence: EvidenceTraffic;
  /** What capabilities do in each round, in this order. */
  steps: readonly RoundStep[];
  /** Tells the centre how this workstation stands. */
  reporter: Reporter;
  /** Off in simulations, which call `run` themselves. */
  automatic: boolean;
  /** How long a fact stays here before it leaves by itself, until `holdFor` says otherwise. */
  undoMs: number;
  /** The last device sequence recorded before this start: what was sent of it is not known. */
  recordedBefore: number;
  /** How many batches may be on their way at once; see `push`. */
  pushesInFlight: number | undefined;
  /** Told what a round has shown of how this workstation stands. */
  heard: (what: 'reached' | 'revoked') => Promise<void>;
  onProblem: (code: string, text: string) => void;
};

const IDLE_MS = 15_000;
/** While the centre tells when something moves, a round without a reason only proves that it still does. */
const LIVE_IDLE_MS = 60_000;
/** One fact may move the feeds of a whole district: its workstations ask spread over so long. */
const NUDGED_WITHIN_MS = 150;
/** A burst of facts is counted once. */
const COUNT_AFTER_MS = 40;
/** Rounds do not follow each other without a breath. */
const SOON_MS = 200;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** Pages of a new workstation's history read in one round, so that what is recorded meanwhile does not wait behind it. */
const HISTORY_PAGES = 4;

/** Keeps one workstation in step with its centre, and says truthfully how far that has got. */
export function createSyncEngine(options: EngineOptions): SyncEngine {
  const { store, directory, clock } = options;
  const listeners = new Set<(status: SyncStatus) => void>();
  let { undoMs } = options;
  let status = UNTRIED;
  let reason: string | null = 'not-tried';
  /** True while the last pull's position and digest agreed and nothing was recorded since. */
  let agreed = false;
  let failures = 0;
  /** When a centre that turned us away wants to be asked again. */
  let askedAgainIn: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let counting: NodeJS.Timeout | undefined;
  let current: Promise<SyncStatus> | undefined;
  /** True while the round under way sends all there is. */
  let holdsNothing = false;
  let stopped = false;
  let left = options.recordedBefore;
  /** When the next round begins by itself. */
  let dueAt = Infinity;
  let recordings = 0;
  let live = false;
  /** The feed moved while a round was under way, which may have read it before. */
  let movedMeanwhile = false;

  const refresh = async (changes: Partial<SyncStatus> = {}): Promise<SyncStatus> => {
    const before = recordings;
    const counts = await countFacts(store);
    const { count, bytes } = await options.evidence.waiting();
    const evidence = { waiting: count, bytes, reason: count === 0 ? null : options.evidence.reason() };
    const feedPosition = (await readCursor(store.read)).position;
    const arriving = await readArriving(store);
    const damage = await readDamage(store.read);
    // Nothing is waited for from here on: a round that began meanwhile would be told as over.
    const merged = { ...status, ...changes, ...counts, evidence, reason, feedPosition, arriving, damage };
    // What was recorded while this was counted is not in it.
    const proved = agreed && counts.unproved === 0 && before === recordings;
    status = { ...merged, sign: signOf(merged, proved) };
    for (const listener of listeners) listener(status);
    return status;
  };

  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    if (stopped || !options.automatic) return;
    dueAt = performance.now() + delayMs;
    timer = setTimeout(() => {
      dueAt = Infinity;
      void start(false);
    }, delayMs);
    timer.unref();
  };
  /** Jitter, so that a whole circle does not come back in the same second. */
  const jittered = (delayMs: number): number => delayMs * (0.75 + Math.random() / 2);
  /** What is kept back together, from which instant on, and until when; infinite while that is not known. */
  const holds = new Set<{ since: number; until: number }>();
  /** How long a fact of that instant is still held; a clock that was set back holds nothing for hours. */
  const heldFor = (at: string): number => {
    const now = clock().getTime();
    const age = now - Date.parse(at);
    let together = 0;
    for (const hold of holds) {
      if (hold.until <= now) holds.delete(hold);
      else if (Date.parse(at) >= hold.since) together = Math.max(together, hold.until - now);
    }
    return age < 0 ? together : Math.max(together, undoMs - age);
  };

  const round = async (everything: boolean): Promise<SyncStatus> => {
    const session = options.link();
    if (session === null) {
      reason = 'not-enrolled';
      await refresh();
      return status;
    }
    let arriving: Arriving = null;
    // The round in which the snapshot has arrived ends with it: somebody waits to begin.
    let pages = options.automatic ? HISTORY_PAGES : Infinity;
    const parts = {
      store,
      directory,
      ...session,
      leaving: (sequence: number) => {
        const before = left;
        left = Math.max(left, sequence);
        return {
          stayed: () => {
            // Not when a later batch has left since: that covers this one's facts.
            if (left === sequence) left = before;
          },
        };
      },
      ...(everything ? {} : { held: (at: string) => heldFor(at) > 0 }),
      arriving: (now: Arriving) => {
        if (options.automatic) pages = 0;
        status = { ...status, arriving: now };
        for (const listener of listeners) listener(status);
      },
      onProblem: options.onProblem,
      ...(options.pushesInFlight === undefined ? {} : { inFlight: options.pushesInFlight }),
    };
    movedMeanwhile = false;
    status = { ...status, running: true };
    for (const listener of listeners) listener(status);
    try {
      const pushed = await pushAll(parts);
      if (pushed > 0) status = { ...status, lastPushAt: clock().toISOString() };
      let before = clock();
      let pulled = await pullAll(parts);
      // A new workstation has nothing yet to compare.
      const asked = arriving === null ? await resyncAsked(parts) : null;
      if (asked !== null) {
        await resyncAsAsked(parts, asked, clock);
        before = clock();
        pulled = await pull(parts);
      }
      // What came while nothing could be proved is read again, once.
      if (session.link.proves() && !(await isFeedProved(store))) {
        await compareWithFeed(parts, false);
        await feedIsProved(store);
        before = clock();
        pulled = await pull(parts);
      }
      for (const step of options.steps) {
        if (!(await step(parts, pulled.centreTime, options.onProblem))) continue;
        before = clock();
        pulled = await pull(parts);
      }
      // Half the way there and back does not matter at the scale of minutes.
      const clockOffsetMs = before.getTime() - Date.parse(pulled.centreTime);
      const outstanding = await readArriving(store);
      arriving = await fillHistory(parts, pages);
      // Its pages have told how far the feed is by now; green never says less than was heard.
      if (outstanding !== null && arriving === null) pulled = await pullAll(parts);
      await followArchive(parts, pulled);
      // States that rest on the centre's word prove nothing.
      const proves = session.link.proves();
      agreed = pulled.agrees && arriving === null && proves;
      reason = !pulled.agrees ? 'digest-differs' : proves ? null : CENTRE_UNPROVED;
      failures = 0;
      await options.heard('reached');
      const now = clock().toISOString();
      await refresh({ running: false, lastPullAt: now, clockOffsetMs });
      if (status.sign === 'proved') status = { ...status, provedAt: now };
      await options.reporter.tell(session.link, status);
      options.evidence.afterRound();
    } catch (error) {
      reason = reasonOf(error);
      agreed = false;
      failures += 1;
      askedAgainIn = askedToWait(error);
      options.onProblem(reason, error instanceof Error ? error.message : String(error));
      if (reason === 'device-revoked') await options.heard('revoked').catch(() => undefined);
      // Why the round failed is told already; a store that cannot be read now is most likely the same reason.
      await refresh({ running: false }).catch(() => undefined);
    }
    const idle = arriving !== null || movedMeanwhile ? SOON_MS : live ? LIVE_IDLE_MS : IDLE_MS;
    const delay =
      failures === 0
        ? Math.min(idle, Math.max(SOON_MS, await firstReleased(store, heldFor).catch(() => idle)))
        : (askedAgainIn ?? Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)));
    status = {
      ...status,
      nextTryAt: options.automatic ? new Date(clock().getTime() + delay).toISOString() : null,
    };
    schedule(delay === idle || failures > 0 ? jittered(delay) : delay);
    return status;
  };
  const start = (everything: boolean): Promise<SyncStatus> => {
    if (current) return current;
    current = round(everything).finally(() => {
      current = undefined;
      holdsNothing = false;
    });
    holdsNothing = everything;
    return current;
  };

  const engine: SyncEngine = {
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recorded: () => {
      recordings += 1;
      if (status.sign === 'proved') {
        // At once: green must not stand over a fact that the centre does not have, not even until it is counted.
        status = { ...status, sign: 'waiting', waiting: status.waiting + 1 };
        for (const listener of listeners) listener(status);
      }
      if (!options.automatic) return;
      counting ??= setTimeout(() => {
        counting = undefined;
        // A store that is closing meanwhile has nothing to tell any more.
        refresh().catch(() => undefined);
      }, COUNT_AFTER_MS);
      counting.unref();
      // The first that waits decides: who records without a pause does not hold back what came before.
      if (failures === 0 && performance.now() + undoMs < dueAt) schedule(undoMs);
    },
    nudged: () => {
      if (current) {
        movedMeanwhile = true;
        return;
      }
      const delay = Math.random() * NUDGED_WITHIN_MS;
      // A centre that asked to wait is not asked sooner because something moved.
      if (failures > 0 && askedAgainIn !== null) return;
      if (performance.now() + delay < dueAt) schedule(delay);
    },
    live: (connected) => {
      live = connected;
      // Without nudges the next round must not be a minute away.
      if (!connected && dueAt - performance.now() > IDLE_MS) schedule(jittered(IDLE_MS));
    },
    refresh: () => refresh(),
    run: async () => {
      // A round under way may have held something back.
      while (current && !holdsNothing) await current;
      return start(true);
    },
    left: () => left,
    leavesIn: (at) => {
      const held = options.automatic && failures === 0 ? heldFor(at) : Infinity;
      return Number.isFinite(held) ? held : null;
    },
    holdFor: (ms) => {
      undoMs = ms;
      // What was held for longer until now may be free to go.
      if (failures === 0 && !current) schedule(SOON_MS);
    },
    holdBack: (since) => {
      const hold = { since: Date.parse(since), until: Infinity };
      holds.add(hold);
      return {
        release: () => {
          hold.until = clock().getTime() + undoMs;
          if (failures === 0 && performance.now() + undoMs < dueAt) schedule(undoMs);
        },
      };
    },
    withoutSending: async (work) => {
      while (current) await current;
      const working = work(left);
      current = working.then(
        () => status,
        () => status,
      );
      void current.finally(() => {
        current = undefined;
        if (movedMeanwhile) schedule(SOON_MS);
      });
      const result = await working;
      await refresh();
      return result;
    },
    logRestarted: (sequence) => {
      left = sequence;
      agreed = false;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(counting);
      await current;
    },
  };
  if (options.automatic) schedule(200);
  return engine;
}

/** In how many milliseconds the first fact that is held may leave; infinite when none waits. */
async function firstReleased(store: Store, heldFor: (at: string) => number): Promise<number> {
  const first = await store.read
    .selectFrom('outbox')
    .select('at')
    .orderBy('device_sequence')
    .limit(1)
    .executeTakeFirst();
  return first ? heldFor(first.at) : Infinity;
}
