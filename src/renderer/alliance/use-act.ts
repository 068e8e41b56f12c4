import { useQueryClient } from '@tanstack/react-query';
import type { AllianceAction, AllianceDetail } from '../../contract/workstation/alliance.ts';
import { api } from '../kernel/api/client.ts';

/** Takes a step of this shop, and shows what came of it. */
export function useAct({
  state,
}: AllianceDetail): (action: AllianceAction, eventId: string) => Promise<void> {
  const queries = useQueryClient();
  return async (action, eventId) => {
    const { id, revision } = state;
    const next = await api.alliance.act({ id, revision, eventId, action });
    queries.setQueryData(['alliance', 'get', id], next);
    void queries.invalidateQueries({ queryKey: ['alliance', 'list'] });
  };
}
