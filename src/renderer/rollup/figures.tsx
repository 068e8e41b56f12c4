import { useTranslation } from 'react-i18next';
import type { RollupView } from '../../contract/centre/rollup.ts';
import type { SortBy } from './children-table.tsx';
import { Figure, type Trend } from './figure.tsx';
import { useWords } from './words.ts';

type Direction = 'more-is-better' | 'less-is-better' | 'neither';

/** How a figure moved; null without anything to compare. Changes that would read as zero are none. */
export function trendOf(
  now: number | null,
  before: number | null,
  better: Direction,
  say: (difference: number) => string,
  smallest: number,
): Trend | null {
  if (now === null || before === null) return null;
  const difference = now - before;
  if (Math.abs(difference) < smallest) return { direction: 'same', good: null, amount: '' };
  return {
    direction: difference > 0 ? 'up' : 'down',
    good: better === 'neither' ? null : difference > 0 === (better === 'more-is-better'),
    amount: say(Math.abs(difference)),
  };
}

/** The four large figures of a unit and a period, each against the period before. */
export function Figures({
  view,
  before,
  onOpen,
}: {
  view: RollupView;
  before: RollupView | null;
  onOpen: (by: SortBy) => void;
}) {
  const { t } = useTranslation('rollup');
  const words = useWords();
  const { totals, rates, caseHandling } = view.all;
  const past = view.before;
  const pastMedian = before?.all.caseHandling.medianDays ?? null;
  const hint = t('figures.beforeHint', { from: past.from, to: past.to });
  const said = (value: number | null, text: string): string | null =>
    value === null ? null : t('figures.before', { value: text });
  return (
    <section className="heshi-stats" aria-label={t('figures.label')}>
      <Figure
        name={t('figures.registered')}
        value={words.count(totals.registered)}
        detail={t('figures.detailRegistered', {
          accepted: words.count(totals.accepted),
          escalated: words.count(totals['escalated-out']),
        })}
        trend={trendOf(totals.registered, past.totals.registered, 'neither', words.count, 1)}
        before={said(past.totals.registered, words.count(past.totals.registered))}
        hint={hint}
        onOpen={() => onOpen('registered')}
      />
      <Figure
        name={t('figures.settlementRate')}
        value={words.share(rates.settlementRate)}
        detail={t('figures.detailSettlement', {
          settled: words.count(totals.settled - totals.reopened),
          concluded: words.count(totals.concluded - totals.reopened),
        })}
        trend={trendOf(
          rates.settlementRate,
          past.rates.settlementRate,
          'more-is-better',
          (difference) => t('figures.points', { points: words.decimal(difference * 100) }),
          0.0005,
        )}
        before={said(past.rates.settlementRate, words.share(past.rates.settlementRate))}
        hint={hint}
        onOpen={() => onOpen('settlementRate')}
      />
      <Figure
        name={t('figures.medianDays')}
        value={words.days(caseHandling.medianDays)}
        {...(caseHandling.medianDays === null ? {} : { unit: t('figures.dayUnit') })}
        detail={
          caseHandling.p90Days === null
            ? t('figures.detailMedianNone')
            : t('figures.detailMedian', {
                p90: t('figures.days', { days: words.days(caseHandling.p90Days) }),
              })
        }
        trend={trendOf(
          caseHandling.medianDays,
          pastMedian,
          'less-is-better',
          (difference) => t('figures.days', { days: words.decimal(difference) }),
          0.05,
        )}
        before={said(pastMedian, t('figures.days', { days: words.days(pastMedian) }))}
        hint={hint}
        onOpen={() => onOpen('median')}
      />
      <Figure
        name={t('figures.returnsGranted')}
        value={words.count(totals['returns-granted'])}
        detail={t('figures.detailReturns', {
          requested: words.count(totals['returns-requested']),
          rate: words.share(rates.returnGrantRate),
        })}
        trend={trendOf(totals['returns-granted'], past.totals['returns-granted'], 'neither', words.count, 1)}
        before={said(past.totals['returns-granted'], words.count(past.totals['returns-granted']))}
        hint={hint}
        onOpen={() => onOpen('returns-granted')}
      />
    </section>
  );
}
