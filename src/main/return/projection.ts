import type { Generated } from 'kysely';
import { businessDay } from '../../domain/kernel/calendar/index.ts';
import { defineProjection } from '../kernel/store/projection.ts';

declare module '../kernel/store/schema.ts' {
  interface Database {
    return_row: ReturnRow;
    return_search: SearchTable;
  }
}

/** What a list shows of a return. */
export type ReturnRow = {
  row: Generated<number>;
  id: string;
  number: string;
  status: string;
  merchant_id: string;
  merchant_name: string;
  goods_name: string;
  amount_fen: number;
  consumer_name: string;
  verdict: string;
  requested_at: string;
  requested_day: string;
  unit_path: string;
  case_id: string | null;
  /** The other shop of the group where the goods were bought; what was refunded, and what of that was paid back, as JSON. */
  purchase_merchant_id: string | null;
  purchase_merchant_name: string | null;
  refund_fen: number | null;
  refunded_on: string | null;
  settlements: string | null;
};

export const returnProjection = defineProjection({
  kind: 'return',
  directory: false,
  save: null,
  follow: null,
  afterUpgrade: null,
  rows: {
    plural: 'returns',
    columns: `id number status merchant_id=merchantId merchant_name=merchantName goods_name=goodsName amount_fen=amountFen
      consumer_name=consumerName verdict requested_at=requestedAt requested_day=requestedDay unit_path=unitPath
      case_id=caseId purchase_merchant_id=purchaseId purchase_merchant_name=purchaseName refund_fen=refundFen
      refunded_on=refundedOn settlements`,
    kept: `number merchant_id merchant_name goods_name amount_fen verdict requested_at requested_day
      unit_path purchase_merchant_id purchase_merchant_name`,
    row: (state) => ({
      id: state.id,
      number: state.number,
      status: state.status,
      merchantId: state.merchantId,
      merchantName: state.merchantName,
      goodsName: state.request.goodsName,
      amountFen: state.request.amountFen,
      consumerName: state.consumer.name,
      verdict: state.verdict,
      requestedAt: state.requestedAt,
      requestedDay: businessDay(state.requestedAt),
      unitPath: state.unitPath,
      caseId: state.caseId,
      purchaseId: state.purchasedAt?.merchantId ?? null,
      purchaseName: state.purchasedAt?.name ?? null,
      refundFen: state.purchasedAt === undefined ? null : state.refundFen,
      refundedOn: state.purchasedAt === undefined ? null : state.refundedOn,
      settlements: state.settlements === undefined ? null : JSON.stringify(state.settlements),
    }),
  },
});
