import { useTranslation } from 'react-i18next';
import type { FieldIssue } from '../../../contract/workstation/errors.ts';

/** Words a rule in the user's language; a rule without words of its own is named by its code. */
export function useWording(): (issue: Pick<FieldIssue, 'rule' | 'parameters'>) => string {
  const { t, i18n } = useTranslation('rules');
  return ({ rule, parameters }) =>
    i18n.exists(`rules:${rule}`) ? t(rule as 'required', parameters ?? {}) : t('unnamed', { rule });
}
