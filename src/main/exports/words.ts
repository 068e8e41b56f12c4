import en from './messages/en.ts';
import zh, { type ExportMessages } from './messages/zh-CN.ts';

export type ExportLanguage = 'zh-CN' | 'en';

export function messagesOf(language: ExportLanguage): ExportMessages {
  return language === 'en' ? en : zh;
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
