import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { may, ancestorsAndSelf, covers } from '../organisation/index.ts';
import { applyCommitment, commitmentSchemas, type Committed } from './commitments.ts';
import { identitySchemas, type MerchantFields } from './fields.ts';
import { applyPublicCode, type PubliclyCoded, publicCodeSchemas } from './public-code.ts';
import { applyRegister, registerSchemas, type Registered } from './register.ts';

export const merchantSchemas = {
  ...identitySchemas,
  ...registerSchemas,
  ...commitmentSchemas,
  ...publicCodeSchemas,
};

export type MerchantState = MerchantFields &
  Committed &
  Registered &
  PubliclyCoded & {
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
  if (read.key === 'merchant-registered@1' || read.key === 'merchant-registered@2') {
    if (state) return illegal('merchant-exists');
    if (!covers(fact.actor.unitPath, read.payload.unitPath)) return illegal('outside-scope', 'unitPath');
    return legal({ ...read.payload, id: fact.stream.id, commitments: [], revision: 1 });
  }
  if (!state) return illegal('merchant-missing');
  if (!covers(fact.actor.unitPath, state.unitPath)) return illegal('outside-scope', 'unitPath');
  const next = { ...state, revision: state.revision + 1 };
  switch (read.key) {
    case 'merchant-updated@1':
    case 'merchant-updated@2':
      return legal({ ...next, ...read.payload });
    case 'merchant-merged@1':
    case 'merchant-unmerged@1':
    case 'merchant-moved@1':
      return applyRegister(next, read, fact);
    case 'public-code-issued@1':
      return applyPublicCode(next, read.payload, fact);
    default:
      return applyCommitment(next, read, fact);
  }
}

/** Merchants are known in their unit and in all units above it; where they traded before too, for what happened there. */
export function merchantSight({
  unitPath,
  earlierPlaces = [],
}: Pick<MerchantState, 'unitPath' | 'earlierPlaces'>): string[] {
  return [...new Set([unitPath, ...earlierPlaces.map((one) => one.unitPath)].flatMap(ancestorsAndSelf))];
}
