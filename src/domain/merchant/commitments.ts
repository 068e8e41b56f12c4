import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { DayText, Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { ParsedPayload } from '../kernel/event/schema.ts';
import { may } from '../organisation/index.ts';

/**
 * The first day of the window: the day of purchase itself, the day after it (民法典 Art. 201, where a promise says nothing else), or
 * the day after the goods were signed for, where they are delivered. Fixed in each version, and printed on the card.
 */
export const StartRule = z.enum(['purchase-day', 'day-after', 'signed-next-day']);
export type StartRule = z.infer<typeof StartRule>;

/** A gift comes back with the goods, or stays at the price that was marked on it in advance. Neither is a ground of refusal. */
export const GiftRule = z.enum(['returned', 'charged']);
export type GiftRule = z.infer<typeof GiftRule>;

/** Who bears the way back of goods that are sent. */
export const FreightRule = z.enum(['consumer', 'merchant']);
export type FreightRule = z.infer<typeof FreightRule>;

/** Shops that take back what any of them sold. */
export const PromiseGroup = z.object({
  name: z.string().trim().min(1).max(60),
  shops: z
    .array(z.object({ merchantId: Id, name: z.string().min(1).max(160), unitPath: UnitPath }))
    .min(2)
    .max(200),
});
export type PromiseGroup = z.infer<typeof PromiseGroup>;

const Goods = z.array(z.string().max(40)).max(40);

/** What a promise says. */
export const PromiseTerms = z.object({
  windowDays: z.int().min(1, 'window-days').max(365, 'window-days'),
  startRule: StartRule,
  /** Kinds of goods it holds for; null for all. */
  goods: Goods.min(1).nullable(),
  excludedGoods: Goods,
  conditions: z.string().trim().min(1).max(500).nullable(),
  giftRule: GiftRule,
  freightRule: FreightRule,
  group: PromiseGroup.nullable(),
  effectiveFrom: DayText,
  note: z.string().max(500).nullable(),
});
export type PromiseTerms = z.infer<typeof PromiseTerms>;

const MadeAtOnce = z.object({
  commitmentId: Id,
  windowDays: z.int().min(1).max(365),
  windowStartsNextDay: z.boolean(),
  excludedGoods: Goods,
  effectiveFrom: DayText,
  note: z.string().max(500).nullable(),
});

/** What a merchant promises; the facts stand in its stream. */
export const commitmentSchemas = {
  /** On a roster that the operator brings in, or by an older release: it counts as confirmed. */
  'commitment-made@1': MadeAtOnce,
  'commitment-proposed@1': PromiseTerms.extend({ commitmentId: Id }),
  /** Public from that day. */
  'commitment-confirmed@1': z.object({ commitmentId: Id, effectiveFrom: DayText }),
  'commitment-refused@1': z.object({ commitmentId: Id, reason: z.string().trim().min(1).max(500) }),
  'commitment-ended@1': z.object({ commitmentId: Id, effectiveTo: DayText }),
};

/** Who did something to a promise, and when. */
export type Hand = { staffId: string; name: string; unitPath: string; at: string };

/** A version that counts. Of those made at once only what they said is known. */
export type MerchantCommitment = z.infer<typeof MadeAtOnce> &
  Partial<Omit<PromiseTerms, keyof z.infer<typeof MadeAtOnce>>> & {
    version: number;
    effectiveTo: string | null;
    proposed?: Hand;
    confirmed?: Hand;
  };

/** What was proposed and is not confirmed: it waits, was refused, or another proposal has taken its place. */
export type PromiseProposal = z.infer<(typeof commitmentSchemas)['commitment-proposed@1']> & {
  standing: 'open' | 'refused' | 'replaced';
  proposed: Hand;
  refused?: Hand & { reason: string };
};

/** What a merchant's state says of its promises. */
export type Committed = {
  /** Every promise that was ever made, oldest first: a return is judged by the one in force when it was bought. */
  commitments: MerchantCommitment[];
  /** Absent where nothing was proposed. */
  proposals?: PromiseProposal[];
};

type Read = Exclude<ParsedPayload<typeof commitmentSchemas>, { key: 'unknown' | 'invalid' }>;

/** Applies a fact about a promise to what the merchant has promised so far. */
export function applyCommitment<State extends Committed>(
  state: State,
  read: Read,
  fact: Pick<Fact, 'actor' | 'at'>,
): Ruling<State> {
  const hand = handOf(fact);
  switch (read.key) {
    case 'commitment-made@1':
      if (isKnown(state, read.payload.commitmentId)) return illegal('commitment-exists', 'commitmentId');
      return inForceFrom(state, read.payload);
    case 'commitment-proposed@1': {
      const { payload } = read;
      if (isKnown(state, payload.commitmentId)) return illegal('commitment-exists', 'commitmentId');
      if (payload.goods?.every((code) => payload.excludedGoods.includes(code)))
        return illegal('commitment-covers-nothing', 'excludedGoods');
      // One waits at a time: the merchant has thought again.
      const earlier = (state.proposals ?? []).map((one) =>
        one.standing === 'open' ? { ...one, standing: 'replaced' as const } : one,
      );
      return legal({ ...state, proposals: [...earlier, { ...payload, standing: 'open', proposed: hand }] });
    }
    case 'commitment-confirmed@1':
      return confirm(state, read.payload, fact);
    case 'commitment-refused@1': {
      const { commitmentId, reason } = read.payload;
      const waiting = openProposal(state, commitmentId);
      if (!waiting) return illegal('proposal-not-open', 'commitmentId');
      if (!may(fact.actor.role, 'commitment.confirm'))
        return illegal('role-may-not', undefined, { role: fact.actor.role });
      const refused = { ...waiting, standing: 'refused' as const, refused: { ...hand, reason } };
      return legal({
        ...state,
        proposals: (state.proposals ?? []).map((one) => (one === waiting ? refused : one)),
      });
    }
    case 'commitment-ended@1': {
      const index = state.commitments.findIndex((one) => one.commitmentId === read.payload.commitmentId);
      const commitment = state.commitments[index];
      if (!commitment) return illegal('commitment-missing', 'commitmentId');
      if (read.payload.effectiveTo < commitment.effectiveFrom)
        return illegal('commitment-order', 'effectiveTo');
      return legal({
        ...state,
        commitments: state.commitments.with(index, {
          ...commitment,
          effectiveTo: read.payload.effectiveTo,
        }),
      });
    }
  }
}

/** Nobody confirms what they proposed themselves, and nothing becomes public before it is confirmed. */
function confirm<State extends Committed>(
  state: State,
  { commitmentId, effectiveFrom }: z.infer<(typeof commitmentSchemas)['commitment-confirmed@1']>,
  fact: Pick<Fact, 'actor' | 'at'>,
): Ruling<State> {
  const waiting = openProposal(state, commitmentId);
  if (!waiting) return illegal('proposal-not-open', 'commitmentId');
  if (!may(fact.actor.role, 'commitment.confirm'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (waiting.proposed.staffId === fact.actor.staffId) return illegal('own-proposal', 'commitmentId');
  const today = businessDay(fact.at);
  const from = waiting.effectiveFrom > today ? waiting.effectiveFrom : today;
  if (effectiveFrom < from) return illegal('commitment-too-early', 'effectiveFrom', { from });
  const { standing: _, proposed, ...terms } = waiting;
  return inForceFrom(
    { ...state, proposals: (state.proposals ?? []).filter((one) => one !== waiting) },
    {
      ...terms,
      effectiveFrom,
      windowStartsNextDay: terms.startRule !== 'purchase-day',
      proposed,
      confirmed: handOf(fact),
    },
  );
}

/** Another version, which ends the one before it on its first day. */
function inForceFrom<State extends Committed>(
  state: State,
  made: Omit<MerchantCommitment, 'version' | 'effectiveTo'>,
): Ruling<State> {
  const last = state.commitments.at(-1);
  if (last && last.effectiveFrom >= made.effectiveFrom) {
    return illegal('commitment-order', 'effectiveFrom', { after: last.effectiveFrom });
  }
  const earlier = state.commitments.map((one) =>
    one === last && one.effectiveTo === null ? { ...one, effectiveTo: made.effectiveFrom } : one,
  );
  return legal({
    ...state,
    commitments: [...earlier, { ...made, version: earlier.length + 1, effectiveTo: null }],
  });
}

const handOf = ({ actor: { staffId, name, unitPath }, at }: Pick<Fact, 'actor' | 'at'>): Hand => ({
  staffId,
  name,
  unitPath,
  at,
});

const isKnown = ({ commitments, proposals = [] }: Committed, commitmentId: string): boolean =>
  [...commitments, ...proposals].some((one) => one.commitmentId === commitmentId);

/** The proposal that waits to be confirmed; with an id, only if it is that one. */
export function openProposal(
  { proposals = [] }: Pick<Committed, 'proposals'>,
  commitmentId?: string,
): PromiseProposal | undefined {
  const open = proposals.find(({ standing }) => standing === 'open');
  return commitmentId === undefined || open?.commitmentId === commitmentId ? open : undefined;
}

/** The promise in force on a day, or null. */
export function commitmentOn(state: Pick<Committed, 'commitments'>, day: string): MerchantCommitment | null {
  return (
    state.commitments.findLast(
      (one) => one.effectiveFrom <= day && (one.effectiveTo === null || day < one.effectiveTo),
    ) ?? null
  );
}
