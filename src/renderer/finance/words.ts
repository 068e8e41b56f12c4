import { useTranslation } from 'react-i18next';
import type { Failing } from '../../domain/finance/index.ts';
import { useCreditWords } from '../credit/index.ts';

const shareOf = (perMille: number | string | null): string => String(Number(perMille) / 10);

/** What is said of a rule that does not hold: what the merchant has, what is asked, and what would change it. */
export function useFinanceWords() {
  const { t } = useTranslation('finance');
  const credit = useCreditWords();
  const listings = (codes: string | number | null): string =>
    String(codes ?? '')
      .split(' ')
      .map((code) => (code === 'severe' || code === 'abnormal' ? t(`listing.${code}`) : code))
      .join(t('separator'));
  const categories = (codes: string | number | null): string =>
    String(codes ?? '')
      .split(' ')
      .map((code) => (code === '' ? '—' : credit.category(code)))
      .join(t('separator'));
  const why = ({ rule, has, needs, whatWouldChangeIt }: Failing): string => {
    switch (rule) {
      case 'category':
        return t('why.category', { has: categories(has), needs: categories(needs) });
      case 'grade':
        if (has === 'pending') return t('why.pendingGrade', { needs });
        return has === null ? t('why.noGrade', { needs }) : t('why.grade', { has, needs });
      case 'months-in-business':
        if (has === null) return t('why.monthsUnknown');
        return t(whatWouldChangeIt.kind === 'never' ? 'why.monthsMost' : 'why.months', { has, needs });
      case 'listing':
        return t('why.listing', { has: listings(has) });
      case 'penalty':
        return t('why.penalty', { has, needs });
      case 'promise':
        return t('why.promise');
      case 'source-resolution':
        return has === null
          ? t('why.sourceNone', { needs: shareOf(needs) })
          : t('why.source', { has: shareOf(has), needs: shareOf(needs) });
      case 'consent':
        return t('why.consent');
    }
  };
  const change = ({ whatWouldChangeIt: one, otherwiseOn }: Failing): string => {
    const said =
      one.kind === 'on'
        ? t('change.on', { day: one.day })
        : one.kind === 'count'
          ? t('change.count', { count: one.count })
          : t(`change.${one.kind}`);
    return otherwiseOn === null ? said : `${said}${t('change.orOn', { day: otherwiseOn })}`;
  };
  return { why, change };
}
