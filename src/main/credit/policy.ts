import type { ComparedPolicy, PolicyAtHand } from '../../contract/workstation/credit.ts';
import { lastPolicy, policyOfMonth } from '../../domain/credit/index.ts';
import { parentPath } from '../../domain/organisation/index.ts';
import { topOf } from '../../domain/procedure/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { requireIdentity, type StaffContext, todayOf } from '../kernel/parts.ts';
import { loadState } from '../kernel/store/index.ts';

/** The policy that was published last, to begin a new version from, and whether this is the workstation to publish one at. */
export async function policyAtHand(context: StaffContext): Promise<PolicyAtHand> {
  const { workstation } = context;
  const { unitPath } = requireIdentity(context);
  const state = await loadState(workstation.store.read, 'credit-policy', topOf(unitPath));
  const today = todayOf(workstation);
  const { version, policy } = lastPolicy(state);
  return {
    today,
    last: { version, policy },
    current: policyOfMonth(state, today.slice(0, 7)).version,
    published: (state?.versions ?? []).map((one) => ({
      version: one.version,
      effectiveFrom: one.policy.effectiveFrom,
      publishedAt: one.publishedAt,
      by: one.publishedBy?.name ?? null,
    })),
    here: parentPath(unitPath) === null && workstation.directory.partyOf(unitPath) === 'regulator',
  };
}

/** Has the centre say who would change under a policy and why, or publish it. @throws what the centre refuses it for */
export async function sendPolicy(
  context: StaffContext,
  { policy, dryRun }: { policy: unknown; dryRun: boolean },
): Promise<ComparedPolicy> {
  const { workstation, staff } = context;
  const link = workstation.link();
  if (link === null) throw serviceError('NOT_ENROLLED');
  const answer = await link.call((client) => client.creditPolicy({ policy, dryRun, staffId: staff.staffId }));
  // What was published comes down like any fact.
  if (!dryRun) await workstation.sync.run();
  const named = await workstation.store.read
    .selectFrom('merchant_row')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      answer.changed.map(({ merchantId }) => merchantId),
    )
    .execute();
  return { ...answer, names: Object.fromEntries(named.map(({ id, name }) => [id, name])) };
}
