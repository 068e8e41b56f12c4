import { hash } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { centreErrors } from '../../contract/centre/index.ts';
import type { CheckAnswer } from '../../contract/workstation/alliance.ts';
import { allianceRulesOn } from '../../domain/alliance/index.ts';
import { checkResidentId } from '../../domain/kernel/text/index.ts';
import { serviceError } from '../kernel/errors.ts';
import { type StaffContext, todayOf } from '../kernel/parts.ts';
import { RuleRefused } from '../kernel/store/index.ts';
import { CentreError } from '../kernel/sync/centre-link.ts';
import { requireShop } from './detail.ts';

/** A citizen waits at the desk: a line that is that slow counts as none. */
const ANSWERS_WITHIN_MS = 8_000;

type Asked = { id: string; checkId: string; discountId: string; citizenId: string; consented: boolean };

const invalid = (field: string, rule: string) => serviceError('INPUT_INVALID', { issues: [{ field, rule }] });

/**
 * Asks the centre whether a citizen qualifies. The number is only looked at here, to tell a mistyped one, and hashed; it is kept nowhere,
 * and what the centre records comes back without it. @throws INPUT_INVALID, NOT_FOUND, RULE
 */
export async function checkCitizen(
  context: StaffContext,
  { id, checkId, discountId, citizenId, consented }: Asked,
): Promise<CheckAnswer> {
  const { workstation, staff } = context;
  const { merchantPath } = await requireShop(workstation.store.read, id);
  if (merchantPath !== staff.unitPath) throw new RuleRefused({ rule: 'alliance-other-desk' });
  const typed = checkResidentId(citizenId);
  if (typed.kind === 'refused') throw invalid('citizenId', typed.rule);
  if (!consented) throw invalid('consented', 'alliance-consent-needed');
  const link = workstation.link();
  if (link === null) throw serviceError('NOT_ENROLLED');
  const question = {
    checkId,
    merchantId: id,
    discountId,
    citizen: hash('sha256', typed.number),
    consented: true as const,
    rulesVersion: allianceRulesOn(todayOf(workstation)).version,
    staffId: staff.staffId,
  };
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  try {
    const answer = await link.call((client) => client.checkCitizen(question, { signal }));
    // What was recorded of it comes down like any fact; that it has not yet takes nothing from the answer.
    await workstation.sync.run();
    return { kind: 'checked', ...answer };
  } catch (error) {
    return notChecked(error);
  }
}

/** Why there is no answer. @throws RULE where the shop or its discount is the reason, and what is no failure of the centre's */
function notChecked(error: unknown): CheckAnswer {
  if (!(error instanceof CentreError)) throw error;
  if (error.code === 'UNREACHABLE') return { kind: 'not-checked', reason: 'offline' };
  if (error.code === 'TOO_MANY_QUESTIONS' || error.code === 'TOO_MANY_REQUESTS')
    return { kind: 'not-checked', reason: 'too-often' };
  if (error.code === 'RULE' && error.cause instanceof ORPCError) {
    const read = centreErrors.RULE.data.safeParse(error.cause.data);
    if (read.success && read.data.rule.startsWith('standing-'))
      return { kind: 'not-checked', reason: 'no-standing' };
    if (read.success) throw new RuleRefused(read.data);
  }
  return { kind: 'not-checked', reason: 'refused' };
}
