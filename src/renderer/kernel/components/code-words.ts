import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  entriesOf,
  type CodeEntry,
  type Ground,
  type Procedure,
  codeEntry,
} from '../../../domain/procedure/index.ts';
import { useRules } from '../app/rules.tsx';

type List = Parameters<typeof entriesOf>[1];
export type CodeOption = { value: string; label: string };

export type CodeWords = {
  /** The word of a code; the code itself where no version known here has it. */
  word: (list: List, code: string) => string;
  /** The codes of a list that may still be chosen, with `kept` although it is retired. */
  options: (list: List, kept?: string | null) => CodeOption[];
  /** All codes of a list, retired ones too: what is on record is found by them. */
  all: (list: List) => CodeOption[];
};

const isGround = (entry: CodeEntry | Ground): entry is Ground => 'article' in entry;

/**
 * Codes in the words of one version of the procedure: of the case that is shown, or of what is in force where there
 * is none. Grounds carry their article.
 */
export function useCodeWords(procedure?: Procedure): CodeWords {
  const { rules, unitPath, day, current, say } = useRules();
  const { t } = useTranslation('common');
  return useMemo(() => {
    const own = procedure ?? current;
    const label = (entry: CodeEntry | Ground): string =>
      isGround(entry)
        ? t('code.withArticle', { name: say(entry.name), article: say(entry.article) })
        : say(entry.name);
    return {
      word: (list, code) => {
        const entry = codeEntry(rules, unitPath, day, list, code, own);
        return entry ? label(entry) : code;
      },
      options: (list, kept) =>
        entriesOf(own, list)
          .filter((entry) => entry.active || entry.code === kept)
          .map((entry) => ({ value: entry.code, label: label(entry) })),
      all: (list) => entriesOf(own, list).map((entry) => ({ value: entry.code, label: label(entry) })),
    };
  }, [procedure, current, rules, unitPath, day, say, t]);
}
