import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { MerchantCategory } from '../../../domain/merchant/index.ts';
import { checkCreditCode } from '../../../domain/kernel/text/index.ts';
import {
  merchantName,
  note,
  optionalPhone,
  optionalText,
  refuse,
  textOf,
  type RowNote,
  type RowReader,
} from './cells.ts';
import type { TableRow } from './table.ts';
import { merchantCategoryWords, windowNumerals } from './words/chinese.ts';
import { isNothing, normaliseWord } from './words/dictionary.ts';

/** The kind of operator, as the merchant events name it. */
export type MerchantKind = (typeof MerchantCategory.options)[number];

export type RosterMerchant = {
  name: string;
  /** 统一社会信用代码, its check digit verified; null when the roster has none. */
  creditCode: string | null;
  /** Name of the mall or circle as the roster has it; finding the unit is the caller's task. */
  unitName: string | null;
  category: MerchantKind;
  address: string | null;
  contactName: string | null;
  phone: string | null;
  /** 1 to 365; null when the merchant promised nothing. */
  commitmentWindowDays: number | null;
};

/** Reads one row of a roster; throws `RowRefused` at the first field that breaks a rule. */
export function readMerchant(
  row: TableRow,
  mapping: ImportMapping,
): { merchant: RosterMerchant; notes: RowNote[] } {
  const reader: RowReader = { row, mapping, notes: [] };
  const name = merchantName(reader, 'name');
  const code = textOf(reader, 'creditCode');
  const creditCode = isNothing(code) ? null : readCreditCode(code);
  return {
    merchant: {
      name,
      creditCode,
      unitName: optionalText(reader, 'unitName'),
      category: categoryOf(reader, creditCode),
      address: optionalText(reader, 'address'),
      contactName: optionalText(reader, 'contactName'),
      phone: optionalPhone(reader, 'phone'),
      commitmentWindowDays: windowDays(textOf(reader, 'commitmentWindowDays')),
    },
    notes: reader.notes,
  };
}

/** A code with its check digit verified; the row is refused with the rule that a wrong one breaks. */
function readCreditCode(text: string): string {
  const checked = checkCreditCode(text);
  if (checked.kind === 'valid') return checked.number;
  return refuse('creditCode', checked.rule, { value: text.slice(0, 40), ...checked.parameters });
}

/** The kind of operator a code tells: 91 enterprise, 92 individual business (GB 32100-2015, table 1). */
function categoryOfCreditCode(code: string): MerchantKind {
  if (code.startsWith('91')) return 'enterprise';
  return code.startsWith('92') ? 'individual-business' : 'other-operator';
}

/**
 * The roster's word decides; where it says something else (a trade, say) or nothing, the credit code
 * does; without one the kind is left at `other-operator` with a note, since a name proves nothing.
 */
function categoryOf(reader: RowReader, creditCode: string | null): MerchantKind {
  const word = normaliseWord(textOf(reader, 'category'));
  for (const category of MerchantCategory.options) {
    if (category === word || merchantCategoryWords[category].some((known) => known === word)) {
      return category;
    }
  }
  if (creditCode !== null) return categoryOfCreditCode(creditCode);
  note(reader, 'category', 'category-assumed');
  return 'other-operator';
}

/** `7`, `7天`, `七天无理由` … or null for none promised (blank, 无, 0, 未承诺). */
function windowDays(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  if (isNothing(plain) || /^(?:0(?:天|日)?|未承诺|不承诺|不参加|否)$/.test(plain)) return null;
  const match = /^(\d{1,4}|[一-十]{1,3})(?:\.0+)?(?:天|日|days?)?(?:内?无理由(?:退货|退换货)?)?$/i.exec(
    plain,
  );
  const number = match?.[1] ?? '';
  const days = windowNumerals[number] ?? (/^\d+$/.test(number) ? Number(number) : Number.NaN);
  if (!(days >= 1 && days <= 365)) refuse('commitmentWindowDays', 'bad-window', { value: text });
  return days;
}
