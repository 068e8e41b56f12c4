import { useTranslation } from 'react-i18next';
import type { PeriodEnd } from '../../domain/kernel/calendar/index.ts';
import { useDataWords } from '../kernel/kit/data-words.ts';
import type { Tone } from '../kernel/components/status-tag.tsx';

const TONES: Readonly<Record<string, Tone>> = { A: 'good', B: 'good', C: 'neutral', D: 'warning', E: 'bad' };

/** How a grade looks; one of another policy plainly. */
export function toneOf(grade: string): Tone {
  return TONES[grade] ?? 'neutral';
}

/** Words for grades, indicators and days that data names. */
export function useCreditWords() {
  const say = useDataWords();
  const { t, i18n } = useTranslation('credit');
  return {
    grade: (code: string): string =>
      i18n.exists(`credit:grade.${code}`) ? `${code} ${say(`credit:grade.${code}`)}` : code,
    /** The grade's name alone, where its letter stands beside it. */
    nameOf: (code: string): string => say(`credit:grade.${code}`),
    indicator: (name: string): string => say(`credit:indicator.${name}`),
    category: (code: string): string => say(`credit:ofCategory.${code}`),
    day: ({ day, provisional }: PeriodEnd): string => (provisional ? `${day}${t('provisional')}` : day),
  };
}
