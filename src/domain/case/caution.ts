import { businessDay, minuteOfDay } from '../kernel/calendar/index.ts';
import { formatYuan } from '../kernel/text/index.ts';
import { covers } from '../organisation/index.ts';
import type { CasePayload } from './events.ts';
import type { CaseState } from './state.ts';

/** What looks wrong about a step that may be recorded all the same: the person is asked once. */
export type Caution = { field: string; rule: string; parameters?: Record<string, string | number> };

type Step = { step: string; payload: unknown };

/**
 * What to ask before a step is recorded. Nothing here is refused: a session may have been held before anybody registered
 * the case, and a merchant may pay more than was asked for. `respondentPath` is the unit where the respondent trades, null
 * where that is not known. The contract has read each payload by exactly the schema named here.
 */
export function cautionsOf(
  { step, payload }: Step,
  state: Pick<CaseState, 'registeredAt' | 'amountFen'>,
  respondentPath: string | null,
): Caution[] {
  switch (step) {
    case 'session-recorded':
      return sessionBefore(payload as CasePayload<'session-recorded'>, state.registeredAt);
    case 'case-settled': {
      const { amountFen } = payload as CasePayload<'case-settled'>;
      if (state.amountFen === null || amountFen <= state.amountFen) return [];
      const parameters = { paid: formatYuan(amountFen), disputed: formatYuan(state.amountFen) };
      return [{ field: 'amountFen', rule: 'settled-above-dispute', parameters }];
    }
    case 'case-handed-down': {
      const { toPath } = payload as CasePayload<'case-handed-down'>;
      if (respondentPath === null || covers(toPath, respondentPath)) return [];
      return [{ field: 'toPath', rule: 'hand-down-elsewhere' }];
    }
    default:
      return [];
  }
}

function sessionBefore(
  { heldOn, startedAt }: CasePayload<'session-recorded'>,
  registeredAt: string,
): Caution[] {
  const day = businessDay(registeredAt);
  const time = minuteOfDay(registeredAt);
  const before = heldOn < day || (heldOn === day && startedAt !== undefined && startedAt < time);
  if (!before) return [];
  return [
    { field: 'heldOn', rule: 'session-before-registration', parameters: { registered: `${day} ${time}` } },
  ];
}
