import type { Inputs } from '../input-values.ts';

export const inputs: Inputs<'procedures'> = {
  procedures: { get: undefined, provisional: undefined },
};
