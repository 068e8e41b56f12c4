import i18next from 'i18next';
import { indicator as enIndicators } from '../../words/credit/en.ts';
import { indicator as zhIndicators } from '../../words/credit/zh-CN.ts';
import { promise as enPromise } from '../../words/merchant/en.ts';
import { promise as zhPromise } from '../../words/merchant/zh-CN.ts';
import * as enPublic from '../../words/public/en.ts';
import * as zhPublic from '../../words/public/zh-CN.ts';
import { goods as enGoods } from '../../words/return/en.ts';
import { goods as zhGoods } from '../../words/return/zh-CN.ts';
import type { Wording } from '../../domain/procedure/index.ts';
import type { Language } from './language.ts';

const chinese = { ...zhPublic, promise: zhPromise };
type Catalogue = typeof chinese;
type Paths<Tree, Prefix extends string = ''> = {
  [Key in keyof Tree & (string | number)]: Tree[Key] extends string
    ? `${Prefix}${Key}`
    : Paths<Tree[Key], `${Prefix}${Key}.`>;
}[keyof Tree & (string | number)];
/** A wording by its place: `shop.from`. A key that no catalogue has does not compile. */
export type WordKey = Paths<Catalogue>;

/** What a page says in one language. */
export type Say = {
  (key: WordKey, values?: Readonly<Record<string, string | number>>): string;
  language: Language;
  /** A wording of data, in this language. */
  of(wording: Wording): string;
  /** Kinds of goods by name; a code that this release does not know stands as it is. */
  goods(codes: readonly string[]): string;
  /** Names one behind the other. */
  list(names: readonly string[]): string;
  /** What is counted, by its code. */
  indicator(code: string): string;
};

const instance = i18next.createInstance();
void instance.init({
  resources: {
    'zh-CN': { translation: chinese },
    en: { translation: { ...enPublic, promise: enPromise } },
  },
  fallbackLng: 'zh-CN',
  // Catalogues are given, nothing is loaded: ready when this returns.
  initAsync: false,
  // The template escapes all that it is given.
  interpolation: { escapeValue: false },
});

const named = (names: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(names, code) ? (names[code] ?? code) : code;

/** The words of one language. */
export function sayIn(language: Language): Say {
  const translate = instance.getFixedT(language);
  const isChinese = language === 'zh-CN';
  const list = (names: readonly string[]): string => names.join(isChinese ? '\u3001' : ', ');
  return Object.assign(
    // `replace` keeps what a person typed apart from i18next's own options.
    (key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
      translate(key, { replace: values }),
    {
      language,
      list,
      of: (wording: Wording) => (isChinese ? wording.zh : wording.en),
      goods: (codes: readonly string[]) =>
        list(codes.map((code) => named(isChinese ? zhGoods : enGoods, code))),
      indicator: (code: string) => named(isChinese ? zhIndicators : enIndicators, code),
    },
  );
}
