import { codeEntry } from '../../domain/procedure/overview.ts';
import type { CodeListName } from '../../domain/procedure/procedure.ts';
import type { Rulebook } from '../../domain/procedure/rulebook.ts';
import en from './messages/en.ts';
import zh, { type ExportMessages } from './messages/zh-CN.ts';

export type ExportLanguage = 'zh-CN' | 'en';

/** The word of a code in the language of the export. */
export type CodeWord = (list: CodeListName, code: string) => string;

export function messagesOf(language: ExportLanguage): ExportMessages {
  return language === 'en' ? en : zh;
}

/** Codes in the words of the procedure where a unit lies; the code itself where no version known here has it. */
export function codeWords(rules: Rulebook, path: string, day: string, language: ExportLanguage): CodeWord {
  return (list, code) =>
    codeEntry(rules, path, day, list, code)?.name[language === 'en' ? 'en' : 'zh'] ?? code;
}

/** A wording with its `{holes}` filled. */
export function filled(wording: string, values: Record<string, string | number>): string {
  return wording.replaceAll(/\{(\w+)\}/g, (hole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : hole,
  );
}

/** A level's name; higher ones than are named go by their number. */
export function levelName(messages: ExportMessages, level: number): string {
  return Object.hasOwn(messages.levels, level)
    ? messages.levels[String(level) as keyof ExportMessages['levels']]
    : String(level);
}
