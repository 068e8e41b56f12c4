import { useTranslation } from 'react-i18next';
import { isGrade } from '../../domain/inspection/index.ts';
import { toneOf, useCreditWords } from '../credit/index.ts';
import type { Tone } from '../kernel/components/status-tag.tsx';

/** Words for classes and shares. */
export function useInspectionWords() {
  const { t, i18n } = useTranslation('inspections');
  const credit = useCreditWords();
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    className: (name: string): string =>
      isGrade(name) ? credit.grade(name) : t(name === 'pending' ? 'class.pending' : 'class.notRated'),
    share: (perMille: number): string => share.format(perMille / 1000),
  };
}

/** How a class looks. */
export function toneOfClass(name: string): Tone {
  return isGrade(name) ? toneOf(name) : name === 'pending' ? 'warning' : 'neutral';
}
