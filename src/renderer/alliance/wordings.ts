import { useTranslation } from 'react-i18next';
import type { AllianceRules, DiscountOff } from '../../domain/alliance/index.ts';
import { yuan } from '../kernel/components/money.tsx';

type Wording = AllianceRules['consent'];

/** A wording of the rules in the language of the screen. */
export function useRuleWords(): (wording: Wording) => string {
  const { i18n } = useTranslation();
  return (wording) => (i18n.language === 'en' ? wording.en : wording.zh);
}

/** What is off, as people say it. */
export function useOffWords(): (off: DiscountOff) => string {
  const { t, i18n } = useTranslation('alliance');
  return (off) => {
    if (off.kind === 'percent')
      // Chinese says what is left to pay, in tenths: 15 % off is 8.5.
      return t('off.percent', { share: i18n.language === 'en' ? off.percent : (100 - off.percent) / 10 });
    const [amount, over] = [yuan(off.fen), yuan(off.overFen)];
    return off.overFen === 0 ? t('off.amount', { amount }) : t('off.amountOver', { amount, over });
  };
}
