import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShopAccount, ShopCredit } from '../../contract/workstation/shop.ts';
import { toneOf, useCreditWords } from '../credit/index.ts';
import { EmptyState } from '../kernel/components/empty-state.tsx';
import { StatusTag } from '../kernel/components/status-tag.tsx';

/** The shop's grade with its points, and what would move it. */
export function ShopGrade({ account: { merchantId, credit } }: { account: ShopAccount }) {
  const { t } = useTranslation('shop');
  return (
    <Card
      size="small"
      title={<h2>{t('credit.title')}</h2>}
      extra={credit ? <Link to={`/merchants/${merchantId}`}>{t('credit.details')}</Link> : null}
    >
      {credit ? (
        <Loaded credit={credit} />
      ) : (
        <EmptyState title={t('credit.none')} text={t('credit.noneText')} />
      )}
    </Card>
  );
}

function Loaded({ credit }: { credit: ShopCredit }) {
  const { t } = useTranslation('shop');
  const words = useCreditWords();
  const { grade, highest, leastMatters, pending, filing } = credit;
  return (
    <>
      <div className="heshi-row">
        {grade.grade === null ? (
          <span>{t('credit.notRated', { matters: grade.matters, least: leastMatters ?? '—' })}</span>
        ) : (
          <>
            <strong className="heshi-shop-grade">{grade.grade}</strong>
            <StatusTag tone={toneOf(grade.grade)}>{words.nameOf(grade.grade)}</StatusTag>
            <span>{t('credit.points', { points: grade.points, highest: highest ?? '—' })}</span>
          </>
        )}
        <span className="heshi-push">{t('credit.month', { month: grade.month })}</span>
      </div>
      {pending === null ? null : <Alert type="warning" showIcon title={t(`credit.pending.${pending}`)} />}
      {grade.noticeOn === null ? null : (
        <p className="heshi-muted">
          {t('credit.notice', { day: grade.noticeOn })}
          {filing === null ? null : ` · ${t('credit.filing', { day: words.day(filing) })}`}
        </p>
      )}
      <h3>{t('credit.helps')}</h3>
      <Helps credit={credit} />
    </>
  );
}

/** The facts that would help most, each with what one more gives and how many lead further. */
function Helps({ credit: { helps } }: { credit: ShopCredit }) {
  const { t } = useTranslation('shop');
  const words = useCreditWords();
  if (helps.length === 0) return <p>{t('credit.noHelps')}</p>;
  return (
    <ol className="heshi-shop-helps">
      {helps.map(({ indicator, gain, better, open }) => (
        <li key={indicator}>
          <strong>{words.indicator(indicator)}</strong>
          {' · '}
          {gain > 0 ? t('credit.gain', { count: gain }) : t('credit.gainLess')}
          {' · '}
          {better === null
            ? t('credit.far')
            : t('credit.better', { count: better.count, grade: words.grade(better.grade) })}
          {open > 0 ? <StatusTag tone="active">{t('credit.open', { count: open })}</StatusTag> : null}
        </li>
      ))}
    </ol>
  );
}
