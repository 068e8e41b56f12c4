import { useTranslation } from 'react-i18next';
import type { SanctionDetail } from '../../contract/workstation/sanction.ts';
import type { Eligibility } from '../../domain/sanction/index.ts';
import type { Tone } from '../kernel/components/status-tag.tsx';

type Article = NonNullable<SanctionDetail['regime']>['article'];

const TONES = {
  now: 'good',
  on: 'active',
  'needs-duty': 'warning',
  never: 'neutral',
  'to-be-looked-at': 'warning',
} as const satisfies Record<Eligibility['verdict'], Tone>;

/** How a verdict looks. */
export const toneOf = ({ verdict }: Eligibility): Tone => TONES[verdict];

/** Words for verdicts and articles that data names. */
export function useSanctionWords() {
  const { t, i18n } = useTranslation('sanction');
  return {
    /** In short, as a list has it. */
    verdict: (one: Eligibility): string => {
      switch (one.verdict) {
        case 'on':
          return t('verdict.on', { day: one.day });
        case 'never':
          return t(`never.${one.why}`);
        case 'needs-duty':
          return one.duties.length > 0
            ? t('verdict.needs-duty', { count: one.duties.length })
            : t('verdict.blocked');
        default:
          return t(`verdict.${one.verdict}`);
      }
    },
    article: (article: Article): string => (i18n.language === 'en' ? article.en : article.zh),
  };
}
