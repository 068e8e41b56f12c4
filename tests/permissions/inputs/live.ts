import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'presence'> = {
  presence: { watch: { caseId: id } },
};
