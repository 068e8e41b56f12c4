import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldIssue } from '../../../contract/workstation/errors.ts';
import { intoView } from './into-view.ts';
import { useWording } from './wording.ts';

/** The last part of a path that is a name: `proposals.0.text` is about a text. */
const nameOf = (field: string): string => field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';

/** Words an issue that has no field on the screen: what it is about, and the rule. */
export function useIssueWords(): (issue: FieldIssue) => string {
  const { t, i18n } = useTranslation('common');
  const word = useWording();
  return (issue) => {
    const name = nameOf(issue.field);
    const rule = word(issue);
    if (name === '') return rule;
    const field = i18n.exists(`common:entered.${name}`)
      ? t(`entered.${name}` as 'entered.text')
      : t('entered.other');
    return t('issue', { field, rule });
  };
}

/** What a form's schema or a rule refuses and no field of the form shows. */
export function LooseIssues({ issues }: { issues: readonly FieldIssue[] }) {
  const { t } = useTranslation('errors');
  const word = useIssueWords();
  if (issues.length === 0) return null;
  return (
    <div ref={intoView}>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t('codes.INPUT_INVALID')}
        description={
          <ul className="heshi-flush">
            {issues.map((issue) => (
              <li key={`${issue.field}:${issue.rule}`}>{word(issue)}</li>
            ))}
          </ul>
        }
      />
    </div>
  );
}
