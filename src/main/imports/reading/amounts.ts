import { Fen } from '../../../domain/case/index.ts';
import { read, unreadable, type Reading } from './result.ts';
import { isNothing, normaliseWord } from './words/dictionary.ts';

export type AmountRule = 'bad-amount' | 'negative-amount' | 'amount-too-large';

const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;

/** What one unit of a column means, from its header: `挽回损失（万元）` counts in ten thousands. */
export function unitOfHeader(header: string): 1 | 10_000 {
  return header.includes('万元') ? 10_000 : 1;
}

/**
 * Reads money as integer fen, exactly, digit by digit. Accepts currency marks, thousands separators,
 * `元` and `万元`; blank is 0. A register in another currency is taken one to one, cents as fen.
 */
export function readFen(text: string, unit: 1 | 10_000): Reading<number, AmountRule> {
  if (isNothing(text)) return read(0);
  const value = text.trim();
  let plain = normaliseWord(text)
    .replace(/\s/g, '')
    .replace(/^(?:[¥$]|rmb|cny|usd)/, '');
  let factor = unit;
  if (plain.endsWith('万元') || plain.endsWith('万')) factor = 10_000;
  else if (plain.endsWith('元')) factor = 1;
  plain = plain.replace(/(?:万元|万|元)$/, '');
  if (/^(?:-[¥$]?|\()\d/.test(plain)) return unreadable('negative-amount', { value });
  const match = AMOUNT.exec(plain);
  if (!match) return unreadable('bad-amount', { value });
  const whole = (match[1] ?? '').replaceAll(',', '');
  const decimals = factor === 1 ? 2 : 6;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return unreadable('bad-amount', { value });
  const fen = Number(whole + fraction.padEnd(decimals, '0'));
  return Fen.safeParse(fen).success ? read(fen) : unreadable('amount-too-large', { value });
}
