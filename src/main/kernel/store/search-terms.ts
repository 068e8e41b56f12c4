import { pinyin } from 'pinyin-pro';
import type { SearchFields } from '../../../domain/kernel/event/stream.ts';
import { mapPrivateUse } from '../../../domain/kernel/text/index.ts';

/**
 * Stands between fields so that no phrase runs from one into the next. A private-use character: FTS5's
 * unicode61 takes it for a word, and nothing typed can ever contain it (`words` drops it).
 */
const BOUNDARY = '\u{E000}';

/** Reversed numbers begin so: a number's tail is then found by a prefix, with one word instead of many. */
const REVERSED = 'r';

/** Pinyin from the middle of a name reaches this many characters on; nobody types further blindly. */
const PINYIN_REACH = 6;

/** Longest input looked at, in characters; more would not narrow the result. */
const LONGEST_INPUT = 64;

/**
 * Han characters that SQLite's unicode61 (Unicode 6.1) knows as letters. It takes younger ones for
 * blanks, so `𫟦` and its like are written as words of their own.
 */
const KNOWN_HAN = /^[\u3005\u3007\u3400-\u4DB5\u4E00-\u9FCC\u{20000}-\u{2A6D6}]$/u;

type Word = { text: string; han: boolean };

/** Nothing to fold but capitals: what nearly every name and number looks like. */
const PLAIN = /^[\u0020-\u007E\u4E00-\u9FA5]*$/;

/** Small letters without marks, compatibility forms made plain. */
function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return (
    mapPrivateUse(text)
      .toLowerCase()
      // 吕 is typed lv; other marks over letters go.
      .replaceAll(/ü|u\u0308/gu, 'v')
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .normalize('NFC')
      .toLowerCase()
  );
}

/** Cuts text into words: every Han character for itself, runs of other letters and figures together. */
function words(text: string): Word[] {
  const found = folded(text).match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu);
  return (found ?? []).map((run) => {
    if (!/^\p{Script=Han}/u.test(run)) return { text: run, han: false };
    return { text: KNOWN_HAN.test(run) ? run : `u${run.codePointAt(0)?.toString(16)}`, han: true };
  });
}

/** Neighbouring words of one kind: `iPhone手机` gives `iphone` and `手 机`. */
function groups(all: readonly Word[]): Word[][] {
  const found: Word[][] = [];
  for (const word of all) {
    const last = found.at(-1);
    if (last?.[0]?.han === word.han) last.push(word);
    else found.push([word]);
  }
  return found;
}

function join(all: readonly Word[], separator: string): string {
  return all.map((word) => word.text).join(separator);
}

function reversed(text: string): string {
  return REVERSED + Array.from(text).toReversed().join('');
}

function syllables(run: string, surname: 'head' | 'off'): string[] {
  const mode = surname === 'head' ? 'surname' : 'normal';
  return pinyin(run, { toneType: 'none', type: 'array', v: true, mode, surname }).filter((one) =>
    /^[a-z]+$/.test(one),
  );
}

/**
 * The first key pressed matches a third of all records: a word of its own is read straight from the
 * index, where a prefix of one letter would gather thousands of words first.
 */
function addFirstLetter(word: string | undefined, terms: Set<string>): void {
  const letter = word?.[0];
  if (letter !== undefined && /^[a-z]$/.test(letter)) terms.add(letter);
}

/** From every character of a run: the pinyin that follows, and the initials that follow. */
function addPinyin(run: string, terms: Set<string>): void {
  // Names are short, and some surnames have a reading of their own: 单 shan, 解 xie. Longer runs are not names.
  const readings = [syllables(run, 'off'), ...(Array.from(run).length <= 4 ? [syllables(run, 'head')] : [])];
  for (const reading of readings) {
    for (let start = 0; start < reading.length; start += 1) {
      // From its beginning a name may be typed to its end.
      const heard = reading.slice(start, start === 0 ? undefined : start + PINYIN_REACH);
      terms.add(heard.join(''));
      terms.add(heard.map((one) => one[0]).join(''));
      addFirstLetter(reading[start], terms);
    }
  }
}

function textTerms(text: string): string {
  const all = words(text);
  const heard = new Set<string>();
  for (const group of groups(all)) {
    if (group[0]?.han === true) addPinyin(join(group, ''), heard);
    else for (const word of group) addFirstLetter(word.text, heard);
  }
  return [join(all, ' '), ...heard].join(' ');
}

/** Merchants come back in thousands of cases; their pinyin is worked out once. */
const remembered = new Map<string, string>();
const LARGEST_MEMORY = 4096;

function rememberedTextTerms(text: string): string {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const terms = textTerms(text);
  const oldest = remembered.size < LARGEST_MEMORY ? undefined : remembered.keys().next().value;
  if (oldest !== undefined) remembered.delete(oldest);
  remembered.set(text, terms);
  return terms;
}

/** Figures of a telephone number without China's country code. */
function figuresOf(phone: string): string {
  return phone
    .replaceAll(/[^+\d]/g, '')
    .replace(/^(?:\+86|0086|86(?=1\d{10}$))/, '')
    .replaceAll('+', '');
}

function phoneTerms(phone: string): string {
  const figures = figuresOf(phone);
  if (figures === '') return '';
  // 0574 87123456 is remembered as 87123456.
  const local = /^0(?:10|2\d|[3-9]\d{2})(\d{7,8})$/.exec(figures)?.[1];
  return [figures, ...(local === undefined ? [] : [local]), reversed(figures)].join(' ');
}

function numberTerms(number: string): string {
  const all = words(number);
  const plain = all.filter((word) => !word.han);
  const more = new Set<string>();
  for (const word of plain) addFirstLetter(word.text, more);
  if (plain.length > 0) more.add(reversed(join(plain, '')));
  return [join(all, ' '), ...more].join(' ');
}

/**
 * The words under which a record is found, for a full-text table of SQLite (FTS5, unicode61).
 * Han text is indexed character by character, so that a phrase finds any part of it from one character
 * up; pinyin and initials from every character on; telephone numbers by head and tail; case numbers by
 * their parts, whole, and by any tail.
 */
export function indexTerms({ texts, phones, numbers }: SearchFields): string {
  const terms = [...texts.map(rememberedTextTerms), ...phones.map(phoneTerms), ...numbers.map(numberTerms)];
  return terms.filter((one) => one !== '').join(` ${BOUNDARY} `);
}

/** Words are letters and figures only, so that quotes are all the escaping needed. */
function phrase(text: string, prefix: boolean): string {
  return prefix ? `"${text}" *` : `"${text}"`;
}

function anyOf(alternatives: ReadonlySet<string>): string {
  return alternatives.size === 1 ? [...alternatives].join('') : `(${[...alternatives].join(' OR ')})`;
}

function groupQuery(group: readonly Word[]): string {
  if (group[0]?.han === true) return phrase(join(group, ' '), false);
  const joined = join(group, '');
  // One letter is a word of the index (see `addFirstLetter`), and one figure says nothing by itself.
  if (/^[a-z\d]$/.test(joined)) return phrase(joined, false);
  const alternatives = new Set([phrase(join(group, ' '), true), phrase(joined, true)]);
  // Tails of telephone and case numbers.
  if (/\d/.test(joined)) alternatives.add(phrase(reversed(joined), true));
  return anyOf(alternatives);
}

/**
 * The FTS5 MATCH expression for what a person typed so far: every blank-separated part must be found,
 * the last word of each as a beginning. Null when there is nothing to search for. Any input at all is
 * safe: only letters and figures are passed on, in quotes.
 */
export function matchQuery(input: string): string | null {
  const typed = input.slice(0, LONGEST_INPUT).normalize('NFKC');
  const parts = typed
    .split(/\s+/)
    .flatMap((part) => groups(words(part)))
    .map(groupQuery);
  if (parts.length === 0) return null;
  const every = parts.join(' AND ');
  // 138 1234 5678 is one number, though its middle part alone is no beginning and no end.
  const figures = /^[\d\s()+.-]+$/.test(typed) ? figuresOf(typed) : '';
  if (figures.length < 7) return every;
  const whole = anyOf(new Set([phrase(figures, true), phrase(reversed(figures), true)]));
  return parts.length === 1 ? whole : `${whole} OR (${every})`;
}
