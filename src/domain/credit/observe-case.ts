import { type CaseState, runningDeadline } from '../case/index.ts';
import { businessDay } from '../kernel/calendar/index.ts';
import type { RollupContext } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { Rulebook } from '../procedure/index.ts';
import { NOTHING_OBSERVED, type Indicator, type Observation, type Observed } from './indicators.ts';

/** Up to this level a case is settled at its source; the same as the roll-up has it. */
const SOURCE_LEVEL = 2;

/** First answers: what a unit can do with a case that has come to it. */
const ANSWERS: ReadonlySet<string> = new Set([
  'case-accepted',
  'case-refused',
  'case-settled',
  'mediation-failed',
  'case-withdrawn',
  'case-escalated',
  'case-handed-down',
  'case-transferred',
  'case-taken-over',
]);

/**
 * What one accepted fact of a case says of the merchant it is about. A historical case says nothing. A correction of the merchant
 * takes along what was observed before.
 */
export function observedOfCase(
  before: CaseState | undefined,
  { id, ...fact }: RecordedFact & { id: string },
  after: CaseState,
  context: RollupContext<Rulebook>,
): Observed {
  const { merchantId } = after.merchant;
  if (before && before.merchant.merchantId !== merchantId)
    return { ...NOTHING_OBSERVED, moved: { to: merchantId } };
  if (before === undefined) return NOTHING_OBSERVED;
  const add: Observation[] = [];
  const day = businessDay(fact.at);
  const see = (indicator: Indicator, good: boolean): void => {
    add.push({ merchantId, indicator, day, good, factId: id });
  };
  const regulators = (path: string): boolean => context.partyOf(path) === 'regulator';
  const wentUp = after.escalations.some(({ toPath }) => regulators(toPath));

  const answered = answeredInTime(before, fact, context);
  if (answered !== null) see('answered-in-time', answered);
  switch (fact.type) {
    case 'case-settled':
      see(
        'settled-at-source',
        after.escalations.length === 0 &&
          context.levelOf(fact.unitPath) <= SOURCE_LEVEL &&
          !regulators(fact.unitPath),
      );
      if (!wentUp && !regulators(after.registeredPath)) see('regulator-spared', true);
      if (after.status === 'performed') see('agreements-kept', true);
      break;
    case 'case-closed':
      if (before.status === 'failed') see('settled-at-source', false);
      break;
    case 'case-escalated':
    case 'case-taken-over':
      if (regulators(after.handlingPath)) see('regulator-spared', false);
      break;
    case 'performance-recorded':
    case 'instalment-recorded':
      if (after.status !== 'settled') see('agreements-kept', after.status === 'performed');
      break;
  }
  return { ...NOTHING_OBSERVED, add };
}

/** Whether the merchant's own unit gave its first answer in time; null where nothing of the kind was due or answered. */
function answeredInTime(
  before: CaseState,
  fact: Pick<RecordedFact, 'type' | 'at'>,
  context: RollupContext<Rulebook>,
): boolean | null {
  if (!ANSWERS.has(fact.type) || context.partyOf(before.handlingPath) !== 'merchant') return null;
  const limit = runningDeadline(before, context);
  return limit?.kind === 'first-contact' ? Date.parse(fact.at) <= Date.parse(limit.dueAt) : null;
}
