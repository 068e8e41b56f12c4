/** The languages of the public pages; Chinese first. */
export type Language = 'zh-CN' | 'en';

/** As it stands in an address: `?lang=en`. */
export const SHORT: Record<Language, string> = { 'zh-CN': 'zh', en: 'en' };

/** The language of an address, or else the one that the browser prefers of the two; Chinese where it says nothing of either. */
export function languageOf(named: string | undefined, accepted: string | undefined): Language {
  if (named === SHORT.en) return 'en';
  if (named === SHORT['zh-CN']) return 'zh-CN';
  let best: { language: Language; quality: number } = { language: 'zh-CN', quality: 0 };
  for (const part of (accepted ?? '').slice(0, 400).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = /^zh\b/.test(range) ? 'zh-CN' : /^en\b/.test(range) ? 'en' : null;
    const weight = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
    // One that cannot be read is none: it is not more than any.
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    // Of two that are liked alike the first one named.
    if (language !== null && quality > best.quality) best = { language, quality };
  }
  return best.language;
}
