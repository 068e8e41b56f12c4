import { businessDay } from '../kernel/calendar/index.ts';
import { maskName, maskText } from '../kernel/text/index.ts';
import type { ReturnGround, ReturnState } from '../return/index.ts';

/** What a consumer reads of their own return: masked, and nothing of anybody else but the business and the unit. */
export type ReturnView = {
  number: string;
  consumer: string;
  merchant: string;
  unitName: string;
  goods: string;
  requestedOn: string;
  /** `disputed`: it has become a case. */
  stage: 'requested' | 'granted' | 'refused' | 'disputed';
  refund: { fen: number; on: string | null } | null;
  ground: ReturnGround | null;
  /** The day until which it is to be decided; null where nothing is due. */
  decideBy: string | null;
};

/** What the consumer of a return is told of it. `dueAt` is when it is to be decided, where it is not. */
export function returnView(state: ReturnState, dueAt: string | null, unitName: string): ReturnView {
  const { status, caseId, refundFen, refundedOn, refusal } = state;
  return {
    number: state.number,
    consumer: maskName(state.consumer.name),
    merchant: maskText(state.merchantName, [state.consumer.name]),
    unitName,
    goods: maskText(state.request.goodsName, [state.consumer.name]),
    requestedOn: businessDay(state.requestedAt),
    stage: status !== 'granted' && caseId !== null ? 'disputed' : status,
    refund: status === 'granted' && refundFen !== null ? { fen: refundFen, on: refundedOn } : null,
    ground: refusal?.ground ?? null,
    decideBy: dueAt === null ? null : businessDay(dueAt),
  };
}
