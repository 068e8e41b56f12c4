import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'deadlines'> = {
  deadlines: { board: {} },
};
