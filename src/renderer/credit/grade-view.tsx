import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import type { CreditState, GradeOnRecord } from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { toneOf, useCreditWords } from './words.ts';

type Props = { credit: CreditDetail; state: CreditState; grade: GradeOnRecord };

/** How many earlier grades are shown: enough to see where it goes. */
const MOST_EARLIER = 6;

/** The grade itself, how sure it is, and the merchant's reply beside it. */
export function GradeView({ credit, state, grade }: Props) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const { low, high, worst, best } = grade.interval;
  const earlier = state.past
    .filter(({ grade: given }) => given !== null)
    .slice(0, MOST_EARLIER)
    .map(({ month, grade: given, points }) => t('earlierOne', { month, grade: given, points }));
  return (
    <div>
      <div className="heshi-row">
        {grade.grade === null ? (
          <StatusTag tone="neutral">{t('notRated')}</StatusTag>
        ) : (
          <>
            <strong className="heshi-grade-letter">{grade.grade}</strong>
            <StatusTag tone={toneOf(grade.grade)}>{words.nameOf(grade.grade)}</StatusTag>
            <span>{t('points', { points: grade.points, highest: credit.policy?.scale.highest ?? '—' })}</span>
          </>
        )}
        {credit.pending === null ? null : (
          <StatusTag tone="warning">
            {t(credit.pending === 'objection' ? 'pending' : 'recomputing')}
          </StatusTag>
        )}
        <span className="heshi-push">{t('month', { month: grade.month })}</span>
      </div>
      {grade.grade === null ? (
        <p>{t('notRatedText', { matters: grade.matters, least: credit.policy?.leastMatters ?? '—' })}</p>
      ) : (
        <p>
          {t(worst === best ? 'intervalOne' : 'interval', {
            low,
            high,
            worst: words.grade(worst),
            best: words.grade(best),
          })}
        </p>
      )}
      <p>
        {grade.category === null ? null : `${t('category', { name: words.category(grade.category) })} · `}
        {t('policy', { version: grade.policyVersion })}
        {grade.policyVersion === 1 ? ` · ${t('shipped')}` : null}
      </p>
      {earlier.length === 0 ? null : <p>{t('earlier', { grades: earlier.join(' · ') })}</p>}
      {credit.override ? (
        <Alert
          type="info"
          showIcon
          title={t('override', {
            grade: words.grade(credit.override.grade),
            until: credit.override.until,
          })}
          description={t('overrideBy', {
            reason: credit.override.reason,
            proposer: credit.override.proposed.name,
            confirmer: credit.override.confirmed?.name ?? '',
          })}
        />
      ) : null}
      {credit.disputed ? (
        <Alert
          type="warning"
          showIcon
          title={t('pendingText')}
          description={credit.deciding ? t('decideBy', { day: words.day(credit.deciding) }) : undefined}
        />
      ) : null}
      {credit.pending === 'correction' ? (
        <Alert type="warning" showIcon title={t('recomputingText')} />
      ) : null}
      {state.reRating ? <p>{t('reRating', { text: state.reRating.text })}</p> : null}
      {state.reply ? (
        <section aria-label={t('reply.title')} className="heshi-reply">
          <h3>{t('reply.title')}</h3>
          <p className="heshi-as-typed">{state.reply.text}</p>
          <p>{t('reply.by', { name: state.reply.by.name, day: businessDay(state.reply.by.at) })}</p>
        </section>
      ) : null}
    </div>
  );
}
