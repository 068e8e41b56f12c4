import type { CaseState } from '../case/index.ts';
import type { ReturnOutcomeOfCase } from './events.ts';
import type { ReturnStatus } from './reducer.ts';

/** What the end of a case comes to for the return that it grew out of; null while the case goes on. */
export function endForReturn(
  {
    outcome,
    outcomeAt,
    settlement,
    registeredAt,
  }: Pick<CaseState, 'outcome' | 'outcomeAt' | 'settlement' | 'registeredAt'>,
  status: ReturnStatus,
): { outcome: ReturnOutcomeOfCase; agreedFen: number | null; at: string } | null {
  const said = outcome === null ? null : OUTCOMES[outcome];
  if (!said) return null;
  // Goods that were taken back meanwhile leave nothing to settle.
  const granted = status === 'granted' && said !== 'settled';
  return {
    outcome: granted ? 'granted-later' : said,
    agreedFen: said === 'settled' ? (settlement?.amountFen ?? null) : null,
    at: outcomeAt ?? registeredAt,
  };
}

/** What a register brought in as handed to somebody else never grew out of a return here. */
const OUTCOMES: Record<NonNullable<CaseState['outcome']>, ReturnOutcomeOfCase | null> = {
  settled: 'settled',
  withdrawn: 'withdrawn',
  terminated: 'terminated',
  failed: 'failed',
  refused: 'refused',
  transferred: null,
};
