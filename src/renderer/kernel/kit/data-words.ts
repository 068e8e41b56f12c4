import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * Words for a key that data names, such as `returns:goods.shoes-and-bags`: its namespace, a colon, and the key. The type checker
 * cannot know such a key; a code of a newer release that has no words here is shown as it is.
 */
export function useDataWords(): (key: string, parameters?: Record<string, string | number>) => string {
  const { i18n } = useTranslation();
  return useCallback(
    (key, parameters = {}) =>
      i18n.exists(key)
        ? i18n.t(key as 'common:yes', parameters)
        : key.slice(Math.max(key.lastIndexOf('.'), key.indexOf(':')) + 1),
    [i18n],
  );
}
