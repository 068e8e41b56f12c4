import { z } from 'zod';
import { businessDay } from '../kernel/calendar/index.ts';
import { type Fact, Id } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';
import { readPayload } from '../kernel/event/schema.ts';
import { lastUnit } from '../kernel/event/unit-path.ts';
import { parentPath } from '../organisation/index.ts';
import { checkPolicy, type PolicyInForce } from './check-policy.ts';
import { DEFAULT_POLICY_VERSION, defaultPolicy } from './default-policy.ts';
import { CreditPolicy } from './policy.ts';

export const policySchemas = {
  'credit-policy-published@1': z.object({
    /** 2, 3, 4, … per district; 1 is the shipped one. */
    version: z.int().min(2),
    policy: CreditPolicy,
    /** Who published it at the district's workstation; absent where an administrator did at the centre. */
    publishedBy: z.object({ staffId: Id, name: z.string().max(120) }).optional(),
  }),
};

/** The credit policies that a district has published, oldest first. Its id is the topmost unit's. */
export type CreditPolicyState = {
  id: string;
  unitPath: string;
  versions: {
    version: number;
    policy: CreditPolicy;
    publishedAt: string;
    publishedBy?: { staffId: string; name: string };
  }[];
};

/** A policy and its number. */
export type NumberedPolicy = { version: number; policy: CreditPolicy };

const SHIPPED: NumberedPolicy = { version: DEFAULT_POLICY_VERSION, policy: defaultPolicy };

/** The last version that was published; the shipped one where none was. */
export function lastPolicy(state: Pick<CreditPolicyState, 'versions'> | undefined): NumberedPolicy {
  return state?.versions.at(-1) ?? SHIPPED;
}

/** The policy by which a month `2026-11` is graded: the last one that begins in that month or before. */
export function policyOfMonth(
  state: Pick<CreditPolicyState, 'versions'> | undefined,
  month: string,
): NumberedPolicy {
  return state?.versions.findLast(({ policy }) => policy.effectiveFrom.slice(0, 7) <= month) ?? SHIPPED;
}

/** The policy of that number; undefined where it is not known here. */
export function policyOfVersion(
  state: Pick<CreditPolicyState, 'versions'> | undefined,
  version: number,
): CreditPolicy | undefined {
  return version === DEFAULT_POLICY_VERSION
    ? defaultPolicy
    : state?.versions.find((one) => one.version === version)?.policy;
}

/** What a new policy has to begin after. */
export function inForceBefore(state: Pick<CreditPolicyState, 'versions'> | undefined): PolicyInForce {
  const { version, policy } = lastPolicy(state);
  return { version, effectiveFrom: policy.effectiveFrom };
}

/** Applies a publication. Made by an administrator at the centre, for a topmost unit and all below it. */
export function applyPolicy(state: CreditPolicyState | undefined, fact: Fact): Ruling<CreditPolicyState> {
  const read = readPayload(policySchemas, fact);
  if (read.key === 'unknown') return { kind: 'unknown', type: fact.type, version: fact.version };
  if (read.key === 'invalid') return { kind: 'illegal', refusal: read.refusal };
  if (fact.actor.role !== 'administrator')
    return illegal('role-may-not', undefined, { role: fact.actor.role });
  if (parentPath(fact.unitPath) !== null || lastUnit(fact.unitPath) !== fact.stream.id)
    return illegal('published-at-the-top', 'unitPath');
  const { version, policy, publishedBy } = read.payload;
  const next = lastPolicy(state).version + 1;
  if (version !== next) return illegal('credit-policy-version', 'version', { expected: next });
  const [fault] = checkPolicy(policy, inForceBefore(state), businessDay(fact.at)).faults;
  if (fault) return { kind: 'illegal', refusal: fault };
  return legal({
    id: fact.stream.id,
    unitPath: fact.unitPath,
    versions: [
      ...(state?.versions ?? []),
      { version, policy, publishedAt: fact.at, ...(publishedBy ? { publishedBy } : {}) },
    ],
  });
}
