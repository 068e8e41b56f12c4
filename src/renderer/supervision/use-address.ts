import { useSearchParams } from 'react-router';
import { z } from 'zod';
import type { Period } from '../../contract/workstation/supervision.ts';
import { useToday } from '../kernel/kit/now.tsx';

export const VIEWS = ['queue', 'load', 'review', 'compare'] as const;
export type View = (typeof VIEWS)[number];

const Day = z.iso.date();

/**
 * The page's state in the address, so that going back from a case finds it as it was. A choice left out of the
 * address is the usual one.
 */
export function useSupervisionAddress() {
  const [parameters, setParameters] = useSearchParams();
  const today = useToday();
  const get = (name: string): string | undefined => parameters.get(name) ?? undefined;
  return {
    today,
    view: VIEWS.find((one) => one === get('view')) ?? 'queue',
    get,
    /** Another view, at the same unit. */
    show: (view: View): void => {
      const path = get('path');
      setParameters({ view, ...(path === undefined ? {} : { path }) });
    },
    set: (changes: Record<string, string | undefined>): void => {
      setParameters(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      );
    },
    /** Two days of the address as a period, or the one given where either is not a day. */
    period: (from: string, to: string, usual: Period): Period => {
      const [first, last] = [Day.safeParse(get(from)), Day.safeParse(get(to))];
      return first.success && last.success ? { from: first.data, to: last.data } : usual;
    },
  };
}
