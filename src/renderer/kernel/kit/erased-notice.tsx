import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Erasable } from '../../../domain/kernel/event/erasure.ts';
import { exactTime } from '../components/when.tsx';

/** Says of a record why three stars stand where somebody's name stood; nothing of one that is whole. */
export function ErasedNotice({ erased }: Pick<Erasable, 'erased'>) {
  const { t } = useTranslation('common');
  if (erased === undefined) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t(`erased.${erased.cause}`, { at: exactTime(erased.at) })}
      description={t('erased.left')}
    />
  );
}
