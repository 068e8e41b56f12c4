import { readWrittenAmount, type AmountPower, type AmountRemark } from '../../../domain/kernel/text/index.ts';
import { read, unreadable, type Reading } from './result.ts';
import { isNothing, normaliseWord } from './words/dictionary.ts';

export type AmountRule = 'bad-amount' | 'negative-amount' | 'amount-too-large';
export type ReadAmount = { fen: number; remarks: AmountRemark[] };

/**
 * Reads money as integer fen by the reader of the forms; blank is 0. `power` is the unit of figures that have none of their own. A
 * register in another currency is taken one to one, cents as fen.
 */
export function readFen(text: string, power: AmountPower): Reading<ReadAmount, AmountRule> {
  if (isNothing(text)) return read({ fen: 0, remarks: [] });
  const value = text.trim();
  const plain = /^[\d.]+$/.test(text) ? text : normaliseWord(text).replace(/^(?:[¥$]|rmb|cny|usd)\s*/, '');
  if (/^(?:-\s*[¥$]?|\()\d/.test(plain)) return unreadable('negative-amount', { value });
  const written = readWrittenAmount(plain, power);
  if (written.kind === 'amount') return read({ fen: written.fen, remarks: written.remarks });
  if (written.rule === 'amount-negative') return unreadable('negative-amount', { value });
  return unreadable(written.rule === 'amount-too-large' ? 'amount-too-large' : 'bad-amount', { value });
}
