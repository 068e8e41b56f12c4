import { useEffect } from 'react';
import { api } from '../kernel/api/client.ts';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Told no more often than this: the shortest lock is a minute. */
const AGAIN_MS = 15_000;

/** Tells the workstation that somebody is at this window, so that it does not lock itself. */
export function useActivity(open: boolean): void {
  useEffect(() => {
    if (!open) return undefined;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const act = (): void => {
      if (quiet !== undefined) return;
      quiet = setTimeout(() => {
        quiet = undefined;
      }, AGAIN_MS);
      // Where the window is locked by now, the answer says so.
      api.session.touch().catch(() => undefined);
    };
    for (const sign of SIGNS) window.addEventListener(sign, act, { capture: true, passive: true });
    return () => {
      clearTimeout(quiet);
      for (const sign of SIGNS) window.removeEventListener(sign, act, { capture: true });
    };
  }, [open]);
}
