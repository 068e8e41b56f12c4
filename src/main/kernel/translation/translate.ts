import i18next from 'i18next';
import { words, type Language, type Words } from '../../../words/index.ts';

type Paths<Tree, Prefix extends string> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Prefix}${Key}`
    : Paths<Tree[Key], `${Prefix}${Key}.`>;
}[keyof Tree & string];

/** A wording by its place: `room:group.key`. A key that no catalogue has does not compile. */
export type WordKey = { [Room in keyof Words]: Paths<Words[Room], `${Room}:`> }[keyof Words];

/** The wording in one language, its `{{holes}}` filled with the values. */
export type Translate = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

// An instance of its own: the screens, which have one with React, run in the same process in tests.
const instance = i18next.createInstance();
void instance.init({
  resources: words,
  fallbackLng: 'zh-CN',
  // Catalogues are given, nothing is loaded: ready when this returns.
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** The words of one language. Several may be asked at once: the language is a workstation's setting, not the process's. */
export function translator(language: Language): Translate {
  const translate = instance.getFixedT(language);
  // `replace` keeps what a person typed or a file is called apart from i18next's own options.
  return (key, values = {}) => translate(key, { replace: values });
}
