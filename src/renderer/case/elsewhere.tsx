import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RepeatElsewhere } from '../../contract/centre/repeats.ts';
import type { RepeatsElsewhere } from '../../contract/workstation/search.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { yuan } from '../kernel/components/money.tsx';

const AGAIN_MS = 5_000;

/** Asks of other units' records, and again by itself once that may be answered. */
export function useElsewhere(
  key: readonly unknown[],
  ask: () => Promise<RepeatsElsewhere>,
  enabled: boolean,
): RepeatsElsewhere | null {
  const found = useQuery({
    queryKey: ['repeats', 'elsewhere', ...key],
    queryFn: ask,
    enabled,
    refetchInterval: ({ state: { data } }) => {
      if (data?.kind !== 'not-asked') return false;
      if (data.reason === 'too-often') return Math.max(AGAIN_MS, data.retryAfterSeconds * 1000);
      return data.reason === 'offline' ? AGAIN_MS : false;
    },
  });
  return (enabled && found.data) || null;
}

/** True when there is something to be said, be it that nobody was asked. */
export function saysSomething(found: RepeatsElsewhere | null): boolean {
  if (found === null) return false;
  if (found.kind === 'not-asked') return found.reason !== 'no-number';
  return found.answer.facts.cases > 0 || found.answer.facts.returns > 0;
}

/** What other units know of the consumer, or why they were not asked: facts in one voice, however many. */
export function ElsewhereFacts({ found }: { found: RepeatsElsewhere }) {
  const { t } = useTranslation('finding');
  if (found.kind === 'not-asked') {
    if (found.reason === 'no-number') return null;
    const minutes = found.reason === 'too-often' ? Math.ceil(found.retryAfterSeconds / 60) : 0;
    return <p role="status">{t(`elsewhere.${found.reason}`, { minutes })}</p>;
  }
  const { cases, facts } = found.answer;
  const { days } = facts;
  if (facts.cases === 0 && facts.returns === 0) return <p>{t('elsewhere.none', { days })}</p>;
  return (
    <>
      <strong>{t('elsewhere.title')}</strong>
      <p>
        {t('elsewhere.facts', {
          days,
          cases: facts.cases,
          merchants: facts.merchants,
          returns: facts.returns,
          claimed: yuan(facts.claimedFen),
        })}
      </p>
      {cases.length > 0 ? (
        <ul aria-label={t('elsewhere.list')} className="heshi-facts-list">
          {cases.map((one, place) => (
            <li key={place}>
              <Case of={one} />
            </li>
          ))}
        </ul>
      ) : null}
      {facts.cases > cases.length ? (
        <p className="heshi-hint">{t('elsewhere.more', { shown: cases.length })}</p>
      ) : null}
      <p className="heshi-hint">{t('elsewhere.privacy')}</p>
    </>
  );
}

function Case({ of: { unitName, day, object, sameMerchant, outcome } }: { of: RepeatElsewhere }) {
  const { t } = useTranslation('finding');
  const { word } = useCodeWords();
  const said = [
    day,
    unitName,
    word('object', object),
    ...(sameMerchant === null
      ? []
      : [t(sameMerchant ? 'elsewhere.sameMerchant' : 'elsewhere.otherMerchant')]),
    t(`elsewhere.outcome.${outcome}`),
  ];
  return <>{said.join(' · ')}</>;
}
