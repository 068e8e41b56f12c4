import { codeEntry, type CodeListName, type Rulebook } from '../../domain/procedure/index.ts';

import type { Language } from '../../words/index.ts';
import type { Translate } from '../kernel/translation/translate.ts';

/** The word of a code in the language of the export. */
export type CodeWord = (list: CodeListName, code: string) => string;

/** Codes in the words of the procedure where a unit lies; the code itself where no version known here has it. */
export function codeWords(rules: Rulebook, path: string, day: string, language: Language): CodeWord {
  return (list, code) =>
    codeEntry(rules, path, day, list, code)?.name[language === 'en' ? 'en' : 'zh'] ?? code;
}

/** A level's name; higher ones than are named go by their number. */
export function levelName(say: Translate, level: number): string {
  switch (level) {
    case 1:
    case 2:
    case 3:
    case 4:
      return say(`units:level.${level}`);
    default:
      return say('units:level.other', { level });
  }
}
