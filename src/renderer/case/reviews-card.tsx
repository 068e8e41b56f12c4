import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../contract/workstation/case.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { ReviewTag } from '../kernel/components/review-tag.tsx';

/** What reviews after closing said, newest first: the handling unit's people see it here. */
export function ReviewsCard({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation('supervision');
  const { reviews = [] } = detail.state;
  if (reviews.length === 0) return null;
  const nameOf = (path: string): string =>
    detail.timeline.find((entry) => entry.unitPath === path)?.unitName ?? path;
  return (
    <Card size="small" title={t('review.title')}>
      <ul className="heshi-plain-list" aria-label={t('review.title')}>
        {reviews.toReversed().map(({ at, byName, unitPath, result, text }) => (
          <li key={`${at} ${unitPath}`}>
            <ReviewTag result={result} /> {text}
            <div className="heshi-hint">
              {t('review.by', { name: byName, unit: nameOf(unitPath), day: businessDay(at) })}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
