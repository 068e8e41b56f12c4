import { readAmount, type AmountPower, type AmountRule } from './amount.ts';
import { normaliseTyped } from './normalise.ts';
import { parsePhone, type PhoneRule } from './phone.ts';

/** What a register's amount says besides its figure. */
export type AmountRemark = 'approximate' | 'rounded' | 'remark';
export type WrittenAmount =
  | { kind: 'amount'; fen: number; remarks: AmountRemark[] }
  | { kind: 'refused'; rule: AmountRule };

const ABOUT = /^(?:约计|大约|约|近|将近|超过|不足|逾|估计)\s*/u;
const OR_SO = /(?<=[\d元万千百十])\s*(?:余|多|左右|上下|以上|许)(元?)$/u;
const IN_BRACKETS = /\s*[([【][^()[\]【】]*[)\]】]$/u;

/**
 * Reads an amount as registers have it: by the reader of the forms, and besides with what people and formulas add. `约300`
 * and `300余` are 300 and not exact, `300(退款)` is 300 with a remark, 33.3333 is rounded to the fen. `power` is the unit
 * that the column has for figures without one of their own.
 */
export function readWrittenAmount(text: string, power: AmountPower): WrittenAmount {
  const remarks: AmountRemark[] = [];
  let typed = /^[\d.]+$/.test(text) ? text : normaliseTyped(text);
  const shorten = (pattern: RegExp, by: string, remark: AmountRemark): void => {
    const shorter = typed.replace(pattern, by);
    // In brackets alone stands a negative amount, or nothing but a remark.
    if (shorter === typed || shorter === '') return;
    typed = shorter;
    remarks.push(remark);
  };
  if (!/^[\d.]+$/.test(typed)) {
    shorten(IN_BRACKETS, '', 'remark');
    shorten(ABOUT, '', 'approximate');
    shorten(OR_SO, '$1', 'approximate');
  }
  const read = readAmount(typed, power);
  if (read.kind === 'refused') return read;
  // Rounding must not make nothing of something.
  if (read.rounded && read.fen === 0) return { kind: 'refused', rule: 'amount-too-precise' };
  if (read.rounded) remarks.push('rounded');
  return { kind: 'amount', fen: read.fen, remarks };
}

/** What a register's telephone cell says besides one number. */
export type PhoneRemark = 'masked' | 'several' | 'extension' | 'remark' | 'zero-restored';
export type WrittenPhone =
  | { kind: 'phone'; phone: string; remarks: PhoneRemark[]; extension: string | null }
  | { kind: 'refused'; rule: PhoneRule };

const EXTENSION = /(?<=\d)\D*?(?:转|ext\.?|分机|#)\D*(\d{1,6})$|(?<=^\(?0\d{2,3}\D+\d{7,8})-(\d{1,6})$/iu;
const MASKED = /^\d{3}\*{3,6}\d{3,4}$/;
const PARTS = /[/、,;|]|或|\s+(?=(?:1[3-9]|0\d{2})\d)/u;
const FIGURES = /\+?\d[\d\s().·−–—-]*\d/u;

/**
 * Reads a telephone cell as registers have it, by the reader of the forms: of several numbers the first, without its extension and
 * without the remark that stands beside it. A masked number stays as it is.
 */
export function readWrittenPhone(text: string): WrittenPhone {
  const plain = parsePhone(text);
  if (plain.kind === 'phone') return { kind: 'phone', phone: plain.phone, remarks: [], extension: null };
  const typed = normaliseTyped(text);
  const found = (phone: string, remarks: PhoneRemark[], extension: string | null = null): WrittenPhone => ({
    kind: 'phone',
    phone,
    remarks,
    extension,
  });
  const tight = typed.replaceAll(/[\s-]/g, '');
  if (MASKED.test(tight)) return found(tight, ['masked']);
  // A cell of numbers loses the 0 before an area code.
  const restored = /^[3-9]\d{9,10}$/.test(typed) ? parsePhone(`0${typed}`) : plain;
  if (restored.kind === 'phone') return found(restored.phone, ['zero-restored']);
  const extension = EXTENSION.exec(typed);
  const numbers: string[] = [];
  let beside = false;
  for (const part of typed.replace(EXTENSION, '').split(PARTS)) {
    const figures = FIGURES.exec(part)?.[0];
    const phone = figures === undefined ? null : parsePhone(figures);
    if (phone?.kind === 'phone') numbers.push(phone.phone);
    beside ||= part.replace(FIGURES, '').replaceAll(/[\s()[\]【】]/gu, '') !== '';
  }
  const [first] = numbers;
  if (first === undefined) return plain;
  const remarks: PhoneRemark[] = [
    ...(numbers.length > 1 ? (['several'] as const) : []),
    ...(extension === null ? [] : (['extension'] as const)),
    ...(beside ? (['remark'] as const) : []),
  ];
  return found(first, remarks, extension?.[1] ?? extension?.[2] ?? null);
}
