import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { sharedWords } from '../locales/index.ts';
import type { Language, RoomWords } from '../kit/manifest.ts';

/** What all rooms say in one language, by namespace. */
function resourcesIn(language: Language, rooms: readonly RoomWords[]): Record<string, object> {
  return Object.assign({}, ...[sharedWords, ...rooms].map((words) => words[language]));
}

/** zh-CN is the first language; English is complete (its files have the Chinese ones' shape by type). */
export async function startTranslation(language: Language, rooms: readonly RoomWords[]): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': resourcesIn('zh-CN', rooms), en: resourcesIn('en', rooms) },
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
