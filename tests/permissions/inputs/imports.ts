import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'imports'> = {
  imports: {
    open: { fileName: 'roster.csv', base64: Buffer.from('名称\n虚构服饰店\n').toString('base64') },
    remap: { importId: id, mapping: { kind: 'merchants', columns: { name: 0 } } },
    commit: { importId: id, unitPath: '/HS/C1/M01' },
    reading: { readId: id },
    chooseSheets: { importId: id, sheets: ['1月'] },
    rosterChanges: { importId: id, unitPath: '/HS/C1/M01' },
    undoable: undefined,
    undo: undefined,
  },
};
