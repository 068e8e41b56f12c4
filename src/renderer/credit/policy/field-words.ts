import { useTranslation } from 'react-i18next';
import type { CreditPolicy } from '../../../domain/credit/index.ts';
import { useCreditWords } from '../words.ts';

/** The name of a field of a policy by its path, such as `rates.0.up`, with the row it stands in. */
export function useFieldWords(policy: CreditPolicy): (path: string) => string {
  const { t, i18n } = useTranslation('credit');
  const words = useCreditWords();
  const rowOf = (list: string, place: number): string => {
    switch (list) {
      case 'grades':
        return policy.scale.grades[place]?.code ?? '';
      case 'rates':
        return words.indicator(policy.rates[place]?.indicator ?? '');
      case 'events':
        return words.indicator(policy.events[place]?.indicator ?? '');
      case 'caps':
        return words.indicator(`listing-${policy.caps[place]?.listing ?? ''}`);
      default:
        return String(place + 1);
    }
  };
  return (path) => {
    const parts = path.split('.');
    const last = parts.at(-1) ?? '';
    const place = parts.findIndex((part) => /^\d+$/.test(part));
    const key = place < 0 ? parts.join('_') : /^\d+$/.test(last) ? '' : last;
    const name =
      key !== '' && i18n.exists(`credit:policyField.${key}`) ? t(`policyField.${key as 'up'}`) : last;
    if (place < 0) return name;
    const row = rowOf(parts[place - 1] ?? '', Number(parts[place]));
    return key === '' ? row : t('policyPage.cell', { row, name });
  };
}
