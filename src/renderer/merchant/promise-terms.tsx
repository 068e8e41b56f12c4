import { useTranslation } from 'react-i18next';
import type { MerchantCommitment } from '../../domain/merchant/commitments.ts';
import { startRuleOf } from '../../domain/return/index.ts';
import { useDataWords } from '../kernel/kit/data-words.ts';

type Terms = Pick<
  MerchantCommitment,
  | 'windowStartsNextDay'
  | 'startRule'
  | 'goods'
  | 'excludedGoods'
  | 'conditions'
  | 'giftRule'
  | 'freightRule'
  | 'group'
  | 'note'
>;

/** What a promise says besides its days: from when they count, for which goods, what of gifts and the way back. */
export function PromiseTermsList({ terms }: { terms: Terms }) {
  const { t } = useTranslation('merchants');
  const { t: tReturns } = useTranslation('returns');
  const say = useDataWords();
  const named = (codes: readonly string[]): string =>
    codes.map((code) => say(`returns:goods.${code}`)).join(tReturns('comma'));
  const rules = [
    t(`terms.start.${startRuleOf(terms)}`),
    ...(terms.giftRule === undefined ? [] : [t(`terms.gift.${terms.giftRule}`)]),
    ...(terms.freightRule === undefined ? [] : [t(`terms.freight.${terms.freightRule}`)]),
  ];
  return (
    <>
      <div>{rules.join(' · ')}</div>
      {terms.goods ? <div>{t('terms.goods', { goods: named(terms.goods) })}</div> : null}
      <div>
        {terms.excludedGoods.length === 0
          ? t('page.excludedNone')
          : t('page.excluded', { goods: named(terms.excludedGoods) })}
      </div>
      {terms.conditions ? (
        <div className="heshi-as-typed">{t('terms.conditions', { conditions: terms.conditions })}</div>
      ) : null}
      {terms.group ? (
        <div>
          {t('terms.group', {
            name: terms.group.name,
            shops: terms.group.shops.map(({ name }) => name).join(tReturns('comma')),
          })}
        </div>
      ) : null}
      {terms.note === null ? null : (
        <div>
          {t('page.note')} · {terms.note}
        </div>
      )}
    </>
  );
}
