import { z } from 'zod';
import type { Fact } from '../kernel/event/event.ts';
import { illegal, legal, type Ruling } from '../kernel/event/ruling.ts';

/** Crockford's base 32: no letter that is read as a figure, so that a code can be typed from a card as well. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A hundred bits: nobody finds a shop by trying. */
const LENGTH = 20;

/**
 * By what the public finds a merchant: it says nothing of the merchant and leads to nobody else's. Another one takes its place
 * when a card is lost or was copied; the codes before it lead to a word about that.
 */
export const PublicCode = z.string().regex(new RegExp(`^[${ALPHABET}]{${LENGTH}}$`));

export const publicCodeSchemas = { 'public-code-issued@1': z.object({ code: PublicCode }) };

/** What a merchant's state says of its codes; absent where it never had one. */
export type PubliclyCoded = {
  /** Oldest first; the last one leads to the merchant. */
  publicCodes?: { code: string; at: string }[];
};

/** The code that leads to the merchant now; null before the first. */
export function publicCodeOf({ publicCodes = [] }: PubliclyCoded): string | null {
  return publicCodes.at(-1)?.code ?? null;
}

/** A new code, of as many random bytes as it has characters: the low five bits of each are one of them. */
export function publicCodeFrom(random: Uint8Array): string {
  return Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** How many random bytes a code takes. */
export const PUBLIC_CODE_BYTES = LENGTH;

/** A code as somebody typed it: in any case and width, with O for 0 and I or L for 1; null when it cannot be one. */
export function readPublicCode(text: string): string | null {
  const code = text
    .slice(0, 4 * LENGTH)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return PublicCode.safeParse(code).success ? code : null;
}

/** Gives a merchant its code, or another one. */
export function applyPublicCode<State extends PubliclyCoded>(
  state: State,
  { code }: z.infer<(typeof publicCodeSchemas)['public-code-issued@1']>,
  { at }: Pick<Fact, 'at'>,
): Ruling<State> {
  const earlier = state.publicCodes ?? [];
  if (earlier.some((one) => one.code === code)) return illegal('public-code-used', 'code');
  return legal({ ...state, publicCodes: [...earlier, { code, at }] });
}
