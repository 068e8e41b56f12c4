import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReturnDetail } from '../../contract/workstation/return.ts';
import { Money, yuan } from '../kernel/components/money.tsx';
import { When } from '../kernel/components/when.tsx';

/** The case that the return became: with whom it is, or how it has ended. */
export function CaseNotice({ detail: { linkedCase }, caseId }: { detail: ReturnDetail; caseId: string }) {
  const { t } = useTranslation('returns');
  const { number = '', handlingName = '', end = null } = linkedCase ?? {};
  const said =
    linkedCase === null
      ? t('page.linkedCase')
      : end === null
        ? t('page.caseStands', { number, unit: handlingName })
        : end.agreedFen === null
          ? t('page.caseEnded', { number, outcome: t(`caseOutcome.${end.outcome}`) })
          : t('page.caseAgreed', {
              number,
              outcome: t(`caseOutcome.${end.outcome}`),
              amount: yuan(end.agreedFen),
            });
  return (
    <Alert
      type={end === null ? 'info' : 'success'}
      showIcon
      title={said}
      action={<Link to={`/cases/${caseId}`}>{t('page.openLinkedCase')}</Link>}
    />
  );
}

/** Until when it is to be decided; once that is past, what the consumer may do. */
export function DueNotice({ due: { days, dueAt, late } }: { due: NonNullable<ReturnDetail['due']> }) {
  const { t } = useTranslation('returns');
  return late ? (
    <Alert type="warning" showIcon title={t('page.overdue', { days })} description={t('page.overdueText')} />
  ) : (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {t('page.due', { days })} <When at={dueAt} />
        </>
      }
    />
  );
}

/** How the case ended, as it was taken over. */
export function Resolution({
  resolution: { outcome, agreedFen, by, at },
}: {
  resolution: NonNullable<ReturnDetail['state']['resolution']>;
}) {
  const { t } = useTranslation('returns');
  return (
    <Card size="small" title={<h2>{t('page.resolution')}</h2>}>
      <strong>{t(`caseOutcome.${outcome}`)}</strong>
      {agreedFen === null ? null : (
        <p className="heshi-follows">
          {t('page.agreed')} <Money fen={agreedFen} />
        </p>
      )}
      <p className="heshi-follows">
        {by} <When at={at} />
      </p>
    </Card>
  );
}

/** What somebody noted: facts, and where they can be seen. */
export function Notes({ notes }: { notes: NonNullable<ReturnDetail['state']['notes']> }) {
  const { t } = useTranslation('returns');
  return (
    <Card size="small" title={<h2>{t('page.notes')}</h2>}>
      <p className="heshi-hint">{t('page.notesHint')}</p>
      <ul className="heshi-bare-list">
        {notes.map(({ concern, facts, evidence, by, at }) => (
          <li key={`${at} ${facts}`}>
            <strong>{t(`concern.${concern}`)}</strong>
            <div className="heshi-as-typed">{facts}</div>
            <div className="heshi-note">
              {t('note.evidence')} · {evidence}
            </div>
            <div className="heshi-muted">
              {by} <When at={at} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
