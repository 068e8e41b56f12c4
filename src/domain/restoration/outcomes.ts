import { businessDay } from '../kernel/calendar/index.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { Outcome, RestorationPayload } from './events.ts';
import { repeatedAt } from './form.ts';
import {
  agreedMatters,
  isAnswered,
  isExpired,
  type RestorationHand,
  type RestorationState,
} from './state.ts';

/** Hands what was agreed to on to the platforms on which it is published, each with its receipt. */
export function submit(
  next: RestorationState,
  payload: RestorationPayload<'restoration-submitted@1'>,
  by: RestorationHand,
): Ruling<RestorationState> {
  if (!isAnswered(next)) return illegal('restoration-opinions-missing');
  const agreed = new Set(agreedMatters(next));
  if (agreed.size === 0) return illegal('restoration-nothing-agreed');
  const wanted = new Set(
    next.matters.filter(({ matterId }) => agreed.has(matterId)).map(({ channel }) => channel),
  );
  for (const [place, { platform, on }] of payload.submissions.entries()) {
    if (!wanted.delete(platform))
      return illegal('restoration-platform-strange', `submissions.${place}.platform`);
    if (on > businessDay(by.at)) return illegal('date-in-future', `submissions.${place}.on`);
  }
  const [missing] = wanted;
  if (missing !== undefined)
    return illegal('restoration-platform-missing', 'submissions', { platform: missing });
  return legal({ ...next, status: 'submitted', submitted: { ...payload, by } });
}

/** Whether an outcome may be recorded: what was agreed to has gone to the platforms, or nothing was. */
export function isConcludable(state: RestorationState): boolean {
  if (state.status === 'submitted') return true;
  return state.status === 'accepted' && isAnswered(state) && agreedMatters(state).length === 0;
}

/** Records what became of matters; the application is over once each has an outcome. */
export function conclude(
  next: RestorationState,
  outcomes: readonly Outcome[],
  by: RestorationHand,
): Ruling<RestorationState> {
  if (!isConcludable(next))
    return illegal(
      next.status === 'accepted' ? 'restoration-submission-missing' : 'restoration-not-now',
      undefined,
      { status: next.status },
    );
  const agreed = agreedMatters(next);
  const twice = repeatedAt([...next.outcomes, ...outcomes].map(({ matterId }) => matterId));
  if (twice >= 0)
    return illegal('restoration-concluded-already', `outcomes.${Math.max(0, twice - next.outcomes.length)}`);
  for (const [place, one] of outcomes.entries()) {
    const field = `outcomes.${place}`;
    if (!next.matters.some(({ matterId }) => matterId === one.matterId))
      return illegal('restoration-matter-unknown', field);
    if (isExpired(next, one.matterId)) return illegal('restoration-matter-expired', field);
    if (one.outcome === 'repaired' && !agreed.includes(one.matterId))
      return illegal('restoration-not-agreed', `${field}.outcome`);
  }
  const all = [...next.outcomes, ...outcomes.map((one) => ({ ...one, by }))];
  return legal(settled({ ...next, outcomes: all }));
}

/** Whether nothing more can become of it. */
const OVER: ReadonlySet<RestorationState['status']> = new Set(['concluded', 'withdrawn', 'expired']);

export function isOver({ status }: Pick<RestorationState, 'status'>): boolean {
  return OVER.has(status);
}

/** Over once each matter has an outcome or has expired. */
function settled(next: RestorationState): RestorationState {
  const { matters, outcomes, expired = [] } = next;
  if (outcomes.length + expired.length < matters.length) return next;
  return { ...next, status: outcomes.length > 0 ? 'concluded' : 'expired' };
}

/** Whether a matter is still to have an outcome. */
export function isPending(state: RestorationState, matterId: string): boolean {
  return (
    !isOver(state) &&
    state.matters.some((one) => one.matterId === matterId) &&
    !state.outcomes.some((one) => one.matterId === matterId) &&
    !isExpired(state, matterId)
  );
}

/** Notes that a matter has ended with its record's publication: once, and none that has an outcome. */
export function expire(
  next: RestorationState,
  expired: RestorationPayload<'matter-expired@1'>,
  by: RestorationHand,
): Ruling<RestorationState> {
  if (isOver(next)) return illegal('restoration-not-now', undefined, { status: next.status });
  if (!isPending(next, expired.matterId)) return illegal('restoration-concluded-already', 'matterId');
  return legal(settled({ ...next, expired: [...(next.expired ?? []), { ...expired, by }] }));
}
