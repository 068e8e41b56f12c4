import type { NodeHostOptions } from '../../../src/main/hosts/node-server.ts';

/** A clock that goes on from an instant, and can be set to another while it is read. */
export type MovableClock = { now: () => Date; set(to: Date): void };

export function movableClock(start: Date | string | undefined): MovableClock {
  let aheadMs = start === undefined ? 0 : new Date(start).getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + aheadMs),
    set: (to) => {
      aheadMs = to.getTime() - Date.now();
    },
  };
}

/** How a test's workstation is served: on any free port, by the clock it is given. */
export function hostOptions(
  folder: string,
  { undoMs }: { undoMs?: number },
  clock: MovableClock,
): NodeHostOptions {
  return {
    dataFolder: folder,
    open: false,
    port: 0,
    clock: clock.now,
    // Shorter than people have it, so that what leaves by itself is not waited for.
    undoMs: undoMs ?? 5_000,
  };
}
