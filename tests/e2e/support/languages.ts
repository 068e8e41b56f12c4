import { FULL } from '../../support/full.ts';
import { LANGUAGES, type Language } from '../pages/words.ts';

const DAY_MS = 86_400_000;

/** The languages of the stories that this run tells in one of them only: others the next day. */
export function languageOfTheDay(story: string, now: Date): Language {
  const day = Math.floor(now.getTime() / DAY_MS);
  // From its name, so that on each day about half of the stories are told in each language.
  const turn = Array.from(story).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), day);
  return LANGUAGES[turn % LANGUAGES.length] ?? 'zh-CN';
}

/**
 * The languages in which a story is told: all of them in `npm run test:full` or where HESHI_LANGUAGES is `all`, and otherwise one,
 * in turn from day to day. What a story does is the same in each; that every screen is there in each, complete and accessible, is
 * tried in each run (`screens.test.ts`).
 */
export function languagesOf(story: string, now = new Date()): readonly Language[] {
  if (FULL || process.env['HESHI_LANGUAGES'] === 'all') return LANGUAGES;
  return [languageOfTheDay(story, now)];
}
