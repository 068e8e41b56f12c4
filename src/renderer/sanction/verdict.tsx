import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SanctionDetail } from '../../contract/workstation/sanction.ts';
import type { Eligibility } from '../../domain/sanction/index.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { toneOf, useSanctionWords } from './words.ts';

/** Whether a record may be repaired today, in a list. */
export function VerdictTag({ eligibility }: { eligibility: Eligibility }) {
  const words = useSanctionWords();
  return <StatusTag tone={toneOf(eligibility)}>{words.verdict(eligibility)}</StatusTag>;
}

/** The same, large, with the rule that says so and the record that stands in the way. */
export function VerdictCard({ detail }: { detail: SanctionDetail }) {
  const { t } = useTranslation('sanction');
  const words = useSanctionWords();
  const { eligibility, ends, regime, blocking, state } = detail;
  const blockedBy = eligibility.verdict === 'needs-duty' ? eligibility.blockedBy : [];
  const notBefore = eligibility.verdict === 'needs-duty' ? eligibility.notBefore : null;
  return (
    <div className="heshi-stack-s">
      <div className="heshi-sanction-verdict" role="status">
        {words.verdict(eligibility)}
      </div>
      {eligibility.verdict === 'to-be-looked-at' ? <div>{t(`look.${eligibility.why}`)}</div> : null}
      {notBefore === null ? null : <div>{t('page.notBefore', { day: notBefore })}</div>}
      {blockedBy.map(({ id, kind, article }) => {
        const record = blocking.find((one) => one.id === id);
        const title = record?.record ? record.title : t('page.creditEntry');
        return (
          <Alert
            key={id}
            type="warning"
            showIcon
            title={t('page.blockedBy', { kind: t(`kind.${kind}`) })}
            description={
              <>
                <div>
                  <Link to={record?.record ? `/sanctions/${id}` : `/merchants/${state.merchantId}`}>
                    {title}
                  </Link>
                </div>
                <div>{words.article(article)}</div>
              </>
            }
          />
        );
      })}
      {eligibility.rule === null ? null : (
        <div>
          {words.article(eligibility.rule.article)}{' '}
          <span className="heshi-muted">({t(`tag.${eligibility.rule.tag}`)})</span>
        </div>
      )}
      {state.ended === null ? (
        <div className="heshi-muted">
          {ends === null ? t('page.noEnd') : t('page.ends', { day: ends.day })}
        </div>
      ) : null}
      {eligibility.verdict === 'now' && eligibility.decision !== null ? (
        <div className="heshi-muted">
          {t('page.decision', { days: eligibility.decision.workingDays })} ·{' '}
          {words.article(eligibility.decision.article)}
        </div>
      ) : null}
      {regime === null ? null : (
        <div className="heshi-muted">
          {t('page.regime')} {words.article(regime.name)}
          {regime.conditions.length > 0 && state.ended === null ? (
            <ul>
              {regime.conditions.map((one) => (
                <li key={one.article.en}>{words.article(one.article)}</li>
              ))}
            </ul>
          ) : null}
        </div>
      )}
    </div>
  );
}
