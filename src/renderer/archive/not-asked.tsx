import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NotAsked } from '../../contract/workstation/archive.ts';

/** How long until a question that found no line is put again. */
export const AGAIN_MS = 5_000;

/** When a question that was not asked may be put again by itself, or false. */
export function askedAgainIn(answer: { kind: string } | NotAsked | undefined): number | false {
  if (answer?.kind !== 'not-asked' || !('reason' in answer)) return false;
  return answer.reason === 'offline' ? AGAIN_MS : false;
}

/** Why the centre was not asked: offline is no error, only how things are. */
export function NotAskedNotice({ answer }: { answer: NotAsked }) {
  const { t } = useTranslation('archive');
  const minutes = answer.reason === 'too-often' ? Math.ceil(answer.retryAfterSeconds / 60) : 0;
  return (
    <Alert
      type={answer.reason === 'offline' ? 'info' : 'warning'}
      showIcon
      role="status"
      title={t(answer.reason, { minutes })}
    />
  );
}
