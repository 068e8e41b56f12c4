import { sql } from 'kysely';
import type { CitizenCheck, CitizenChecked } from '../../contract/centre/alliance.ts';
import {
  allianceRulesOn,
  type AllianceState,
  checkIdOf,
  EVERYBODY,
  isInForce,
  type OfferedDiscount,
} from '../../domain/alliance/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import type { Refusal } from '../../domain/kernel/event/ruling.ts';
import { ancestorsAndSelf } from '../../domain/organisation/index.ts';
import { centreError } from '../kernel/errors.ts';
import type { Person } from '../kernel/http/context.ts';
import type { IngestParts } from '../kernel/ingest/append.ts';
import { checkQuestionRate, type QuestionRate } from '../kernel/questions.ts';
import { stateOf } from '../kernel/states.ts';
import { withCentreLog } from '../organisation/index.ts';
import { citizenKeys } from './citizen-keys.ts';
import { importedStanding, type StandingAdapter } from './standing.ts';

/** Assumption: a busy desk asks less; who tries numbers one after the other asks more. */
const RATE: QuestionRate = { lock: 'citizen-questions', table: 'citizen_question', anHour: 120 };

type Device = { deviceId: string; unitPath: string };

/**
 * Says whether a citizen qualifies for a discount, and records that in the same transaction: what is not recorded is not said. The level,
 * and whether the citizen is known at all, stays here. @throws RULE, TOO_MANY_QUESTIONS
 */
export async function checkCitizen(
  parts: IngestParts,
  { device, person }: { device: Device; person: Person },
  question: CitizenCheck,
  now: Date,
  adapter: StandingAdapter = importedStanding,
): Promise<CitizenChecked> {
  const { merchantId, discountId, citizen } = question;
  const today = businessDay(now.toISOString());
  return withCentreLog(parts, now, async ({ transaction, record }) => {
    await checkQuestionRate(transaction, RATE, device.deviceId, now);
    const state = await stateOf(transaction, 'alliance', merchantId);
    const citizenMark = (await citizenKeys(transaction)).atShop(merchantId, citizen);
    const id = checkIdOf(merchantId, question.checkId);
    const before = await stateOf(transaction, 'alliance-check', id);
    if (before !== undefined) {
      const same =
        before.merchantPath === device.unitPath &&
        before.discount.discountId === discountId &&
        before.citizenMark === citizenMark;
      if (!same) throw centreError('RULE', { rule: 'saved-already' });
      return { qualifies: before.qualifies, rulesVersion: before.rulesVersion, at: before.at };
    }
    const rules = allianceRulesOn(today);
    const discount = discountOf(state, device, discountId, today);
    if ('rule' in discount) throw centreError('RULE', discount);
    if (question.rulesVersion !== rules.version)
      throw centreError('RULE', { rule: 'alliance-rules-changed', field: 'consented' });
    const district = ancestorsAndSelf(device.unitPath).at(-1) ?? device.unitPath;
    const standing = await adapter.levelOf(transaction, district, citizen, today);
    if ('unknown' in standing) throw centreError('RULE', { rule: standing.unknown });
    const qualifies = standing.level >= discount.level;
    const { what, level } = discount;
    await record([
      {
        stream: { kind: 'alliance-check', id },
        type: 'citizen-checked',
        payload: {
          merchantId,
          merchantPath: device.unitPath,
          discount: { discountId, what, level },
          rulesVersion: rules.version,
          consent: 'ticked-on-screen',
          standing: { source: adapter.source, asOf: standing.asOf },
          qualifies,
          citizenMark,
          checkedBy: { staffId: person.staffId, staffName: person.name },
        },
        unitPath: device.unitPath,
      },
    ]);
    await sql`
      INSERT INTO citizen_question (device, asked_at) VALUES (${device.deviceId}, ${now})`.execute(
      transaction,
    );
    return { qualifies, rulesVersion: rules.version, at: now.toISOString() };
  });
}

/** The discount, or why nobody can be checked for it there now. Of a shop elsewhere no more is said than of none. */
function discountOf(
  state: AllianceState | undefined,
  { unitPath }: Device,
  discountId: string,
  today: string,
): OfferedDiscount | Refusal {
  if (state?.merchantPath !== unitPath) return { rule: 'alliance-missing', field: 'merchantId' };
  if (state.left !== null) return { rule: 'alliance-left-already', field: 'merchantId' };
  const discount = state.discounts.find((one) => one.discountId === discountId);
  if (discount === undefined) return { rule: 'discount-missing', field: 'discountId' };
  if (!isInForce(discount, today)) return { rule: 'discount-not-in-force', field: 'discountId' };
  return discount.level === EVERYBODY ? { rule: 'discount-for-everybody', field: 'discountId' } : discount;
}
