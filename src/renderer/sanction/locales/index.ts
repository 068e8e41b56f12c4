import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    sanction: typeof zh;
  }
}

export const sanctionWords = {
  'zh-CN': { sanction: zh, rules: zhRules },
  en: { sanction: en, rules: enRules },
};
