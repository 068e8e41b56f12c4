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

/** What a QR code's text says, however a scanner or an input method has changed its case and width; null when it is not ours. */
export function readPrintedCode(text: string): PrintedCode | null {
  const parts = /^(\w+):(.+):([^:]+)$/.exec(text.normalize('NFKC').trim());
  if (!parts || parts[1]?.toUpperCase() !== MARK) return null;
  const code = (parts[3] ?? '').toUpperCase();
  if (!CODE.test(code)) return null;
  try {
    return { number: decodeURIComponent(parts[2] ?? ''), code };
  } catch {
    return null;
  }
}
