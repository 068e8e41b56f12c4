import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What one process takes on at once before it asks callers to come back. */
export type Capacity = {
  /** Calls being answered, whose bodies are here. */
  calls: number;
  /** Bytes of all bodies together, as they come (`bodies.ts`). */
  bytes: number;
  /** Mean delay of the event loop over half a second, milliseconds. */
  delayMs: number;
};

/**
 * Assumption: 400 calls are all workstations of a district at once and half again; their bodies stay far below the
 * memory a centre may take (512 MB), as text and as objects.
 */
export const DEFAULT_CAPACITY: Capacity = { calls: 400, bytes: 96 * 1024 * 1024, delayMs: 1_000 };

/** Callers come back spread over so many seconds, at least and at most. */
const SPREAD_SECONDS = { least: 3, most: 60 };
const SAMPLE_MS = 500;

/**
 * Over how many seconds callers are spread, from how many came in and were turned away in the last half second. When
 * most come too early they are spread wider, until nearly all are taken on when they come: asked back too soon, ten
 * thousand would cost this process as much in refusals as in work. Widened by a fifth at a time, since who has been told
 * to wait cannot be called back when it gets quieter.
 */
export function spreadAfter(spread: number, sample: { entered: number; turnedAway: number }): number {
  const came = sample.entered + sample.turnedAway;
  if (came === 0) return SPREAD_SECONDS.least;
  const share = sample.turnedAway / came;
  if (share > 0.6) return Math.min(SPREAD_SECONDS.most, spread * 1.2);
  return share < 0.3 ? Math.max(SPREAD_SECONDS.least, spread * 0.7) : spread;
}

export type Pressure = {
  /** Takes a call on, or says in how many seconds to come back. `done` is called when it is answered or gone. */
  enter(): { done(): void } | { retryAfterSeconds: number };
  /** In how many seconds to come back, where a call would not be taken on now; else 0. Counts it as turned away. */
  waits(): number;
  /** Turns a call away for another reason: in how many seconds it may come back. */
  turnAway(): number;
  calls(): number;
  delayMs(): number;
  stop(): void;
};

/** Bounds the work a process holds at once: what is refused early costs nothing, and its caller sends it again. */
export function createPressure(capacity: Pick<Capacity, 'calls' | 'delayMs'>): Pressure {
  let calls = 0;
  let delayMs = 0;
  let spread = SPREAD_SECONDS.least;
  let sample = { entered: 0, turnedAway: 0 };
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  const sampling = setInterval(() => {
    delayMs = Number.isFinite(delays.mean) ? delays.mean / 1e6 : 0;
    delays.reset();
    spread = spreadAfter(spread, sample);
    sample = { entered: 0, turnedAway: 0 };
  }, SAMPLE_MS);
  sampling.unref();
  const turnAway = (): number => {
    sample.turnedAway += 1;
    return 1 + Math.floor(Math.random() * spread);
  };
  const waits = (): number => (calls >= capacity.calls || delayMs > capacity.delayMs ? turnAway() : 0);
  return {
    waits,
    turnAway,
    enter: () => {
      const retryAfterSeconds = waits();
      if (retryAfterSeconds > 0) return { retryAfterSeconds };
      sample.entered += 1;
      calls += 1;
      let open = true;
      return {
        done: () => {
          if (!open) return;
          open = false;
          calls -= 1;
        },
      };
    },
    calls: () => calls,
    delayMs: () => delayMs,
    stop: () => {
      clearInterval(sampling);
      delays.disable();
    },
  };
}
