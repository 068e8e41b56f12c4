/** What is printed on a paper to know it by: its number, and the code made of all that it says. */
export type PrintedCode = { number: string; code: string };

const MARK = 'HESHI';
const CODE = /^[0-9A-F]{4}(-[0-9A-F]{4}){2}$/;

/**
 * The text of the QR code on a paper. Of plain letters, figures and signs only, for a hand scanner types what it reads as on
 * a keyboard, which has no others: `HESHI:HS-2026-1:0000-1111-2222`, other signs of a number as in an address.
 */
export function printedCode({ number, code }: PrintedCode): string {
  return `${MARK}:${encodeURIComponent(number)}:${code}`;
}

/** Where the public pages of a centre begin, below its address. */
export const PUBLIC_PATH = '/p';

/**
 * The text of the QR code on a shop's card where its workstation knows the centre's public address: any telephone opens it, and
 * a workstation reads number and code from it like from the other.
 */
export function publicCardAddress(
  publicUrl: string,
  publicCode: string,
  { number, code }: PrintedCode,
): string {
  return `${publicUrl}${PUBLIC_PATH}/s/${publicCode}?n=${encodeURIComponent(number)}&c=${code}`;
}

/** Where everybody looks up a paper or a return by its number and code. */
export function publicPaperAddress(publicUrl: string, { number, code }: PrintedCode): string {
  return `${publicUrl}${PUBLIC_PATH}/paper?n=${encodeURIComponent(number)}&c=${code}`;
}

/** What a QR code's text says, however a scanner or an input method has changed its case and width; null when it is not ours. */
export function readPrintedCode(text: string): PrintedCode | null {
  const plain = text.normalize('NFKC').trim();
  const parts =
    /^https?:\/\/[^?#]+\/p\/s\/\w+\?n=([^&#]+)&c=([^&#]+)$/i.exec(plain) ??
    new RegExp(`^${MARK}:(.+):([^:]+)$`, 'i').exec(plain);
  const code = (parts?.[2] ?? '').toUpperCase();
  if (!parts || !CODE.test(code)) return null;
  try {
    return { number: decodeURIComponent(parts[1] ?? ''), code };
  } catch {
    return null;
  }
}

/** The last twelve figures of a hash in groups of four: `9F86-D081-884C`. */
export function verificationCode(hash: string): string {
  return (hash.slice(-12).toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/** Brackets, blanks and widths differ from keyboard to keyboard; figures and words do not. */
export function plainNumber(number: string): string {
  return number
    .normalize('NFKC')
    .replaceAll(/[\s〔〕[\]()【】]/g, '')
    .toUpperCase();
}

/** What a code that was given, or not, says beside the one that is known. */
export function verdictOn(
  given: string | undefined,
  known: string,
): 'agrees' | 'code-not-given' | 'code-differs' {
  const letters = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-F]/g, '');
  if (given === undefined || given.trim() === '') return 'code-not-given';
  return letters(given) === letters(known) ? 'agrees' : 'code-differs';
}
