import { mapPrivateUse } from './characters.ts';

/**
 * What a keyboard or a copied cell may hide: full-width digits and letters, ideographic and no-break
 * spaces, zero-width characters, private-use characters of old systems. Compatibility forms become plain ones; the
 * meaning stays.
 */
export function normaliseTyped(text: string): string {
  return mapPrivateUse(text)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
