import { z } from 'zod';
import { DayText, Id } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import type { ParsedPayload } from '../kernel/event/schema.ts';

const CommitmentFields = z.object({
  commitmentId: Id,
  windowDays: z.int().min(1).max(365),
  windowStartsNextDay: z.boolean(),
  excludedGoods: z.array(z.string().max(40)).max(40),
  effectiveFrom: DayText,
  note: z.string().max(500).nullable(),
});

/** What a merchant promises; the facts stand in its stream. */
export const commitmentSchemas = {
  'commitment-made@1': CommitmentFields,
  'commitment-ended@1': z.object({ commitmentId: Id, effectiveTo: DayText }),
};

export type MerchantCommitment = z.infer<typeof CommitmentFields> & {
  version: number;
  effectiveTo: string | null;
};

/** What a merchant's state says of its promises. */
export type Committed = {
  /** Every promise ever made, oldest first: a return is judged by the one in force when it was bought. */
  commitments: MerchantCommitment[];
};

type Read = Exclude<ParsedPayload<typeof commitmentSchemas>, { key: 'unknown' | 'invalid' }>;

/** Applies a fact about a promise to what the merchant has promised so far. */
export function applyCommitment<State extends Committed>(state: State, read: Read): Ruling<State> {
  switch (read.key) {
    case 'commitment-made@1': {
      if (state.commitments.some((one) => one.commitmentId === read.payload.commitmentId)) {
        return illegal('commitment-exists', 'commitmentId');
      }
      const last = state.commitments.at(-1);
      if (last && last.effectiveFrom >= read.payload.effectiveFrom) {
        return illegal('commitment-order', 'effectiveFrom', { after: last.effectiveFrom });
      }
      // A new promise ends the one before it on its first day.
      const earlier = state.commitments.map((one) =>
        one === last && one.effectiveTo === null ? { ...one, effectiveTo: read.payload.effectiveFrom } : one,
      );
      return legal({
        ...state,
        commitments: [...earlier, { ...read.payload, version: earlier.length + 1, effectiveTo: null }],
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

/** The promise in force on a day, or null. */
export function commitmentOn(state: Pick<Committed, 'commitments'>, day: string): MerchantCommitment | null {
  return (
    state.commitments.findLast(
      (one) => one.effectiveFrom <= day && (one.effectiveTo === null || day < one.effectiveTo),
    ) ?? null
  );
}
