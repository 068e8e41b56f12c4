import { useTranslation } from 'react-i18next';
import type { Wording } from '../../domain/procedure/index.ts';

/** Words for scores, and for what the checklist says in two languages. */
export function useStreetWords() {
  const { t, i18n } = useTranslation('streets');
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  return {
    said: ({ zh, en }: Wording): string => (i18n.language.startsWith('zh') ? zh : en),
    /** A score out of 10,000 as points out of a hundred. */
    points: (basisPoints: number | null): string =>
      basisPoints === null ? '—' : t('points', { points: number.format(basisPoints / 100) }),
    figure: (basisPoints: number): string => number.format(basisPoints / 100),
  };
}
