import { ORPCError } from '@orpc/client';
import type { Nudge } from '../../contract/centre/live.ts';
import { CentreError, type CentreLink } from '../kernel/sync/centre-link.ts';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** A stream that ended by itself, as each does with its session, is taken up again within so long. */
const RENEWED_WITHIN_MS = 2_000;

export type Nudges = {
  /** True while the centre tells when something moves. */
  connected(): boolean;
  stop(): Promise<void>;
};

/** The centre is of a release that has no stream. */
function hasNone(error: unknown): boolean {
  return error instanceof CentreError && error.cause instanceof ORPCError && error.cause.status === 404;
}

/**
 * Listens to the centre's nudges for as long as the workstation runs, and takes the stream up again when it breaks,
 * with growing and jittered pauses, so that a district does not come back in the same second. Rounds go on without.
 */
export function startNudges(options: {
  link: () => CentreLink | null;
  onMoved: (moved: Nudge['moved']) => void;
  onConnected: (connected: boolean) => void;
}): Nudges {
  const stopping = new AbortController();
  // Beside the signal, which a request that was collected as garbage does not pass on to its answer any more.
  const stopped = new Promise<null>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(null));
  });
  let connected = false;
  const set = (next: boolean): void => {
    if (connected === next) return;
    connected = next;
    options.onConnected(next);
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      timer.unref();
      function done(): void {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      }
      stopping.signal.addEventListener('abort', done);
    });

  /** One stream from its beginning to its end. */
  const hear = async (link: CentreLink): Promise<void> => {
    const { signal } = stopping;
    const opening = link.call((client) => client.nudges(undefined, { signal }));
    // Raced below; once stopped nobody waits for it, and its failure is no news.
    opening.catch(() => undefined);
    const stream = await Promise.race([opening, stopped]);
    if (stream === null) return;
    set(true);
    const nudges = stream[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await Promise.race([nudges.next(), stopped]);
        if (next === null || next.done === true) return;
        options.onMoved(next.value.moved);
      }
    } finally {
      // Not awaited: it may stand behind a word that never comes.
      nudges.return?.(undefined)?.catch(() => undefined);
    }
  };
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const link = options.link();
      let delay = RENEWED_WITHIN_MS * Math.random();
      try {
        if (link === null) failures += 1;
        else {
          await hear(link);
          failures = 0;
        }
      } catch (error) {
        // One that was up for a while and broke begins with a short pause again.
        failures = connected ? 1 : failures + 1;
        if (hasNone(error)) failures = 10;
      }
      set(false);
      if (failures > 0)
        delay = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.5 + Math.random());
      if (!stopping.signal.aborted) await pause(delay);
    }
  };
  const running = run();
  return {
    connected: () => connected,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
