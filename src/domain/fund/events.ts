import { z } from 'zod';
import { Fen } from '../case/index.ts';
import { DayText, Id, UnitPath } from '../kernel/event/event.ts';
import { personal } from '../kernel/text/index.ts';

const Amount = Fen.min(1, 'amount-nothing');
const Line = (max: number) => z.string().trim().min(1).max(max);

/** Facts of a circle's fund for advance compensation (先行赔付), from which a consumer is paid first. */
export const fundSchemas = {
  'fund-opened@1': z.object({
    name: Line(80),
    unitPath: UnitPath,
    /** What always stays in it. */
    floorFen: Fen,
  }),
  'fund-floor-set@1': z.object({ floorFen: Fen, reason: Line(300) }),
  'fund-deposited@1': z.object({ entryId: Id, fen: Amount, payer: Line(120), on: DayText }),
  /** A payment in that was recorded wrongly: the entry stays, and another takes it back. */
  'fund-deposit-undone@1': z.object({ undoneId: Id, on: DayText, reason: Line(300) }),
  'advance-requested@1': z.object({
    advanceId: Id,
    caseId: Id,
    caseNumber: Line(60),
    merchantId: Id.nullable(),
    merchantName: Line(160),
    consumerName: personal('name', Line(60)),
    fen: Amount,
    /** What the mediator found: a reasonable claim that the merchant refuses without a ground. */
    finding: Line(1000),
  }),
  'advance-approved@1': z.object({ advanceId: Id }),
  'advance-refused@1': z.object({ advanceId: Id, reason: Line(500) }),
  'advance-paid@1': z.object({ advanceId: Id, on: DayText, recoverBy: DayText }),
  'advance-recovered@1': z.object({ advanceId: Id, entryId: Id, fen: Amount, on: DayText }),
  'write-off-proposed@1': z.object({ advanceId: Id, reason: Line(500) }),
  'write-off-approved@1': z.object({ advanceId: Id, on: DayText }),
};
export type FundPayload<Key extends keyof typeof fundSchemas> = z.infer<(typeof fundSchemas)[Key]>;
