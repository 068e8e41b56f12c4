import { useTranslation } from 'react-i18next';

/** A level's name; higher ones than have a name go by their number. */
export function useLevelWord(): (level: number) => string {
  const { t } = useTranslation('supervision');
  return (level) =>
    level >= 1 && level <= 4 ? t(`level.${level as 1 | 2 | 3 | 4}`) : t('level.other', { level });
}
