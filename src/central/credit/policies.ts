import type { z } from 'zod';
import type { CreditPolicyAnswer, CreditPolicyInput } from '../../contract/centre/credit.ts';
import {
  checkPolicy,
  createComparison,
  gradeTally,
  inForceBefore,
  lastPolicy,
  monthNumber,
  type NumberedPolicy,
  policyOfMonth,
  type PolicyComparison,
} from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { lastUnit } from '../../domain/kernel/event/unit-path.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import type { Transaction } from '../kernel/db/database.ts';
import type { QueryExecutor } from '../kernel/db/pipeline.ts';
import { centreError } from '../kernel/errors.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog } from '../organisation/index.ts';
import { contextOf, openCandidates } from './candidates.ts';
import type { Candidate } from './read.ts';

/** Of those whose grade changes under a new policy, so many are named. */
const MOST_NAMED = 500;

/** The policy by which a district's merchants are graded in a month `2026-11`. */
export async function policyFor(
  from: QueryExecutor,
  district: string,
  month: string,
): Promise<NumberedPolicy> {
  return policyOfMonth(await stateOf(from, 'credit-policy', district), month);
}

/**
 * Publishes a version of a district's credit policy, or with `dryRun` only says what would change: whose grade would be another in the
 * current month, from which to which, and by which lines. `publishedBy` is named where it is not the administrator. All or nothing. @throws UNIT_UNKNOWN, RULE, INPUT_INVALID with every fault
 */
export async function publishPolicy(
  parts: IngestParts,
  { unitPath: wanted, policy: file, dryRun }: z.output<typeof CreditPolicyInput>,
  now: Date,
  publishedBy?: { staffId: string; name: string },
): Promise<CreditPolicyAnswer> {
  const { database, units } = parts;
  const answer = await withCentreLog(parts, now, async ({ transaction, record }) => {
    const unitPath = topUnit(units.all(), wanted);
    const district = lastUnit(unitPath);
    const state = await stateOf(transaction, 'credit-policy', district);
    const today = businessDay(now.toISOString());
    const { policy, faults } = checkPolicy(file, inForceBefore(state), today);
    if (policy === null)
      throw centreError('INPUT_INVALID', {
        issues: faults.map(({ field = '', rule, parameters }) => ({
          field: field === '' ? 'policy' : `policy.${field}`,
          rule,
          message: JSON.stringify(parameters ?? {}),
        })),
      });
    const version = lastPolicy(state).version + 1;
    const month = monthNumber(today);
    const before = policyOfMonth(state, today.slice(0, 7));
    const comparison = await compareOver(transaction, district, month, before, { version, policy });
    if (!dryRun)
      await record([
        {
          stream: { kind: 'credit-policy', id: district },
          type: 'credit-policy-published',
          payload: { version, policy, ...(publishedBy ? { publishedBy } : {}) },
          unitPath,
        },
      ]);
    return { unitPath, version, published: !dryRun, comparedWith: before.version, ...comparison };
  });
  await units.reload(database);
  return answer;
}

/** The topmost unit that is meant, the only one where none is named. @throws UNIT_UNKNOWN, RULE */
export function topUnit(units: readonly { path: string }[], wanted: string | undefined): string {
  const tops = units.filter(({ path }) => parentPath(path) === null);
  if (wanted === undefined && tops.length > 1)
    throw centreError('RULE', { rule: 'several-districts', field: 'unitPath' });
  const path = wanted ?? tops[0]?.path ?? '/';
  if (!units.some((one) => one.path === path)) throw centreError('UNIT_UNKNOWN', { path });
  if (parentPath(path) !== null)
    throw centreError('RULE', { rule: 'published-at-the-top', field: 'unitPath' });
  return path;
}

/** Grades every merchant of a district under both, page by page side by side. */
async function compareOver(
  transaction: Transaction,
  district: string,
  month: number,
  before: NumberedPolicy,
  after: NumberedPolicy,
): Promise<PolicyComparison> {
  const comparison = createComparison(MOST_NAMED);
  const [was, is] = [
    await openCandidates(transaction, { district, month, rules: before }, 'before'),
    await openCandidates(transaction, { district, month, rules: after }, 'after'),
  ];
  // Both come in the order of the ids; a merchant that is registered in between is in one of them only.
  const [left, right] = [new Map<string, Candidate>(), new Map<string, Candidate>()];
  for (;;) {
    const [page, other] = [await was.next(), await is.next()];
    for (const one of page) left.set(one.merchantId, one);
    for (const one of other) right.set(one.merchantId, one);
    for (const [merchantId, one] of left) {
      const same = right.get(merchantId);
      if (same === undefined) continue;
      left.delete(merchantId);
      right.delete(merchantId);
      comparison.add(
        merchantId,
        gradeTally(before.policy, one.tally, contextOf(one, was.means)),
        gradeTally(after.policy, same.tally, contextOf(same, is.means)),
      );
    }
    if (page.length === 0 && other.length === 0) return comparison.result();
  }
}
