import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { checkCreditCode, positionsText } from '../../../domain/merchant/index.ts';
import { defaultProcedure, entriesOf, type CodeEntry } from '../../../domain/procedure/index.ts';
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

export type RosterMerchant = {
  name: string;
  /** 统一社会信用代码; null when the roster has none. One that looks wrong is noted and has to be confirmed. */
  creditCode: string | null;
  /** Old registration numbers that the roster has in its place. */
  aliases: string[];
  /** Name of the mall or circle as the roster has it; finding the unit is the caller's task. */
  unitName: string | null;
  /** A code of the published list: the roster's own word, or what the credit code tells. */
  category: string;
  /** The same where the roster has a word for it; null where nothing but the code told it, or nothing. */
  toldCategory: string | null;
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
  categories: readonly CodeEntry[] = entriesOf(defaultProcedure, 'merchantCategory'),
): { merchant: RosterMerchant; notes: RowNote[] } {
  const reader: RowReader = { row, mapping, notes: [] };
  const name = merchantName(reader, 'name');
  const code = textOf(reader, 'creditCode');
  const toldCategory = wordedCategory(reader, categories);
  const { creditCode, aliases } = isNothing(code) ? NO_NUMBERS : readCreditCode(reader, code);
  return {
    merchant: {
      name,
      creditCode,
      aliases,
      unitName: optionalText(reader, 'unitName'),
      category: toldCategory ?? codedCategory(reader, creditCode, categories),
      toldCategory,
      address: optionalText(reader, 'address'),
      contactName: optionalText(reader, 'contactName'),
      phone: optionalPhone(reader, 'phone'),
      commitmentWindowDays: windowDays(textOf(reader, 'commitmentWindowDays')),
    },
    notes: reader.notes,
  };
}

const NO_NUMBERS: Pick<RosterMerchant, 'creditCode' | 'aliases'> = { creditCode: null, aliases: [] };

/**
 * A code in its own writing, or an old registration number. What looks wrong is noted, with the places to compare: codes of
 * the first years are in use that fail their own check, so that somebody has to say so once, and nothing is refused but
 * what is no code at all.
 */
function readCreditCode(reader: RowReader, text: string): Pick<RosterMerchant, 'creditCode' | 'aliases'> {
  const checked = checkCreditCode(text);
  const value = text.slice(0, 40);
  switch (checked.kind) {
    case 'empty':
      return NO_NUMBERS;
    case 'no-code':
      return refuse('creditCode', checked.rule, { value, length: checked.length });
    case 'registration-number':
      note(reader, 'creditCode', 'earlier-number', { value });
      return { creditCode: null, aliases: [checked.number] };
    case 'fine':
      return { creditCode: checked.code, aliases: [] };
    case 'doubtful': {
      const { code, findings } = checked;
      if (findings.some(({ rule }) => rule === 'credit-code-length'))
        note(reader, 'creditCode', 'credit-code-wrong-length', { value, length: code.length });
      else {
        const places = new Set(findings.flatMap(({ positions }) => positions));
        const positions = positionsText([...places].toSorted((a, b) => a - b));
        note(reader, 'creditCode', 'credit-code-doubtful', { value, positions });
      }
      return { creditCode: code, aliases: [] };
    }
  }
}

/** The categories that codes tell by their first two places (GB 32100-2015, table 1). */
const CATEGORY_OF_PREFIX: Readonly<Record<string, string>> = {
  '91': 'enterprise',
  '92': 'individual-business',
  '51': 'social-organisation',
  '52': 'social-organisation',
  '53': 'social-organisation',
};

/** The category that a roster's own word names; null where it says something else, such as a trade, or nothing. */
function wordedCategory(reader: RowReader, categories: readonly CodeEntry[]): string | null {
  const word = normaliseWord(textOf(reader, 'category'));
  const found = categories.find(({ code, name }) =>
    [code, name.zh, name.en, ...(merchantCategoryWords[code] ?? [])].some(
      (one) => normaliseWord(one) === word,
    ),
  );
  return found?.code ?? null;
}

/** The category that the credit code tells; without one `other-operator`, with a note, since a name proves nothing. */
function codedCategory(
  reader: RowReader,
  creditCode: string | null,
  categories: readonly CodeEntry[],
): string {
  if (creditCode === null) {
    note(reader, 'category', 'category-assumed');
    return NO_CATEGORY;
  }
  const told = CATEGORY_OF_PREFIX[creditCode.slice(0, 2)];
  return categories.find(({ code }) => code === told)?.code ?? NO_CATEGORY;
}

/** For what no roster tells; a code that was shipped stays known for ever. */
const NO_CATEGORY = 'other-operator';

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
