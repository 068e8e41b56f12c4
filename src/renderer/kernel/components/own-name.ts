import type { Settings } from '../../../contract/workstation/settings.ts';

/** A language as it calls itself: a person who reads no other has to find it. */
export function ownName(language: Settings['language']): string {
  const [code = language] = language.split('-');
  return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? language;
}
