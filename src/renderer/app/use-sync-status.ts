import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { SyncStatus } from '../../contract/workstation/sync.ts';
import { api } from '../api/client.ts';

const AGAIN_MS = 2_000;

/** The live sync state. When news arrives from the centre, what is on the screen is asked for anew. */
export function useSyncStatus(): SyncStatus | null {
  const [status, setStatus] = useState<SyncStatus | null>(null);
  const queries = useQueryClient();
  useEffect(() => {
    const controller = new AbortController();
    let position = -1;
    const follow = async (): Promise<void> => {
      while (!controller.signal.aborted) {
        try {
          const changes = await api.sync.watch(undefined, { signal: controller.signal });
          for await (const next of changes) {
            setStatus(next);
            if (position >= 0 && next.feedPosition !== position) {
              void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'drafts' });
            }
            position = next.feedPosition;
          }
        } catch {
          // The host is gone for a moment; the sign says so, and asking goes on.
          if (!controller.signal.aborted) setStatus(null);
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => controller.abort();
  }, [queries]);
  return status;
}
