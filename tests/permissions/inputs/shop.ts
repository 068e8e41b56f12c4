import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'shop'> = {
  shop: {
    desk: {},
    undoable: { id },
    undo: { id },
    sheet: { merchantId: id, month: '2026-03' },
    export: { merchantId: id, month: '2026-03', format: 'xlsx' },
  },
};
