import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'archive'> = {
  archive: { search: { by: 'merchant', text: '虚构' }, open: { id } },
};
