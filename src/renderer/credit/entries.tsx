import { useTranslation } from 'react-i18next';
import type { CreditDetail } from '../../contract/workstation/credit.ts';
import type { CreditState } from '../../domain/credit/index.ts';
import { FactButton } from './fact-form.tsx';

/** What was entered for and against the merchant by hand: each is somebody's decision, and says whose. */
export function Entries({ credit, state }: { credit: CreditDetail; state: CreditState }) {
  const { t } = useTranslation('credit');
  const { awards, penalties, listings, patrols } = state;
  if (awards.length + penalties.length + listings.length + patrols.length === 0) return null;
  const isOver = ({ entryId, ended }: { entryId: string; ended: unknown }): boolean =>
    ended !== null || credit.over.includes(entryId);
  const known = (text: string | null): string => text ?? t('entries.unknown');
  return (
    <section aria-label={t('entries.title')}>
      <h3>{t('entries.title')}</h3>
      <ul className="heshi-reasons">
        {listings.map(({ entryId, listing, number, organ, on, ended }) => (
          <li key={entryId}>
            {t('entries.listing', {
              name: t(`choice.${listing}`),
              number: known(number),
              organ: known(organ),
              on: known(on),
            })}
            {isOver({ entryId, ended }) ? ` · ${t('entries.ended')}` : null}
            {!isOver({ entryId, ended }) && credit.can.decide ? (
              <FactButton credit={credit} type="listing-ended" of={{ listingId: entryId }} />
            ) : null}
          </li>
        ))}
        {penalties.map(({ entryId, class: of, number, organ, on, ended }) => (
          <li key={entryId}>
            {t('entries.penalty', { number: `${number} ${t(`choice.${of}`)}`, organ, on })}
            {isOver({ entryId, ended }) ? ` · ${t('entries.ended')}` : null}
            {!isOver({ entryId, ended }) && credit.can.decide ? (
              <FactButton credit={credit} type="penalty-ended" of={{ penaltyId: entryId }} />
            ) : null}
          </li>
        ))}
        {awards.map(({ entryId, title, organ, on }) => (
          <li key={entryId}>{t('entries.award', { title, organ, on })}</li>
        ))}
        {patrols.map(({ entryId, items, clear, on }) => (
          <li key={entryId}>{t('entries.patrol', { items, clear, on })}</li>
        ))}
      </ul>
    </section>
  );
}
