import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'accesses'> = {
  accesses: {
    list: {},
    choices: undefined,
    export: { format: 'xlsx', filter: {} },
  },
};
