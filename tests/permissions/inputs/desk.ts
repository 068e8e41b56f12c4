import { period, type Inputs } from '../input-values.ts';

export const inputs: Inputs<'today' | 'rollup' | 'drafts' | 'settings'> = {
  today: { get: undefined },
  rollup: { units: undefined, get: { path: '/HS/C1/M01', ...period } },
  drafts: {
    of: { form: 'case-new' },
    list: undefined,
    get: { key: 'case-new' },
    save: { key: 'case-new', title: '新纠纷', values: {} },
    discard: { key: 'case-new' },
  },
  settings: { get: undefined, set: { language: 'zh-CN' }, diagnostics: undefined },
};
