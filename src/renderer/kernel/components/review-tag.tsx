import { useTranslation } from 'react-i18next';
import type { Review } from '../../../domain/case/index.ts';
import { StatusTag } from './status-tag.tsx';

/** What a review said; null while it is still to be made. */
export function ReviewTag({ result }: { result: Review['result'] | null }) {
  const { t } = useTranslation('supervision');
  if (result === null) return <StatusTag tone="neutral">{t('review.pending')}</StatusTag>;
  return <StatusTag tone={result === 'sound' ? 'good' : 'warning'}>{t(`review.${result}`)}</StatusTag>;
}
