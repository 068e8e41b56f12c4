import { normaliseTyped } from './normalise.ts';
import { parseChineseInteger } from './numerals.ts';

export type AmountRule =
  | 'amount-empty'
  | 'amount-unreadable'
  | 'amount-negative'
  /** More decimals than a fen can hold. */
  | 'amount-too-precise'
  | 'amount-too-large';

export type ParsedAmount = { kind: 'amount'; fen: number } | { kind: 'refused'; rule: AmountRule };

/** What a figure without a unit of its own counts in: yuan, or so many tens of them as the power says (万元 is 4). */
export type AmountPower = 0 | 3 | 4 | 8;

/** 100 million yuan: more than any consumer dispute, and far inside exact integers. */
export const LARGEST_AMOUNT_FEN = 100_000_000_00;

const refused = (rule: AmountRule): { kind: 'refused'; rule: AmountRule } => ({ kind: 'refused', rule });

/** A decimal as an exact fraction: `digits` / 10^`scale`. */
type Decimal = { digits: bigint; scale: number };

const PLAIN = /^(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.\d*)?$|^\.\d+$/;

function decimal(text: string): Decimal | null {
  if (!PLAIN.test(text)) return null;
  const [whole = '', fraction = ''] = text.replaceAll(/[, ]/g, '').split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

const UNITS: Record<string, number> = { 亿: 8, 万: 4, w: 4, 千: 3, k: 3, 百: 2, 十: 1 };

/** Yuan without sign and currency: `1280.50`, `1.5万`, `1万2`, `2k`, `三百五`. */
function yuan(text: string): Decimal | null {
  const plain = decimal(text);
  if (plain) return plain;
  const chinese = parseChineseInteger(text);
  if (chinese !== null) return { digits: BigInt(chinese), scale: 0 };
  const parts = [...text.matchAll(/(\d[\d.,]*) ?([亿万千百十wk])/g)];
  const read = parts.map((part) => part[0]).join('');
  if (parts.length === 0 || !text.startsWith(read)) return null;
  const sum: Decimal = { digits: 0n, scale: 0 };
  let lastPower = Number.POSITIVE_INFINITY;
  for (const [, number = '', unit = ''] of parts) {
    const value = decimal(number);
    const power = UNITS[unit] ?? 0;
    if (!value || power >= lastPower) return null;
    add(sum, value, power);
    lastPower = power;
  }
  // 1万2 is 12,000: a single figure after a unit counts the unit below; 1万200 says what it is.
  const tail = text.slice(read.length).trim();
  if (tail === '') return sum;
  if (!/^\d{1,4}$/.test(tail) || tail.length > lastPower) return null;
  add(sum, { digits: BigInt(tail), scale: 0 }, tail.length === 1 ? lastPower - 1 : 0);
  return sum;
}

function add(sum: Decimal, value: Decimal, power: number): void {
  const scale = Math.max(sum.scale, value.scale);
  sum.digits =
    sum.digits * 10n ** BigInt(scale - sum.scale) + value.digits * 10n ** BigInt(scale - value.scale + power);
  sum.scale = scale;
}

const SMALL_DIGIT = '[\\d一二两三四五六七八九壹贰叁肆伍陆柒捌玖]';
/** `12元5角2分`, `12块5`, `5角`, `50分`: what stands before the yuan sign, and jiao and fen after it. */
const WITH_SMALL = new RegExp(
  `^(?:(?<yuan>.+?)(?:元|圆|块钱|块))?零?(?:(?<jiao>${SMALL_DIGIT})(?:角|毛)|(?<bare>\\d)(?=$))?零?(?:(?<fen>\\d{1,2}|${SMALL_DIGIT})分)?$`,
  'u',
);

function small(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  return BigInt(/^\d+$/.test(text) ? text : (parseChineseInteger(text) ?? 0));
}

/**
 * Reads an amount of yuan as people type it: `1280`, `¥1,280.50`, `1.5万`, `1万2`, `2k`, `12块5`, `三百五`,
 * `壹仟贰佰捌拾元整`, full-width digits. The result is fen, exact. Refuses, with a rule, what it cannot
 * read with certainty (`1,5` may be a decimal comma) rather than guess.
 */
export function parseAmount(text: string): ParsedAmount {
  const read = readAmount(text, 0);
  return read.kind === 'amount' && read.rounded ? refused('amount-too-precise') : withoutRounding(read);
}

function withoutRounding(read: RoundedAmount): ParsedAmount {
  return read.kind === 'amount' ? { kind: 'amount', fen: read.fen } : read;
}

export type RoundedAmount =
  | { kind: 'amount'; fen: number; rounded: boolean }
  | { kind: 'refused'; rule: AmountRule };

/**
 * The same reader for what a program has worked out: more decimals than a fen can hold are rounded, half up, and said.
 * A figure without a unit of its own counts in the unit that `power` names.
 */
export function readAmount(text: string, power: AmountPower): RoundedAmount {
  // What a register has a hundred thousand of.
  const simple = power === 0 ? /^(\d{1,7})(?:\.(\d\d?))?$/.exec(text) : null;
  if (simple)
    return { kind: 'amount', fen: Number(simple[1] + (simple[2] ?? '').padEnd(2, '0')), rounded: false };
  let typed = normaliseTyped(text).toLowerCase();
  if (typed === '') return refused('amount-empty');
  // The money is clear, its direction is not: a form asks for it in words.
  if (/^[-−–负]/u.test(typed)) return refused('amount-negative');
  typed = typed
    .replace(/^(?:人民币|rmb|cny)?\s*[¥￥]?\s*/u, '')
    .replace(/\s*(?:人民币|rmb|cny)$/u, '')
    .replace(/(?:整|正|钱)$/u, '')
    .replaceAll(/ ?([亿万千百十元圆块角毛分wk]) ?/gu, '$1')
    .trim();
  const parts = /[元圆块角毛分]/u.test(typed) ? WITH_SMALL.exec(typed)?.groups : { yuan: typed };
  if (!parts) return refused('amount-unreadable');
  const main = parts['yuan'] === undefined ? { digits: 0n, scale: 0 } : yuan(parts['yuan']);
  if (!main) return refused('amount-unreadable');
  const divisor = 10n ** BigInt(main.scale);
  const unit = PLAIN.test(typed) ? 10n ** BigInt(power) : 1n;
  const hundredths = main.digits * unit * 100n;
  const rest = hundredths % divisor;
  const whole = hundredths / divisor + (rest * 2n >= divisor ? 1n : 0n);
  const fen = whole + small(parts['jiao'] ?? parts['bare']) * 10n + small(parts['fen']);
  if (fen > BigInt(LARGEST_AMOUNT_FEN)) return refused('amount-too-large');
  return { kind: 'amount', fen: Number(fen), rounded: rest !== 0n };
}

/** Fen as `1,280.50`, always with two decimals and without a currency sign. */
export function formatYuan(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`Not a number of fen: ${fen}`);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}
