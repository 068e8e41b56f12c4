import { z } from 'zod';
import { UnitPath, type Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { may, ancestorsAndSelf, covers } from '../organisation/index.ts';
import { applyCommitment, commitmentSchemas, type Committed } from './commitments.ts';

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

export const merchantSchemas = {
  'merchant-registered@1': MerchantFields,
  'merchant-updated@1': MerchantFields.omit({ unitPath: true, invented: true }),
  ...commitmentSchemas,
};

export type MerchantState = z.infer<typeof MerchantFields> &
  Committed & {
    id: string;
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
  if (read.key === 'merchant-updated@1') return legal({ ...next, ...read.payload });
  return applyCommitment(next, read);
}

/** Merchants are known in their unit and in all units above it. */
export function merchantSight(state: Pick<MerchantState, 'unitPath'>): string[] {
  return ancestorsAndSelf(state.unitPath);
}
