import type { Fact } from '../kernel/event/event.ts';
import type { ErasureCause } from '../kernel/event/erasure.ts';
import type { Stop } from '../kernel/calendar/index.ts';
import type { Answer, Outcome, RestorationPayload } from './events.ts';

/** Who did something, and when. */
export type RestorationHand = { staffId: string; name: string; unitPath: string; at: string };

export const RESTORATION_STATUSES = [
  'filed',
  'returned',
  'accepted',
  'submitted',
  'concluded',
  'withdrawn',
  // Every record that it was about has come to its maximum before an outcome.
  'expired',
] as const;
export type RestorationStatus = (typeof RESTORATION_STATUSES)[number];

/** What a department said, all at once. */
export type Opinion = { answers: Answer[]; by: RestorationHand };

/** A department that is asked, in the order in which the window asked. */
export type Ask = {
  departmentPath: string;
  matterIds: string[];
  /** Since when it is to answer: when it was asked, or when what it missed was handed in. */
  since: string;
  /** Null until it has answered. */
  opinion: Opinion | null;
  /** What it said before, each time that something was missing. */
  earlier: Opinion[];
};

/** One time that it went back to the applicant. */
export type Returned = {
  reason: string;
  by: RestorationHand;
  /** Whether the window had accepted it by then. */
  after: 'filed' | 'accepted';
  completed: { text: string; by: RestorationHand } | null;
};

export type Objection = {
  objectionId: string;
  text: string;
  by: RestorationHand;
  answer: { verdict: 'upheld' | 'rejected'; text: string; by: RestorationHand } | null;
};

/** One application for credit repair. */
export type RestorationState = Omit<RestorationPayload<'restoration-filed@1'>, 'merchantPath'> & {
  id: string;
  status: RestorationStatus;
  /** The merchant's unit when it was filed. */
  unitPath: string;
  filed: RestorationHand;
  /** Since when the window is to reply: when it was filed, or completed before it was accepted. */
  replySince: string;
  accepted: RestorationHand | null;
  asks: Ask[];
  returns: Returned[];
  submitted: (RestorationPayload<'restoration-submitted@1'> & { by: RestorationHand }) | null;
  /** At most one a matter, in the order in which they were recorded. */
  outcomes: (Outcome & { by: RestorationHand })[];
  withdrawn: (RestorationPayload<'restoration-withdrawn@1'> & { by: RestorationHand }) | null;
  /** Matters that ended because publication did, in the order in which the centre said so; absent where none has. */
  expired?: (RestorationPayload<'matter-expired@1'> & { by: RestorationHand })[];
  objections: Objection[];
  /** When what is personal in it was erased, and why; absent while it is there. */
  erased?: { at: string; cause: ErasureCause };
  revision: number;
};

export const handOf = ({ actor: { staffId, name }, at, unitPath }: Fact): RestorationHand => ({
  staffId,
  name,
  unitPath,
  at,
});

/** When its clock stood after acceptance, because something was missing. */
export function stopsOf({ returns }: Pick<RestorationState, 'returns'>): Stop[] {
  return returns
    .filter(({ after }) => after === 'accepted')
    .map(({ by, completed }) => ({ from: by.at, to: completed?.by.at ?? null }));
}

const isIncomplete = ({ verdict }: Answer): boolean => verdict === 'incomplete';

/** Whether a department misses something. */
export function missesSomething({ opinion }: Pick<Ask, 'opinion'>): boolean {
  return opinion?.answers.some(isIncomplete) === true;
}

type Expirable = Pick<RestorationState, 'expired'>;

/** Whether a matter has ended because its record is published no more. */
export function isExpired({ expired = [] }: Expirable, matterId: string): boolean {
  return expired.some((one) => one.matterId === matterId);
}

/** Departments that are asked about something that has not expired meanwhile. */
export function liveAsks(state: Expirable & Pick<RestorationState, 'asks'>): Ask[] {
  return state.asks.filter(({ matterIds }) => matterIds.some((id) => !isExpired(state, id)));
}

/** Whether every department has answered, and none misses anything any more; what has expired is asked of nobody. */
export function isAnswered(state: Expirable & Pick<RestorationState, 'asks'>): boolean {
  return (
    state.asks.length > 0 &&
    liveAsks(state).every(
      ({ opinion }) =>
        opinion !== null &&
        !opinion.answers.some((one) => isIncomplete(one) && !isExpired(state, one.matterId)),
    )
  );
}

/** Matters to which every department that was asked about them has agreed. */
export function agreedMatters(state: Expirable & Pick<RestorationState, 'asks' | 'matters'>): string[] {
  const { asks, matters } = state;
  return matters
    .map(({ matterId }) => matterId)
    .filter((matterId) => {
      if (isExpired(state, matterId)) return false;
      const said = asks
        .filter(({ matterIds }) => matterIds.includes(matterId))
        .map(({ opinion }) => opinion?.answers.find((one) => one.matterId === matterId)?.verdict);
      return said.length > 0 && said.every((verdict) => verdict === 'agree');
    });
}
