import * as enAccess from './access/en.ts';
import * as enCases from './case/en.ts';
import * as enCredit from './credit/en.ts';
import * as enExports from './exports/en.ts';
import * as enFigures from './figures/en.ts';
import * as enImports from './imports/en.ts';
import * as enInspection from './inspection/en.ts';
import * as enReminders from './reminders/en.ts';
import * as enReturns from './return/en.ts';
import * as enShop from './shop/en.ts';
import * as enShell from './shell/en.ts';
import * as enUnits from './organisation/en.ts';
import * as zhAccess from './access/zh-CN.ts';
import * as zhCases from './case/zh-CN.ts';
import * as zhCredit from './credit/zh-CN.ts';
import * as zhExports from './exports/zh-CN.ts';
import * as zhFigures from './figures/zh-CN.ts';
import * as zhImports from './imports/zh-CN.ts';
import * as zhInspection from './inspection/zh-CN.ts';
import * as zhReminders from './reminders/zh-CN.ts';
import * as zhReturns from './return/zh-CN.ts';
import * as zhShop from './shop/zh-CN.ts';
import * as zhShell from './shell/zh-CN.ts';
import * as zhUnits from './organisation/zh-CN.ts';

/** zh-CN is the first language; English is complete, by type and by test. */
export type Language = 'zh-CN' | 'en';

const chinese = {
  access: zhAccess,
  cases: zhCases,
  credit: zhCredit,
  exports: zhExports,
  figures: zhFigures,
  imports: zhImports,
  inspection: zhInspection,
  reminders: zhReminders,
  returns: zhReturns,
  shell: zhShell,
  shop: zhShop,
  units: zhUnits,
};

/** The words of one language: rooms of groups of wordings with `{{holes}}`, in i18next's form. */
export type Words = typeof chinese;

/** What the workstation's main process says, and what it and its screens both say. */
export const words: Record<Language, Words> = {
  'zh-CN': chinese,
  en: {
    access: enAccess,
    cases: enCases,
    credit: enCredit,
    exports: enExports,
    figures: enFigures,
    imports: enImports,
    inspection: enInspection,
    reminders: enReminders,
    returns: enReturns,
    shell: enShell,
    shop: enShop,
    units: enUnits,
  },
};
