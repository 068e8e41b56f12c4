import { period, type Inputs } from '../input-values.ts';

const of = { path: '/HS/C1/M01', ...period };

export const inputs: Inputs<'figures'> = {
  figures: {
    get: { of },
    applications: { of, office: null, figure: 'asks' },
    export: { format: 'xlsx', of },
    report: { of },
  },
};
