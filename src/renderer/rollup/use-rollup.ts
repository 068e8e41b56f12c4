import { useQuery } from '@tanstack/react-query';
import type { RollupQuery, RollupView } from '../../contract/centre/rollup.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import { periodBefore, type Period, type PeriodChoice } from './period.ts';

export type RollupAnswer = { view: RollupView; fetchedAt: string; stale: boolean };

/** A running period ends on another day each day, so the last question answered is kept by its name. */
const memory = (path: string, choice: PeriodChoice): string => `heshi.rollup.${choice}.${path}`;

function recall(path: string, choice: PeriodChoice): Period | null {
  const [from, to] = (localStorage.getItem(memory(path, choice)) ?? '').split(' ');
  return from && to ? { from, to } : null;
}

async function ask(query: RollupQuery, choice: PeriodChoice): Promise<RollupAnswer> {
  try {
    const answer = await api.rollup.get(query);
    if (!answer.stale) localStorage.setItem(memory(query.path, choice), `${query.from} ${query.to}`);
    return answer;
  } catch (error) {
    const last = recall(query.path, choice);
    const unreachable = asApiError(error).code === 'CENTRE_UNREACHABLE';
    if (!unreachable || choice === 'custom' || last === null || last.to === query.to) throw error;
    return api.rollup.get({ path: query.path, ...last });
  }
}

/** The figures of a unit and a period; out of reach of the centre, the last copy under the same choice. */
export function useRollup(path: string | null, period: Period, choice: PeriodChoice) {
  return useQuery({
    queryKey: ['rollup', 'get', path, period.from, period.to, choice],
    queryFn: () => ask({ path: path ?? '', ...period }, choice),
    enabled: path !== null && period.from <= period.to,
    // A period that looks worse should show so within a minute, without anyone asking.
    refetchInterval: 60_000,
    placeholderData: (before: RollupAnswer | undefined) =>
      before && before.view.unit.path === path ? before : undefined,
  });
}

/** The same unit in the period before, for the trend of every figure and every unit below. */
export function useRollupBefore(view: RollupView | undefined) {
  const query = view && { path: view.unit.path, ...periodBefore(view) };
  return useQuery({
    queryKey: ['rollup', 'get', query?.path, query?.from, query?.to, 'custom'],
    queryFn: () => (query ? ask(query, 'custom') : Promise.reject(new Error('no period'))),
    enabled: query !== undefined,
    retry: false,
  });
}
