/** Why a text cannot be kept as it is: it holds half a character, or one that controls a device and shows nothing. */
export type TextFault = 'text-broken' | 'text-control';

/** What is wrong in a value, and where: a dotted path, empty for the value itself. */
export type ValueFault = { rule: TextFault; field: string };

/** How deep a fact may be; the deepest of ours, a policy, is 7. */
export const DEEPEST = 32;

/** Control characters but the line's ends and the tab. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const ALL_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** What a line ends with, on any system and in any program. */
const LINE_ENDS = /\r\n?|[\v\f\u2028\u2029]/g;
const HALVES = /\p{Cs}/gu;
/** Characters that format and show nothing, but the two joiners and the vowel separator, without which some scripts are misspelt. */
const INVISIBLE = /(?!\u200c|\u200d|\u180e)\p{Cf}/gu;

/**
 * Why a text cannot be kept; null where it can. Databases refuse U+0000, and two texts with halves of characters can be one in UTF-8
 * (assumption: PostgreSQL's `text` and `jsonb`, RFC 8259 section 8.2).
 */
export function faultOfText(text: string): TextFault | null {
  if (!text.isWellFormed()) return 'text-broken';
  return CONTROLS.test(text) ? 'text-control' : null;
}

/** Whether every text of a value can be kept, names of members among them. Asked of every fact: nothing is made for it. */
export function isKept(value: unknown): boolean {
  if (typeof value === 'string') return faultOfText(value) === null;
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isKept);
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members))
    if (faultOfText(name) !== null || !isKept(members[name])) return false;
  return true;
}

/** The first text in a value that cannot be kept; null where all can. */
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
    // A name that cannot be kept cannot be told either.
    if (rule !== null) return { rule, field };
    const fault = faultWithin(member, field === '' ? name : `${field}.${name}`);
    if (fault !== null) return fault;
  }
  return null;
}

/** Whether arrays and objects lie within one another deeper than a fact may be. */
export function isTooDeep(value: unknown, deeper = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return deeper === 0 || Object.values(value).some((member) => isTooDeep(member, deeper - 1));
}

/** A text without what cannot be kept. What can is the same text. */
export function keptText(text: string): string {
  return faultOfText(text) === null ? text : text.replaceAll(HALVES, '').replaceAll(ALL_CONTROLS, '');
}

/** As people see a text that they typed or copied: composed (NFC), one kind of line end, nothing that controls or shows nothing. */
export function plainText(text: string): string {
  return keptText(text.replaceAll(LINE_ENDS, '\n')).replaceAll(INVISIBLE, '').normalize('NFC');
}

/** A value with each of its texts changed; what is no array or plain object stays, and what does not change is the same value. */
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
  // The same value but for its texts.
  return within(value) as Value;
}

/** A value without what cannot be kept in its texts; the same value where there is nothing of that. */
export const keptValue = <Value>(value: Value): Value => (isKept(value) ? value : withTexts(value, keptText));

/** A value whose texts are as people see them: what a command takes down of what was entered. */
export const plainValue = <Value>(value: Value): Value => withTexts(value, plainText);
