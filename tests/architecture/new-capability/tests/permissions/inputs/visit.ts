import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'visits'> = {
  visits: { list: {}, record: { visitId: id, shopName: '虚构服饰店', note: '明码标价' } },
};
