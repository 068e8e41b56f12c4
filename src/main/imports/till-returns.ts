import { sql } from 'kysely';
import { calendarAt } from '../../domain/procedure/index.ts';
import { judgeReturn, type JudgedReturn, type ReturnRequest } from '../../domain/return/index.ts';
import { drawNumber } from '../kernel/record-numbers.ts';
import { requireIdentity, todayOf, type StaffContext } from '../kernel/parts.ts';
import type { NewFact, Reader, Writer } from '../kernel/store/index.ts';
import { streamIdOf, type ImportTarget } from './facts.ts';
import { merchantStates } from './known.ts';
import type { ShopHere, TillReturn } from './reading/judge-return.ts';
import type { AcceptedRow } from './reading/verdict.ts';

/** The merchants that trade at a unit, by name: a till's list is of one of them. */
export async function shopsAt(read: Reader, unitPath: string): Promise<ShopHere[]> {
  const { rows } = await sql<ShopHere>`
    SELECT id, name FROM merchant_row WHERE unit_path = ${unitPath} AND merged_into IS NULL ORDER BY name, row`.execute(
    read,
  );
  return rows;
}

/** What a till's list leaves unsaid of whoever gave the goods back. */
const NOBODY = '—';

/** A till's line that is about to become a return. */
export type ReadyReturn = {
  id: string;
  number: string;
  till: TillReturn;
  request: ReturnRequest;
  judged: JudgedReturn;
};

/**
 * What a till says of a return. Its own list proves the sale where it names no receipt; goods that it took back came back whole, and
 * nothing is said of gifts (assumptions).
 */
function requestOf({
  goodsCategory,
  goodsName,
  purchasedOn,
  requestedOn,
  paidFen,
  proofNumber,
}: TillReturn): ReturnRequest {
  return {
    goodsCategory,
    goodsName,
    purchasedOn,
    requestedOn,
    amountFen: paidFen,
    condition: 'intact',
    proofType: proofNumber === null ? 'payment-record' : 'receipt',
    proofNumber,
    gift: 'none',
    giftPriceFen: null,
    confirmedUnsuitable: false,
  };
}

/** The lines among these rows, each judged by the promise in force at purchase and with its number. */
export async function readyReturns(
  writer: Writer,
  call: StaffContext,
  { unitPath }: ImportTarget,
  rows: readonly AcceptedRow[],
): Promise<ReadyReturn[]> {
  const lines = rows.filter((row) => row.kind === 'return');
  if (lines.length === 0) return [];
  const merchants = await merchantStates(writer, [...new Set(lines.map(({ till }) => till.merchantId))]);
  const calendar = calendarAt(call.workstation.directory.rules(), unitPath);
  const numbers = await drawNumber(
    writer,
    requireIdentity(call),
    'return',
    todayOf(call.workstation),
    lines.length,
  );
  return lines.map((row, place) => {
    const { till } = row;
    const request = requestOf(till);
    const merchant = merchants.get(till.merchantId) ?? { commitments: [] };
    return {
      id: streamIdOf(row, unitPath),
      number: numbers[place] ?? '',
      till,
      request,
      judged: judgeReturn(merchant, request, calendar),
    };
  });
}

/** The return as it was asked for and, where the till refunded it, as it was granted. */
export function factsOfReturn({ id, number, till, request, judged }: ReadyReturn): NewFact[] {
  const stream = { kind: 'return' as const, id };
  const { commitment, verdict, reasons } = judged;
  const requested: NewFact = {
    stream,
    type: 'return-requested',
    version: 1,
    payload: {
      number,
      merchantId: till.merchantId,
      merchantName: till.merchantName,
      commitmentId: commitment?.commitmentId ?? null,
      commitmentVersion: commitment?.version ?? null,
      consumer: { name: till.buyerName ?? NOBODY, phone: till.buyerPhone },
      request,
      verdict,
      reasons,
    },
  };
  if (till.refund === null) return [requested];
  const { fen, on } = till.refund;
  return [
    requested,
    {
      stream,
      type: 'return-granted',
      version: 1,
      payload: { refundFen: fen, route: 'original', refundedOn: on },
    },
  ];
}
