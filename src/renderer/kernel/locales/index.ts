import enCommon from './en/common.ts';
import enErrors from './en/errors.ts';
import enFinding from './en/finding.ts';
import enRules from './en/rules.ts';
import zhCommon from './zh-CN/common.ts';
import zhErrors from './zh-CN/errors.ts';
import zhFinding from './zh-CN/finding.ts';
import zhRules from './zh-CN/rules.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
  }
  interface ResourceNamespaceMap {
    common: typeof zhCommon;
    errors: typeof zhErrors;
    finding: typeof zhFinding;
    rules: typeof zhRules;
  }
}

/** Words that several rooms use; each room brings its own. */
export const sharedWords = {
  'zh-CN': { common: zhCommon, errors: zhErrors, finding: zhFinding, rules: zhRules },
  en: { common: enCommon, errors: enErrors, finding: enFinding, rules: enRules },
};
