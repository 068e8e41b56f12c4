import { read, unreadable, type Reading } from './result.ts';

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type DecodeRule = 'not-text' | 'undecodable' | 'damaged-utf-8';
export type DecodedText = { text: string; encoding: TextEncoding };

/**
 * Reads bytes as text: a byte order mark decides; without one UTF-8 is tried, then GB18030 (which
 * includes GBK and GB2312, what Chinese Excel writes as "CSV"). Never replaces a byte it cannot read.
 * Errors: `not-text` (holds NUL: a binary file), `damaged-utf-8` (UTF-8 with a few broken bytes, which
 * GB18030 would turn into nonsense; parameter `line`), `undecodable` (parameter `line`).
 */
export function decodeText(bytes: Uint8Array): Reading<DecodedText, DecodeRule> {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return decodeAs(bytes, 'utf-16le', 'utf-16le');
  if (first === 0xfe && second === 0xff) return decodeAs(bytes, 'utf-16be', 'utf-16be');
  if (bytes.includes(0)) return unreadable('not-text');
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return decodeAs(bytes, 'utf-8', 'utf-8-bom');
  }
  const utf8 = decodeAs(bytes, 'utf-8', 'utf-8');
  if (utf8.ok || looksLikeDamagedUtf8(bytes)) return utf8;
  return decodeAs(bytes, 'gb18030', 'gb18030');
}

function decodeAs(
  bytes: Uint8Array,
  label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030',
  encoding: TextEncoding,
): Reading<DecodedText, DecodeRule> {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    return text.includes('\0') ? unreadable('not-text') : read({ text, encoding });
  } catch (error) {
    // The decoder reports malformed bytes as a TypeError; anything else is a fault of ours.
    if (!(error instanceof TypeError)) throw error;
    const line = lineOfFirstReplacement(new TextDecoder(label).decode(bytes));
    return unreadable(label === 'utf-8' ? 'damaged-utf-8' : 'undecodable', { line });
  }
}

/** GB18030 text read as UTF-8 is broken nearly everywhere; damaged UTF-8 is broken in few places. */
function looksLikeDamagedUtf8(bytes: Uint8Array): boolean {
  let replaced = 0;
  let foreign = 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') replaced += 1;
    else if (character > '\u007f') foreign += 1;
  }
  return replaced * 10 < foreign;
}

function lineOfFirstReplacement(text: string): number {
  const before = text.slice(0, Math.max(0, text.indexOf('\ufffd')));
  return before.split(/\r\n|\r|\n/).length;
}
