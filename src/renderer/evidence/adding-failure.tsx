import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { asApiError } from '../kernel/api/errors.ts';
import { useWording } from '../kernel/components/wording.ts';
import type { Adding } from './use-adding.ts';

/** Which file was not added, by which rule or for what reason, and what to do. */
export function AddingFailure({ failed, onDismiss }: { failed: Adding; onDismiss: () => void }) {
  const { t, i18n } = useTranslation('errors');
  const evidence = useTranslation('evidence');
  const word = useWording();
  const { code, rule, issues } = asApiError(failed.error);
  const known = i18n.exists(`errors:codes.${code}`) ? code : 'UNEXPECTED';
  const why = [...(rule ? [rule] : issues)].map(word);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={evidence.t('failed', { name: failed.name })}
      description={why.length > 0 ? why.join(' ') : `${t(`codes.${known}`)} ${t(`next.${known}`)}`}
      closable={{ onClose: onDismiss, 'aria-label': evidence.t('dismiss', { name: failed.name }) }}
    />
  );
}
