import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export type Words = {
  count: (value: number) => string;
  /** A share from 0 to 1 as a percentage; `—` when there is no base. */
  share: (value: number | null) => string;
  days: (value: number | null) => string;
  decimal: (value: number) => string;
  signed: (value: number) => string;
  /** A difference of two shares in percentage points, signed. */
  points: (value: number) => string;
};

/** Numbers as the chosen language writes them. */
export function useWords(): Words {
  const { t, i18n } = useTranslation('rollup');
  const { language } = i18n;
  return useMemo(() => {
    const format = (options: Intl.NumberFormatOptions) => {
      const formatter = new Intl.NumberFormat(language, options);
      return (value: number): string => formatter.format(value);
    };
    const percent = format({ style: 'percent', maximumFractionDigits: 1 });
    const one = format({ maximumFractionDigits: 1 });
    const signedOne = format({ maximumFractionDigits: 1, signDisplay: 'exceptZero' });
    return {
      count: format({}),
      share: (value) => (value === null ? t('figures.none') : percent(value)),
      days: (value) => (value === null ? t('figures.none') : one(value)),
      decimal: one,
      signed: format({ signDisplay: 'exceptZero' }),
      points: (value) => t('figures.points', { points: signedOne(value * 100) }),
    };
  }, [t, language]);
}
