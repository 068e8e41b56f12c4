import { id, period, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'supervision'> = {
  supervision: {
    queue: {},
    load: { period },
    draw: { sampleId: id, period, count: 1, seed: 'seed' },
    samples: undefined,
    sample: { id },
    compare: { first: period, second: period },
    drill: { path: '/HS/C1/M01', metric: 'registered', period },
    export: { format: 'xlsx', of: { view: 'queue', filter: {} } },
  },
};
