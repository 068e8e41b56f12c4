import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'repair'> = {
  repair: {
    state: undefined,
    begin: { way: 'facts' },
    open: undefined,
    copies: undefined,
    copy: { folder: null },
  },
};
