import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { sharedWords } from '../locales/index.ts';
import type { Language, RoomWords } from '../kit/manifest.ts';

/** What all rooms say in one language, by namespace: one of their own each, and words for their rules in that of all, `rules`. */
export function wordsIn(language: Language, rooms: readonly RoomWords[]): Record<string, object> {
  const all: Record<string, object> = {};
  for (const words of [sharedWords, ...rooms])
    for (const [namespace, own] of Object.entries(words[language]))
      all[namespace] = { ...all[namespace], ...own };
  return all;
}

/** zh-CN is the first language; English is complete (its files have the Chinese ones' shape by type). */
export async function startTranslation(language: Language, rooms: readonly RoomWords[]): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': wordsIn('zh-CN', rooms), en: wordsIn('en', rooms) },
    lng: language,
    fallbackLng: 'zh-CN',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
