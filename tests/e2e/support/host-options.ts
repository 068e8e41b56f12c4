import type { NodeHostOptions } from '../../../src/main/hosts/node-server.ts';

/** How a test's workstation is served: on any free port, with a clock that goes on from `now`. */
export function hostOptions(
  folder: string,
  { undoMs, now }: { undoMs?: number; now?: Date | string },
): NodeHostOptions {
  const aheadMs = now === undefined ? 0 : new Date(now).getTime() - Date.now();
  return {
    dataFolder: folder,
    open: false,
    port: 0,
    clock: () => new Date(Date.now() + aheadMs),
    ...(undoMs === undefined ? {} : { undoMs }),
  };
}
