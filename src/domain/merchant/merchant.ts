import { z } from 'zod';
import { DayText, Id, UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { may, ancestorsAndSelf, covers } from '../organisation/index.ts';

export const MerchantCategory = z.enum(['enterprise', 'individual-business', 'other-operator']);

const MerchantFields = z.object({
  name: z.string().trim().min(1).max(160),
  /** 统一社会信用代码 (GB 32100-2015), when known. */
  creditCode: z.string().max(18).nullable(),
  category: MerchantCategory,
  /** The unit the merchant trades in: its own shop unit, or the mall. */
  unitPath: UnitPath,
  address: z.string().max(300).nullable(),
  contactName: z.string().max(60).nullable(),
  phone: z.string().max(30).nullable(),
  /** True for made-up merchants of the demonstration and the tests. */
  invented: z.boolean(),
});

const CommitmentFields = z.object({
  commitmentId: Id,
  windowDays: z.int().min(1).max(365),
  windowStartsNextDay: z.boolean(),
  excludedGoods: z.array(z.string().max(40)).max(40),
  effectiveFrom: DayText,
  note: z.string().max(500).nullable(),
});

export const merchantSchemas = {
  'merchant-registered@1': MerchantFields,
  'merchant-updated@1': MerchantFields.omit({ unitPath: true, invented: true }),
  'commitment-made@1': CommitmentFields,
  'commitment-ended@1': z.object({ commitmentId: Id, effectiveTo: DayText }),
};

export type MerchantCommitment = z.infer<typeof CommitmentFields> & {
  version: number;
  effectiveTo: string | null;
};

export type MerchantState = z.infer<typeof MerchantFields> & {
  id: string;
  /** Every promise ever made, oldest first: a return is judged by the one in force when it was bought. */
  commitments: MerchantCommitment[];
  revision: number;
};

/** Applies one fact to a merchant. The staff of its unit, or of one above, keep it. */
export function applyMerchant(state: MerchantState | undefined, fact: Fact): Ruling<MerchantState> {
  const read = readPayload(merchantSchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (!may(fact.actor.role, 'merchant.edit'))
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (read.key === 'merchant-registered@1') {
    if (state) return illegal('merchant-exists');
    if (!covers(fact.actor.unitPath, read.payload.unitPath)) return illegal('outside-scope', 'unitPath');
    return legal({ ...read.payload, id: fact.stream.id, commitments: [], revision: 1 });
  }
  if (!state) return illegal('merchant-missing');
  if (!covers(fact.actor.unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  const next = { ...state, revision: state.revision + 1 };
  switch (read.key) {
    case 'merchant-updated@1':
      return legal({ ...next, ...read.payload });
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
        ...next,
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
        ...next,
        commitments: state.commitments.with(index, {
          ...commitment,
          effectiveTo: read.payload.effectiveTo,
        }),
      });
    }
  }
}

/** The promise in force on a day, or null. */
export function commitmentOn(
  state: Pick<MerchantState, 'commitments'>,
  day: string,
): MerchantCommitment | null {
  return (
    state.commitments.findLast(
      (one) => one.effectiveFrom <= day && (one.effectiveTo === null || day < one.effectiveTo),
    ) ?? null
  );
}

/** Merchants are known in their unit and in all units above it. */
export function merchantSight(state: Pick<MerchantState, 'unitPath'>): string[] {
  return ancestorsAndSelf(state.unitPath);
}
