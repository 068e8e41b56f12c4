import { monitorEventLoopDelay } from 'node:perf_hooks';
import { BODY_LIMIT } from '../../contract/central.ts';

/** What one process takes on at once before it asks callers to come back. */
export type Capacity = {
  /** Calls being answered. */
  calls: number;
  /** Bytes of their bodies together. */
  bytes: number;
  /** Mean delay of the event loop over half a second, milliseconds. */
  delayMs: number;
};

/**
 * Assumption: 400 calls are all desks of a district at once and half again; their bodies stay far below the
 * memory a centre may take (512 MB), as text and as objects.
 */
export const DEFAULT_CAPACITY: Capacity = { calls: 400, bytes: 96 * 1024 * 1024, delayMs: 1_000 };

/** Callers come back spread over so many seconds. */
const SPREAD_SECONDS = 3;
const SAMPLE_MS = 500;

export type Pressure = {
  /** Takes a call on, or says in how many seconds to come back. `done` is called when it is answered or gone. */
  enter(contentLength: number | undefined): { done(): void } | { retryAfterSeconds: number };
  inFlight(): { calls: number; bytes: number };
  delayMs(): number;
  stop(): void;
};

/** Bounds the work a process holds at once: what is refused early costs nothing, and its caller sends it again. */
export function createPressure(capacity: Capacity): Pressure {
  let calls = 0;
  let bytes = 0;
  let delayMs = 0;
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  const sampling = setInterval(() => {
    delayMs = Number.isFinite(delays.mean) ? delays.mean / 1e6 : 0;
    delays.reset();
  }, SAMPLE_MS);
  sampling.unref();
  return {
    enter: (contentLength) => {
      // One without a length may become as large as any.
      const size = Math.min(contentLength ?? BODY_LIMIT, BODY_LIMIT);
      const full = calls >= capacity.calls || (calls > 0 && bytes + size > capacity.bytes);
      if (full || delayMs > capacity.delayMs)
        return { retryAfterSeconds: 1 + Math.floor(Math.random() * SPREAD_SECONDS) };
      calls += 1;
      bytes += size;
      let open = true;
      return {
        done: () => {
          if (!open) return;
          open = false;
          calls -= 1;
          bytes -= size;
        },
      };
    },
    inFlight: () => ({ calls, bytes }),
    delayMs: () => delayMs,
    stop: () => {
      clearInterval(sampling);
      delays.disable();
    },
  };
}
