/** Why a text cannot be stored: it holds an unpaired surrogate, or a control character. */
export type TextFault = 'text-broken' | 'text-control';

/** A fault in a value and its dotted path; the path is empty for the value itself. */
export type ValueFault = { rule: TextFault; field: string };

/** Maximum nesting depth of a fact; our deepest, a policy, has 7. */
export const DEEPEST = 32;

/** Control characters except line ends and tab. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const ALL_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Line ends of any system or program. */
const LINE_ENDS = /\r\n?|[\v\f\u2028\u2029]/g;
const HALVES = /\p{Cs}/gu;
/** Invisible format characters, except the two joiners and the vowel separator, which some scripts need for correct spelling. */
const INVISIBLE = /(?!\u200c|\u200d|\u180e)\p{Cf}/gu;

/**
 * Why a text cannot be kept; null where it can. Databases refuse U+0000, and two texts with halves of characters can be one in UTF-8
 * (assumption: PostgreSQL's `text` and `jsonb`, RFC 8259 section 8.2).
 */
export function faultOfText(text: string): TextFault | null {
  if (!text.isWellFormed()) return 'text-broken';
  return CONTROLS.test(text) ? 'text-control' : null;
}

/** True when every text in a value, including member names, can be stored. Called for every fact, so it allocates nothing. */
export function isKept(value: unknown): boolean {
  if (typeof value === 'string') return faultOfText(value) === null;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isKept);
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members))
    if (faultOfText(name) !== null || !isKept(members[name])) return false;
  return true;
}

/** The first text in a value that cannot be stored; null when all can. */
export function faultOfValue(value: unknown): ValueFault | null {
  return isKept(value) ? null : faultWithin(value, '');
}

function faultWithin(value: unknown, field: string): ValueFault | null {
  if (typeof value === 'string') {
    const rule = faultOfText(value);
    return rule === null ? null : { rule, field };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const rule = faultOfText(name);
    // A member name that cannot be stored cannot be reported either.
    if (rule !== null) return { rule, field };
    const fault = faultWithin(member, field === '' ? name : `${field}.${name}`);
    if (fault !== null) return fault;
  }
  return null;
}

/** True when arrays and objects are nested deeper than a fact may be. */
export function isTooDeep(value: unknown, deeper = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return deeper === 0 || Object.values(value).some((member) => isTooDeep(member, deeper - 1));
}

/** A text without characters that cannot be stored; the same text when there are none. */
export function keptText(text: string): string {
  return faultOfText(text) === null ? text : text.replaceAll(HALVES, '').replaceAll(ALL_CONTROLS, '');
}

/** A typed or copied text as people see it: NFC, one kind of line end, no control or invisible format characters. */
export function plainText(text: string): string {
  return keptText(text.replaceAll(LINE_ENDS, '\n')).replaceAll(INVISIBLE, '').normalize('NFC');
}

/** Maps every text in arrays and plain objects; other values are kept, and the same value is returned when nothing changes. */
function withTexts<Value>(value: Value, change: (text: string) => string): Value {
  const within = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (Array.isArray(one)) {
      const items = one.map(within);
      return items.some((item, index) => item !== one[index]) ? items : one;
    }
    if (typeof one !== 'object' || one === null || Object.getPrototypeOf(one) !== Object.prototype)
      return one;
    let changed = false;
    const members = Object.entries(one).map(([name, member]): [string, unknown] => {
      const pair: [string, unknown] = [change(name), within(member)];
      changed ||= pair[0] !== name || pair[1] !== member;
      return pair;
    });
    return changed ? Object.fromEntries(members) : one;
  };
  // Same shape, only texts differ.
  return within(value) as Value;
}

/** A value whose texts hold only storable characters; the same value when they already do. */
export const keptValue = <Value>(value: Value): Value => (isKept(value) ? value : withTexts(value, keptText));

/** A value with its texts as people see them: what a command records of what was entered. */
export const plainValue = <Value>(value: Value): Value => withTexts(value, plainText);
