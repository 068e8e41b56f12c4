import { useLocation, useSearchParams } from 'react-router';
import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { CaseFilter } from '../../contract/workstation/case.ts';
import { Code } from '../../domain/procedure/index.ts';
import { CASE_STATUSES } from '../../domain/case/state.ts';

const SORTS = ['deadline', 'updated', 'registered'] as const;
export type CaseSort = (typeof SORTS)[number];

/** What the address says to show: other pages link here with filters of their own, and going back finds them again. */
export function filterOf(parameters: URLSearchParams): CaseFilter {
  const filter: CaseFilter = parameters.get('show') === 'all' ? {} : { open: true };
  const status = CASE_STATUSES.filter((one) =>
    parameters
      .getAll('status')
      .flatMap((text) => text.split(','))
      .includes(one),
  );
  if (status.length > 0) filter.status = status;
  if (parameters.get('mine') === '1') filter.mine = true;
  if (parameters.get('overdue') === '1') filter.overdue = true;
  if (parameters.get('week') === '1') filter.dueThisWeek = true;
  const assignedTo = parameters.get('assigned');
  if (assignedTo) filter.assignedTo = assignedTo;
  const under = parameters.get('under');
  if (under) filter.under = under;
  const closedFrom = z.iso.date().safeParse(parameters.get('closedFrom'));
  if (closedFrom.success) filter.closedFrom = closedFrom.data;
  const closedTo = z.iso.date().safeParse(parameters.get('closedTo'));
  if (closedTo.success) filter.closedTo = closedTo.data;
  const review = z.enum(['sound', 'remarks']).safeParse(parameters.get('review'));
  if (review.success) filter.review = review.data;
  const merchantId = parameters.get('merchant');
  if (merchantId) filter.merchantId = merchantId;
  const handling = parameters.get('handling');
  if (handling) filter.handlingPath = handling;
  const from = z.iso.date().safeParse(parameters.get('from'));
  if (from.success) filter.registeredFrom = from.data;
  const to = z.iso.date().safeParse(parameters.get('to'));
  if (to.success) filter.registeredTo = to.data;
  const object = Code.safeParse(parameters.get('object'));
  if (object.success) filter.object = object.data;
  const problem = Code.safeParse(parameters.get('problem'));
  if (problem.success) filter.problem = problem.data;
  return filter;
}

/** The names of the address that narrow the list; `show` and `sort` do not. */
export const NARROWING = [
  'search',
  'status',
  'mine',
  'overdue',
  'merchant',
  'handling',
  'under',
  'assigned',
  'week',
  'closedFrom',
  'closedTo',
  'review',
  'from',
  'to',
  'object',
  'problem',
] as const;
type Name = (typeof NARROWING)[number] | 'show' | 'sort';

/** Marks a change of the address as this list's own. */
const OwnState = z.object({ typed: z.literal(true) });

/**
 * The list's filter in the address. The text of the search is kept beside it, because an input method may not be
 * interrupted by an address that follows later.
 */
export function useCaseFilter() {
  const [parameters, setParameters] = useSearchParams();
  const location = useLocation();
  const inAddress = parameters.get('search') ?? '';
  const [search, setSearch] = useState(inAddress);
  const typed = OwnState.safeParse(location.state).success;
  useEffect(() => {
    if (!typed) setSearch(inAddress);
  }, [inAddress, typed]);

  const set = (changes: Partial<Record<Name, string | undefined>>): void => {
    if ('search' in changes) setSearch(changes.search ?? '');
    setParameters(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true, state: { typed: true } },
    );
  };
  const filter = useMemo(
    () => ({ ...filterOf(parameters), ...(search.trim() === '' ? {} : { search }) }),
    [parameters, search],
  );
  const sort = SORTS.find((one) => one === parameters.get('sort')) ?? 'deadline';
  const narrowed = search !== '' || NARROWING.some((name) => parameters.get(name));
  return { filter, sort, search, narrowed, set };
}
