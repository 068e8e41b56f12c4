import { caseInput } from '../../support/workstation.ts';
import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'cases'> = {
  cases: {
    list: {},
    get: { id },
    register: caseInput(),
    act: { id, revision: 1, action: { step: 'note-added', payload: { text: '说明' } } },
    undoable: { id },
    undo: { id },
    reveal: { id, reason: '电话通知' },
  },
};
