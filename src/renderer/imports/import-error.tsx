import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { asApiError } from '../kernel/api/errors.ts';
import { ErrorNotice } from '../kernel/components/error-notice.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

/** Why a file cannot be read, in the words of the file; any other error as everywhere. */
export function ImportError({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation('imports');
  const say = useDataWords();
  const { rule } = asApiError(error);
  if (rule === null || !i18n.exists(`imports:fileRule.${rule.rule}`)) return <ErrorNotice error={error} />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('choose.failed')}
      description={say(`imports:fileRule.${rule.rule}`, rule.parameters)}
    />
  );
}
