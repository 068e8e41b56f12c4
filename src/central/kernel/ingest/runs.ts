import type { AcceptedRun, Receipt } from '../../../contract/centre/index.ts';

/** A receipt with the event's place in the feed of the appender's own unit, where it has one from this batch. */
export type PlacedReceipt = Receipt & { feedPosition?: number };

/** Receipts in device order as runs of accepted events, and the receipts of those that are in none. */
export function inRuns(placed: readonly PlacedReceipt[]): { receipts: Receipt[]; runs: AcceptedRun[] } {
  const receipts: Receipt[] = [];
  const runs: AcceptedRun[] = [];
  for (const { feedPosition, ...receipt } of placed) {
    const { deviceSequence, status } = receipt;
    if (status !== 'accepted' || feedPosition === undefined) {
      receipts.push(receipt);
      continue;
    }
    const run = runs.at(-1);
    const follows =
      run?.to === deviceSequence - 1 && run.feedPosition + deviceSequence - run.from === feedPosition;
    if (run && follows) run.to = deviceSequence;
    else runs.push({ from: deviceSequence, to: deviceSequence, feedPosition });
  }
  return { receipts, runs };
}

/** Receipts as a device gets them that did not ask for runs. */
export function oneByOne(placed: readonly PlacedReceipt[]): Receipt[] {
  return placed.map(({ feedPosition: _place, ...receipt }) => receipt);
}
