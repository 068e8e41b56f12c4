import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DisclosedItems } from '../../contract/centre/disclosure.ts';
import type { ConsentedDetail } from '../../contract/workstation/finance.ts';
import { CONSENT_ITEMS, type ConsentItem } from '../../domain/finance/index.ts';
import { useCreditWords } from '../credit/index.ts';
import { useCodeWords } from '../kernel/components/code-words.ts';
import { StatusTag } from '../kernel/components/status-tag.tsx';
import { exactSecond } from '../kernel/components/when.tsx';
import { useDataWords } from '../kernel/kit/data-words.ts';

type Products = Pick<ConsentedDetail, 'products'>;
type Words = { [Item in ConsentItem]: (told: NonNullable<DisclosedItems[Item]>) => ReactNode };

/** What the centre told under a consent: each kind of data that it covers, and no other. */
export function Told({ at, items, products }: { at: string; items: DisclosedItems } & Products) {
  const { t } = useTranslation('finance');
  const words = useToldWords(products);
  const shown = CONSENT_ITEMS.flatMap((item) => {
    const told = items[item];
    // Each kind's own words, with what was told of that kind.
    const say = words[item] as (told: unknown) => ReactNode;
    return told === undefined ? [] : [{ key: item, label: t(`item.${item}`), children: say(told) }];
  });
  return (
    <section aria-label={t('bank.told')} className="heshi-told">
      <Descriptions size="small" bordered column={1} items={shown} />
      <p className="heshi-note">{t('bank.toldAt', { time: exactSecond(at) })}</p>
    </section>
  );
}

function useToldWords(products: Products['products']): Words {
  const { t, i18n } = useTranslation('finance');
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const codes = useCodeWords();
  const credit = useCreditWords();
  const say = useDataWords();
  const names = new Map(products.map(({ code, name }) => [code, name[language]]));
  const graded = (grade: string | null, state: string, month: string | null): string =>
    grade === null ? t(`bank.state.${state as 'pending'}`) : `${credit.grade(grade)} (${month})`;
  return {
    identity: ({ name, creditCode, category }) =>
      [name, creditCode, codes.word('merchantCategory', category)].filter(Boolean).join(' · '),
    grade: ({ grade, state, month }) => graded(grade, state, month),
    points: ({ points, state, reasons }) =>
      points === null ? (
        t(`bank.state.${state === 'graded' ? 'byHand' : state}`)
      ) : (
        <>
          {points}
          {reasons.map(({ code, lost }) => (
            <div key={code} className="heshi-note">
              {t('bank.lost', { what: credit.indicator(code), lost })}
            </div>
          ))}
        </>
      ),
    promise: ({ inForce, windowDays }) =>
      inForce ? t('bank.promise', { days: windowDays }) : t('bank.noPromise'),
    'source-resolution': ({ good, bad, perMille }) =>
      perMille === null
        ? t('bank.noDisputes')
        : t('bank.source', { share: perMille / 10, good, all: good + bad }),
    'standing-records': ({ listings, penalties }) =>
      listings.length + penalties.length === 0 ? (
        t('bank.noRecords')
      ) : (
        <>
          {listings.map((code) => (
            <div key={code}>{say(`finance:listing.${code}`)}</div>
          ))}
          {penalties.map((one) => (
            <div key={one.number}>
              {one.on} · {one.organ} · {one.number} · {say(`sanctions:class.${one.class}`)}
            </div>
          ))}
        </>
      ),
    'months-in-business': ({ establishedOn, months }) =>
      months === null ? t('licence.none') : t('bank.months', { months, day: establishedOn }),
    qualification: ({ products: judged }) => (
      <ul className="heshi-finance-missing">
        {judged.map(({ code, qualifies }) => (
          <li key={code}>
            {names.get(code) ?? code}{' '}
            <StatusTag tone={qualifies ? 'good' : 'neutral'}>
              {t(qualifies ? 'products.yes' : 'products.no')}
            </StatusTag>
          </li>
        ))}
      </ul>
    ),
    whitelist: ({ listed, since }) => (listed ? t('bank.listed', { day: since }) : t('whitelist.off')),
  };
}
