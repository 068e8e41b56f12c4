import { id, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'filters' | 'repeats' | 'search'> = {
  filters: {
    list: undefined,
    save: { id, name: '逾期', query: 'overdue=1' },
    rename: { id, name: '逾期案件' },
    remove: { id },
  },
  repeats: {
    find: { phone: '10012345678', merchantId: null, merchantName: '虚构服饰店' },
    askElsewhere: { phone: '10012345678', merchantId: null },
    askElsewhereOfCase: { id },
    ofCase: { id },
  },
  search: { rebuild: undefined },
};
