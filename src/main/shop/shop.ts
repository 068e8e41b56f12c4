import { os } from '../kernel/implementer.ts';
import { shopDesk } from './desk.ts';
import { undoableDecision, undoDecision } from './undo.ts';
import { exportSheet, shopSheet } from './sheet.ts';

/** What a shop's manager asks: the day, and the month. */
export const shop = {
  desk: os.shop.desk.handler(({ context, input }) => shopDesk(context, input)),
  undoable: os.shop.undoable.handler(({ context, input }) => undoableDecision(context, input.id)),
  undo: os.shop.undo.handler(({ context, input }) => undoDecision(context, input.id)),
  sheet: os.shop.sheet.handler(({ context, input }) => shopSheet(context, input)),
  export: os.shop.export.handler(({ context, input }) => exportSheet(context, input)),
};
