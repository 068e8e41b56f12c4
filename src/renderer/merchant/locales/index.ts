import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    merchants: typeof zh;
  }
}

export const merchantsWords = {
  'zh-CN': { merchants: zh, rules: zhRules },
  en: { merchants: en, rules: enRules },
};
