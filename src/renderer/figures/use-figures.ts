import { useQuery } from '@tanstack/react-query';
import type { FiguresAnswer } from '../../contract/workstation/figures.ts';
import { api } from '../kernel/api/client.ts';
import { asApiError } from '../kernel/api/errors.ts';
import type { Period, PeriodChoice } from '../rollup/index.ts';

/** A running period ends on another day each day: the last one that was answered is kept by its name. */
const memory = (path: string, choice: PeriodChoice): string => `heshi.figures.${choice}.${path}`;

async function ask(path: string, period: Period, choice: PeriodChoice): Promise<FiguresAnswer> {
  const key = memory(path, choice);
  try {
    const answer = await api.figures.get({ of: { path, ...period } });
    if (!answer.stale) localStorage.setItem(key, `${period.from} ${period.to}`);
    return answer;
  } catch (error) {
    const [from, to] = (localStorage.getItem(key) ?? '').split(' ');
    const unreachable = asApiError(error).code === 'CENTRE_UNREACHABLE';
    if (!unreachable || choice === 'custom' || !from || !to || to === period.to) throw error;
    return api.figures.get({ of: { path, from, to } });
  }
}

/** Figures by department; out of reach of the centre, the last copy under the same choice. */
export function useFigures(path: string | null, period: Period, choice: PeriodChoice) {
  return useQuery({
    queryKey: ['figures', 'get', path, period.from, period.to, choice],
    queryFn: () => ask(path ?? '', period, choice),
    enabled: path !== null && period.from <= period.to,
    // What waits and what is late should show within a minute, without anyone asking.
    refetchInterval: 60_000,
    placeholderData: (before: FiguresAnswer | undefined) =>
      before && before.view.unit.path === path ? before : undefined,
  });
}
