import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { asApiError } from '../api/errors.ts';
import { useWording } from './wording.ts';

/** What happened, what was kept, and what to do next. */
export function ErrorNotice({ error, kept = true }: { error: unknown; kept?: boolean }) {
  const { t } = useTranslation('errors');
  const word = useWording();
  const failure = asApiError(error);
  const known =
    ['UNEXPECTED', 'HOST_UNREACHABLE'].includes(failure.code) ||
    failure.code in t('codes', { returnObjects: true });
  const code = known ? failure.code : 'UNEXPECTED';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(`codes.${code}`)}
      description={
        <>
          {failure.rule ? <p>{word(failure.rule)}</p> : null}
          {failure.issues.length > 0 && !failure.rule ? (
            <ul>
              {failure.issues.map((issue) => (
                <li key={`${issue.field}:${issue.rule}`}>{word(issue)}</li>
              ))}
            </ul>
          ) : null}
          <p style={{ margin: 0 }}>
            {t(`next.${code}`)}
            {kept ? ` ${t('kept')}` : ''}
          </p>
        </>
      }
    />
  );
}
