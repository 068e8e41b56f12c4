import { sql } from 'kysely';
import type { CrossShopItem, ShopBalance } from '../../contract/workstation/return.ts';
import { pairBalances, type CrossShopReturn } from '../../domain/return/settlement.ts';
import type { CallContext } from '../kernel/parts.ts';

/** A period with more returns at other shops than this is asked for in parts. */
const AT_MOST = 5000;

type Row = {
  id: string;
  number: string;
  merchant_id: string;
  merchant_name: string;
  purchase_merchant_id: string;
  purchase_merchant_name: string;
  refund_fen: number;
  refunded_on: string;
  settlements: string | null;
};

/** What shops owe one another for the returns in sight that were refunded in a period; `more` where not all were read. */
export async function betweenShops(
  { workstation }: CallContext,
  { from, to }: { from: string; to: string },
): Promise<{ pairs: ShopBalance[]; more: boolean }> {
  const { rows } = await sql<Row>`
    SELECT id, number, merchant_id, merchant_name, purchase_merchant_id, purchase_merchant_name, refund_fen, refunded_on,
      settlements
    FROM return_row INDEXED BY return_cross_shop
    WHERE purchase_merchant_id IS NOT NULL AND status = 'granted' AND refunded_on BETWEEN ${from} AND ${to}
    ORDER BY refunded_on, row LIMIT ${AT_MOST + 1}`.execute(workstation.store.read);
  const read = rows.slice(0, AT_MOST);
  const names = new Map(
    read.flatMap((row) => [
      [row.merchant_id, row.merchant_name],
      [row.purchase_merchant_id, row.purchase_merchant_name],
    ]),
  );
  const items = read.map(returnOf);
  const pairs = pairBalances(items.map(({ ledger }) => ledger)).map((pair): ShopBalance => {
    const shops = [pair.creditor, pair.debtor];
    return {
      ...pair,
      creditorName: names.get(pair.creditor) ?? pair.creditor,
      debtorName: names.get(pair.debtor) ?? pair.debtor,
      items: items
        .filter(({ ledger }) => shops.includes(ledger.returnShop) && shops.includes(ledger.purchaseShop))
        .map(({ item }) => item),
    };
  });
  return { pairs, more: rows.length > AT_MOST };
}

function returnOf(row: Row): { ledger: CrossShopReturn; item: CrossShopItem } {
  // Written by the projection from a value of exactly this type.
  const settlements = JSON.parse(row.settlements ?? '[]') as CrossShopReturn['settlements'];
  const last = settlements.at(-1);
  const { id, number, refund_fen: refundFen, refunded_on: refundedOn } = row;
  return {
    ledger: {
      id,
      returnShop: row.merchant_id,
      purchaseShop: row.purchase_merchant_id,
      refundFen,
      refundedOn,
      settlements,
    },
    item: {
      id,
      number,
      returnShop: row.merchant_name,
      refundFen,
      refundedOn,
      settled: last !== undefined && last.undone === undefined,
    },
  };
}
