import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'evidence'> = {
  evidence: {
    list: { caseId: id },
    withdraw: { caseId: id, sha256: 'a'.repeat(64), reason: '重复' },
  },
};
