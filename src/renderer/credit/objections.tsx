import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import type { CreditState } from '../../domain/credit/index.ts';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { FactButton } from './fact-form.tsx';
import { useCreditWords } from './words.ts';

/** Objections and what became of them, the latest first. */
export function Objections({ credit, state }: { credit: CreditDetail; state: CreditState }) {
  const { t } = useTranslation('credit');
  const words = useCreditWords();
  const filing = state.grade !== null && !credit.disputed ? credit.filing : null;
  if (state.objections.length === 0 && filing === null) return null;
  return (
    <section aria-label={t('objection.title')}>
      <h3>{t('objection.title')}</h3>
      {filing ? <p>{t('objection.file', { day: words.day(filing.usual) })}</p> : null}
      <ul className="heshi-reasons">
        {state.objections.toReversed().map(({ objectionId, text, made, extended, decided }) => (
          <li key={objectionId}>
            <span className="heshi-as-typed">{text}</span>
            <div>{t('objection.made', { name: made.name, day: businessDay(made.at) })}</div>
            {extended ? <div>{t('objection.extended', { reason: extended.reason })}</div> : null}
            {decided ? (
              <div>
                {t(decided.upheld ? 'objection.upheld' : 'objection.dismissed', { reason: decided.reason })}
                {' · '}
                {t('objection.decided', { name: decided.name, day: businessDay(decided.at) })}
              </div>
            ) : credit.can.decide ? (
              <div className="heshi-row">
                <FactButton credit={credit} type="objection-decided" of={{ objectionId }} primary />
                {extended ? null : (
                  <FactButton credit={credit} type="objection-extended" of={{ objectionId }} />
                )}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
