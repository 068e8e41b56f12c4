import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '../api/errors.ts';
import { intoView } from './into-view.ts';
import { useIssueWords } from './issue-notice.tsx';

/** What happened, what was kept, and what to do next. */
export function ErrorNotice({
  error,
  kept = true,
  action,
}: {
  error: unknown;
  kept?: boolean;
  action?: ReactNode;
}) {
  const { t, i18n } = useTranslation('errors');
  const wordIssue = useIssueWords();
  const failure = asApiError(error);
  const code = i18n.exists(`errors:codes.${failure.code}`) ? failure.code : 'UNEXPECTED';
  const centre = failure.code === 'CENTRE_REFUSED' && i18n.exists(`errors:centre.${failure.detail}`);
  return (
    <div ref={intoView}>
      <Alert
        type="error"
        showIcon
        role="alert"
        title={t(`codes.${code}`, failure.figures)}
        action={action}
        description={
          <>
            {centre ? <p>{t(`centre.${failure.detail}` as 'centre.CODE_USED')}</p> : null}
            {failure.rule ? <p>{wordIssue(failure.rule)}</p> : null}
            {failure.issues.length > 0 && !failure.rule ? (
              <ul>
                {failure.issues.map((issue) => (
                  <li key={`${issue.field}:${issue.rule}`}>{wordIssue(issue)}</li>
                ))}
              </ul>
            ) : null}
            <p className="heshi-flush">
              {kept
                ? t('nextAndKept', { next: t(`next.${code}`, failure.figures), kept: t('kept') })
                : t(`next.${code}`, failure.figures)}
            </p>
          </>
        }
      />
    </div>
  );
}
