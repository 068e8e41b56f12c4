import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { SyncStatus, WatchedStatus } from '../../../contract/workstation/sync.ts';
import { api } from '../api/client.ts';

const AGAIN_MS = 2_000;

/**
 * The live sync state; null while the workstation behind the screen does not answer. Where the stream of changes
 * does not hold, the state is asked for every two seconds. When news arrives from the centre, what is on the
 * screen is asked for anew.
 */
export function useSyncStatus(): SyncStatus | null {
  const [status, setStatus] = useState<SyncStatus | null>(null);
  const queries = useQueryClient();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let position = -1;
    let session = 0;
    let reason: string | null = null;
    const take = (next: SyncStatus | WatchedStatus): void => {
      setStatus(next);
      // Somebody was signed out or the window locked; or the centre has said something of this workstation.
      const moved = 'session' in next && next.session !== session;
      if (moved || next.reason !== reason)
        void queries.invalidateQueries({ queryKey: ['session'], exact: true });
      if ('session' in next) ({ session } = next);
      ({ reason } = next);
      if (position >= 0 && next.feedPosition !== position) {
        void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
      }
      position = next.feedPosition;
    };
    const follow = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          for await (const next of await api.sync.watch(undefined, { signal })) take(next);
        } catch {
          // Asking without the stream, below, tells whether the host is gone.
        }
        if (signal.aborted) return;
        try {
          take(await api.sync.status(undefined, { signal }));
        } catch {
          if (!signal.aborted) setStatus(null);
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => controller.abort();
  }, [queries]);
  return status;
}
