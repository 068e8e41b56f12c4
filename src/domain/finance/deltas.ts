import { businessDay } from '../kernel/calendar/index.ts';
import type { Delta, Deltas } from '../kernel/event/deltas.ts';
import type { RecordedFact } from '../kernel/event/event.ts';
import type { ConsentState } from './consent.ts';
import type { CreditLineState } from './credit-line.ts';
import type { FinanceState } from './merchant-finance.ts';
import type { FinanceMetric } from './metrics.ts';

type Counted = Deltas<FinanceMetric, never>;
const none: Counted = { counters: [], handling: [] };

/** One addition at a merchant's unit, as a total and in each of these dimensions. */
export function financeCount(
  path: string,
  day: string,
  metric: FinanceMetric,
  value: number,
  dimensions: readonly string[],
): Delta<FinanceMetric>[] {
  return ['', ...dimensions].map((dimension) => ({ path, day, metric, dimension, value }));
}

/** What one accepted event of a consent adds to the roll-up. Pure. */
export function consentDeltas(
  _before: ConsentState | undefined,
  fact: RecordedFact,
  { merchantPath, merchantId }: ConsentState,
): Counted {
  const metric = fact.type === 'consent-granted' ? 'consents-given' : 'consents-revoked';
  return {
    counters: financeCount(merchantPath, businessDay(fact.at), metric, 1, [`merchant:${merchantId}`]),
    handling: [],
  };
}

/** What one accepted event of a line of credit adds: on the day it happened, by product, category and merchant. Pure. */
export function creditLineDeltas(
  _before: CreditLineState | undefined,
  fact: RecordedFact,
  { merchantPath, merchantId, product, category, ...line }: CreditLineState,
): Counted {
  const dimensions = [`product:${product}`, `category:${category}`, `merchant:${merchantId}`];
  const add = (day: string, metric: FinanceMetric, value: number): Delta<FinanceMetric>[] =>
    financeCount(merchantPath, day, metric, value, dimensions);
  if (fact.type === 'credit-line-granted')
    return {
      counters: [
        ...add(line.on, 'credit-lines-granted', 1),
        ...add(line.on, 'credit-lines-granted-fen', line.fen),
      ],
      handling: [],
    };
  if (fact.type === 'credit-line-closed')
    return line.closedOn === null
      ? none
      : { counters: add(line.closedOn, 'credit-lines-closed', 1), handling: [] };
  const entry = line.entries.at(-1);
  if (!entry) return none;
  const metric = entry.kind === 'drawn' ? 'credit-lines-drawn-fen' : 'credit-lines-repaid-fen';
  return { counters: add(entry.on, metric, entry.fen), handling: [] };
}

/** What one accepted event of a merchant's finance record adds. Pure. */
export function financeDeltas(
  _before: FinanceState | undefined,
  fact: RecordedFact,
  { id, unitPath, changes }: FinanceState,
): Counted {
  const [last] = changes;
  if (!last || (fact.type !== 'whitelist-entered' && fact.type !== 'whitelist-left')) return none;
  const metric = last.change === 'entered' ? 'whitelist-entered' : 'whitelist-left';
  return { counters: financeCount(unitPath, last.on, metric, 1, [`merchant:${id}`]), handling: [] };
}
