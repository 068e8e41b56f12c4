/**
 * Runs of private-use code points that GBK and GB 18030 once stood for characters which Unicode has since encoded, each with
 * what stands for them now, in hexadecimal. Source: GB 18030-2005, annex E, and the reassignments of GB 18030-2022 (the
 * 18 vertical forms and ideographs of U+FE10–FE19 and U+9FB4–9FBB, and six of the supplementary plane); the WHATWG
 * Encoding Standard's index and ICU read the two-byte codes alike, which a test compares.
 */
const ASSIGNED: readonly [first: number, standard: string][] = [
  // A3A0, the full-width space of some editors.
  [0xe5e5, '3000'],
  // A2E3, the euro sign.
  [0xe76c, '20AC'],
  // A6D9–A6DF, A6EC, A6ED and A6F3: punctuation of vertical text.
  [0xe78d, 'FE10 FE12 FE11 FE13 FE14 FE15 FE16 FE17 FE18 FE19'],
  // A8BC and A8BF: letters of pinyin.
  [0xe7c7, '1E3F 01F9'],
  // A989–A995: the variation sign and the description characters.
  [0xe7e7, '303E 2FF0 2FF1 2FF2 2FF3 2FF4 2FF5 2FF6 2FF7 2FF8 2FF9 2FFA 2FFB'],
  // FE50–FEA0: the 80 components and ideographs.
  [
    0xe815,
    '2E81 20087 20089 200CC 2E84 3473 3447 2E88 2E8B 9FB4 359E 361A 360E 2E8C 2E97 396E 3918 9FB5 39CF 39DF 3A73 39D0 ' +
      '9FB6 9FB7 3B4E 3C6E 3CE0 2EA7 215D7 9FB8 2EAA 4056 415F 2EAE 4337 2EB3 2EB6 2EB7 2298F 43B1 43AC 2EBB 43DD 44D6 ' +
      '4661 464C 9FB9 4723 4729 477C 478D 2ECA 4947 497A 497D 4982 4983 4985 4986 499F 499B 49B7 49B6 9FBA 241FE 4CA3 ' +
      '4C9F 4CA0 4CA1 4C77 4CA2 4D13 4D14 4D15 4D16 4D17 4D18 4D19 4DAE 9FBB',
  ],
];

const STANDARD: ReadonlyMap<string, string> = new Map(
  ASSIGNED.flatMap(([first, codes]) =>
    codes
      .split(' ')
      .map((code, index): [string, string] => [
        String.fromCodePoint(first + index),
        String.fromCodePoint(Number.parseInt(code, 16)),
      ]),
  ),
);

/** Private use in the basic plane and in the two planes that are nothing else. */
const PRIVATE_USE = /\p{Co}/gu;

/**
 * The text with the private-use characters of old GBK and GB 18030 systems as what they stand for: U+E863 is U+4DAE. A
 * private-use character that no standard knows stays, because only the person who typed it can say what it is; `privateUseIn` names it.
 */
export function mapPrivateUse(text: string): string {
  return text.replaceAll(PRIVATE_USE, (character) => STANDARD.get(character) ?? character);
}

/** The private-use characters that stay after `mapPrivateUse`, each once: no font shows them, and no standard says what they are. */
export function privateUseIn(text: string): string[] {
  return [...new Set(mapPrivateUse(text).match(PRIVATE_USE))];
}

/** A value with every text in it as `mapPrivateUse` has it, however deep it stands; the value itself where none changes. */
export function standardCharacters<Value>(value: Value): Value {
  // The same shape, text for text.
  return standard(value) as Value;
}

function standard(value: unknown): unknown {
  if (typeof value === 'string') return mapPrivateUse(value);
  if (typeof value !== 'object' || value === null) return value;
  let changed = false;
  const keep = (member: unknown): unknown => {
    const next = standard(member);
    changed ||= next !== member;
    return next;
  };
  const next = Array.isArray(value)
    ? value.map(keep)
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, keep(member)]));
  return changed ? next : value;
}

/**
 * A picture character with what belongs to it: shown as a picture by itself or by a variation selector, a keycap, a flag.
 * Signs that are text by themselves, such as those of a registered trade mark or a star in a shop's name, are none.
 */
const EMOJI =
  /[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|[\u{1F000}-\u{1FAFF}])(?:[\uFE0F\u200D]|\p{Emoji_Modifier}|\p{Extended_Pictographic})*/gu;

/** The emoji in a text, in their order. They are no part of anybody's name, and no paper can say how they are read. */
export function emojiIn(text: string): string[] {
  return text.match(EMOJI) ?? [];
}

/** `U+1F600`, as a character is named that cannot be shown. */
export function codePointName(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
