import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asApiError } from '../api/errors.ts';
import { useWording } from './wording.ts';

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
  const word = useWording();
  const failure = asApiError(error);
  const code = i18n.exists(`errors:codes.${failure.code}`) ? failure.code : 'UNEXPECTED';
  const centre = failure.code === 'CENTRE_REFUSED' && i18n.exists(`errors:centre.${failure.detail}`);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(`codes.${code}`)}
      action={action}
      description={
        <>
          {centre ? <p>{t(`centre.${failure.detail}` as 'centre.CODE_USED')}</p> : null}
          {failure.rule ? <p>{word(failure.rule)}</p> : null}
          {failure.issues.length > 0 && !failure.rule ? (
            <ul>
              {failure.issues.map((issue) => (
                <li key={`${issue.field}:${issue.rule}`}>{word(issue)}</li>
              ))}
            </ul>
          ) : null}
          <p className="heshi-flush">
            {t(`next.${code}`)}
            {kept ? ` ${t('kept')}` : ''}
          </p>
        </>
      }
    />
  );
}
