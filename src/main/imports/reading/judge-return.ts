import type { ImportMapping } from '../../../contract/workstation/imports.ts';
import { type GoodsCategory } from '../../../domain/return/index.ts';
import { canonicalJson } from '../../../domain/kernel/event/canonical.ts';
import { readFen } from './amounts.ts';
import {
  must,
  note,
  optionalPhone,
  optionalText,
  refuse,
  requiredText,
  textOf,
  type RowNote,
  type RowReader,
} from './cells.ts';
import { powerOfHeader } from './header.ts';
import { type ComplaintContext, dayOf } from './judge-complaint.ts';
import { columnOf } from './shape.ts';
import type { TableRow } from './table.ts';
import { goodsOfWord } from './words/goods.ts';
import { isNothing, normaliseWord } from './words/dictionary.ts';

/** A merchant of the unit that a till's list may be of. */
export type ShopHere = { id: string; name: string };

/** One line of a till: what was bought, and what of it was given back. */
export type TillReturn = {
  tillNumber: string;
  merchantId: string;
  merchantName: string;
  goodsCategory: GoodsCategory;
  goodsName: string;
  /** `YYYY-MM-DD`, as are the others; bought, asked for and refunded in this order, none after today. */
  purchasedOn: string;
  requestedOn: string;
  paidFen: number;
  /** Null where nothing was refunded yet: somebody has to decide. */
  refund: { fen: number; on: string } | null;
  proofNumber: string | null;
  buyerName: string | null;
  buyerPhone: string | null;
};

export type ReturnContext = Pick<ComplaintContext, 'table' | 'order' | 'today' | 'days'> & {
  mapping: ImportMapping;
  /** Null where nobody knows them, as without a workstation: then a row is of whom it names. */
  shops: readonly ShopHere[] | null;
  /** The lines read so far, by till number and shop: where, and what they said. */
  lines: Map<string, { place: string; content: string }>;
  /** What was refunded so far of one item of one receipt. */
  refunds: Map<string, { fen: number; first: string }>;
};

/**
 * Reads one line of a till; throws `RowRefused` at the first field that breaks a rule. A line that stands twice is one return; more
 * given back than was bought is refused, by the line and by all lines of the item on its receipt together.
 */
export function readReturn(row: TableRow, context: ReturnContext): { till: TillReturn; notes: RowNote[] } {
  const reader: RowReader = { row, mapping: context.mapping, notes: [] };
  const tillNumber = requiredText(reader, 'tillNumber');
  const shop = shopOf(reader, context.shops);
  const goodsName = requiredText(reader, 'goodsName');
  const purchasedOn = dayOf(reader, context, 'purchasedOn');
  const paidFen = amountOf(reader, context, 'paid');
  if (paidFen === 0) refuse('paid', 'required');
  const refundedFen = amountOf(reader, context, 'refunded');
  if (refundedFen > paidFen)
    refuse('refunded', 'refund-above-paid', { value: yuan(refundedFen), paid: yuan(paidFen) });
  checkQuantities(reader);
  const refundedOn = dayIfAny(reader, context, 'refundedOn', purchasedOn);
  const requestedOn = dayIfAny(reader, context, 'requestedOn', purchasedOn) ?? refundedOn ?? context.today;
  const on = refundedOn ?? requestedOn;
  if (refundedFen > 0 && on < requestedOn)
    refuse('refundedOn', 'refund-before-request', { value: on, requested: requestedOn });
  if (refundedFen === 0) note(reader, 'refunded', 'return-waits');
  const till: TillReturn = {
    tillNumber,
    merchantId: shop.id,
    merchantName: shop.name,
    goodsCategory: goodsOf(reader),
    goodsName,
    purchasedOn,
    requestedOn,
    paidFen,
    refund: refundedFen === 0 ? null : { fen: refundedFen, on },
    proofNumber: optionalText(reader, 'proofNumber'),
    buyerName: optionalText(reader, 'buyerName'),
    buyerPhone: phoneOf(reader),
  };
  if (!seenBefore(reader, till, context)) {
    checkReceipt(till, row, context);
    // Only one that is taken: the same line once more is as wrong as it was.
    context.lines.set(lineOf(till), { place: placeOf(row), content: canonicalJson(till) });
  }
  return { till, notes: reader.notes };
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);
const placeOf = ({ row, sheet }: TableRow): string => (sheet === undefined ? String(row) : `${sheet} ${row}`);

/** The one merchant of the unit, or the one that the row names. */
function shopOf(reader: RowReader, shops: readonly ShopHere[] | null): ShopHere {
  const name = textOf(reader, 'shopName');
  if (shops === null) return { id: '', name };
  const [only, ...others] = shops;
  if (only === undefined) return refuse('shopName', 'shop-missing');
  if (isNothing(name))
    return others.length === 0 ? only : refuse('shopName', 'shop-needed', { count: shops.length });
  const [named, ...twins] = shops.filter((one) => normaliseWord(one.name) === normaliseWord(name));
  if (named === undefined || twins.length > 0)
    return refuse('shopName', 'shop-unknown', { value: name.slice(0, 60) });
  return named;
}

/** Money of a field; blank is 0. The unit stands with the figure, in the column's header, or in a title line. */
function amountOf(reader: RowReader, { table }: ReturnContext, field: 'paid' | 'refunded'): number {
  const column = columnOf(reader.mapping, field);
  if (column === null) return 0;
  const text = textOf(reader, field);
  const power = powerOfHeader(table.headers[column] ?? '') ?? table.titlePowers[reader.row.sheet ?? ''] ?? 0;
  const { fen, remarks } = must(field, readFen(text, power));
  for (const remark of remarks) note(reader, field, `amount-${remark}`, { value: text, yuan: yuan(fen) });
  return fen;
}

function checkQuantities(reader: RowReader): void {
  const [bought, returned] = [countOf(reader, 'quantity'), countOf(reader, 'returnedQuantity')];
  if (returned !== null && returned > (bought ?? Infinity))
    refuse('returnedQuantity', 'returned-above-bought', { value: returned, bought: bought ?? 0 });
}

/** A number of pieces, or of metres or kilograms; null where nothing is said. */
function countOf(reader: RowReader, field: 'quantity' | 'returnedQuantity'): number | null {
  const text = textOf(reader, field);
  if (isNothing(text)) return null;
  const plain = text.normalize('NFKC').replaceAll(',', '').trim();
  if (!/^\d{1,7}(?:\.\d{1,4})?$/.test(plain)) refuse(field, 'bad-count', { value: text.slice(0, 40) });
  return Number(plain);
}

/** A day that does not come before the purchase; null where nothing is said. */
function dayIfAny(
  reader: RowReader,
  context: ReturnContext,
  field: 'requestedOn' | 'refundedOn',
  purchased: string,
): string | null {
  if (isNothing(textOf(reader, field))) return null;
  const day = dayOf(reader, context, field);
  if (day < purchased) refuse(field, 'before-purchase', { value: day, purchased });
  return day;
}

/** The consumer's number in figures alone; one that is masked, or too short, is left out with a note. */
function phoneOf(reader: RowReader): string | null {
  const written = optionalPhone(reader, 'buyerPhone');
  const phone = written?.replace(/[\s-]/g, '') ?? null;
  if (phone === null || /^\+?\d{7,15}$/.test(phone)) return phone;
  note(reader, 'buyerPhone', 'no-phone', { value: phone.slice(0, 40) });
  return null;
}

function goodsOf(reader: RowReader): GoodsCategory {
  const word = textOf(reader, 'goodsCategory');
  const found = isNothing(word) ? null : goodsOfWord(word);
  if (found === null) {
    if (isNothing(word)) note(reader, 'goodsCategory', 'goods-blank');
    else note(reader, 'goodsCategory', 'goods-unknown', { value: word.slice(0, 40) });
  }
  return found ?? 'other';
}

const lineOf = ({ merchantId, tillNumber }: TillReturn): string => `${merchantId}\n${tillNumber}`;

/** Whether the line was taken above already; a number that says something else there is refused. */
function seenBefore(reader: RowReader, till: TillReturn, { lines }: ReturnContext): boolean {
  const first = lines.get(lineOf(till));
  if (first === undefined) return false;
  const { place } = first;
  if (first.content !== canonicalJson(till))
    refuse('tillNumber', 'till-line-differs', { value: till.tillNumber, first: place });
  note(reader, 'tillNumber', 'same-till-line', { value: till.tillNumber, first: place });
  return true;
}

/** All that is given back of one item of a receipt is no more than was paid for it. */
function checkReceipt(till: TillReturn, row: TableRow, { refunds }: ReturnContext): void {
  const { proofNumber, merchantId, goodsName, purchasedOn, paidFen, refund } = till;
  if (proofNumber === null || refund === null) return;
  const key = canonicalJson({ proofNumber, merchantId, goodsName, purchasedOn, paidFen });
  const before = refunds.get(key) ?? { fen: 0, first: placeOf(row) };
  const sum = before.fen + refund.fen;
  if (sum > paidFen)
    refuse('refunded', 'refunds-above-paid', { value: yuan(sum), paid: yuan(paidFen), first: before.first });
  refunds.set(key, { ...before, fen: sum });
}
