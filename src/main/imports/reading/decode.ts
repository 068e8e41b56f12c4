import { read, unreadable, type Reading } from './result.ts';
import { commonCharacters } from './words/common.ts';

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030';
export type DecodeRule = 'not-text' | 'undecodable' | 'damaged-utf-8' | 'foreign-encoding';
export type DecodedText = { text: string; encoding: TextEncoding };

/**
 * Reads bytes as text: a byte order mark decides; without one UTF-8 is tried, then GB18030 (which
 * includes GBK and GB2312, what Chinese Excel writes as "CSV"). Never replaces a byte it cannot read.
 * Errors: `not-text` (holds NUL: a binary file), `damaged-utf-8` (UTF-8 with a few broken bytes, which
 * GB18030 would turn into nonsense; parameter `line`), `undecodable` (parameter `line`), `foreign-encoding` (bytes that
 * GB18030 reads, but as nothing that anybody wrote; parameter `encoding`).
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
  const chinese = decodeAs(bytes, 'gb18030', 'gb18030');
  if (!chinese.ok) return chinese;
  const foreign = foreignEncoding(bytes, chinese.value.text);
  return foreign === null ? chinese : unreadable('foreign-encoding', { encoding: foreign });
}

const COMMON = new Set(commonCharacters);
/** So much of a text is enough to tell. */
const SAMPLE = 200_000;

/** The encoding that the bytes were more likely written in than GB18030, or null. Nearly any bytes pass for GB18030. */
function foreignEncoding(bytes: Uint8Array, chinese: string): 'Latin-1' | 'Big5' | null {
  const sample = chinese.slice(0, SAMPLE);
  const ideographs = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  // An accented letter takes the letter behind it along, and becomes one ideograph in the middle of a word.
  const amidLetters = sample.match(/(?<=[A-Za-z])[^\0-\u007f](?=[A-Za-z])/gu)?.length ?? 0;
  const foreign = sample.match(/[^\0-\u007f]/gu)?.length ?? 0;
  if (amidLetters > 0 && amidLetters * 2 >= foreign) return 'Latin-1';
  if (ideographs < 4) return null;
  const traditional = new TextDecoder('big5').decode(bytes.subarray(0, SAMPLE));
  const replaced = traditional.match(/\ufffd/g)?.length ?? 0;
  if (replaced * 50 > ideographs) return null;
  return commonShare(traditional) > commonShare(sample) + 0.15 ? 'Big5' : null;
}

function commonShare(text: string): number {
  const ideographs = text.match(/\p{Script=Han}/gu) ?? [];
  return ideographs.filter((one) => COMMON.has(one)).length / Math.max(1, ideographs.length);
}

/** How many lines a file of text has: counted before it is read, since too long a one is not. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  let quotes = 0;
  let returns = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) lines += 1;
    else if (byte === 0x0d) returns += 1;
    else if (byte === 0x22) quotes += 1;
  }
  // Every second stretch between quotes may hold line ends of its own.
  return Math.max(0, Math.max(lines, returns) - (quotes >> 1));
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
