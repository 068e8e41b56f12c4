import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    finance: typeof zh;
  }
}

export const financeWords = {
  'zh-CN': { finance: zh, rules: zhRules },
  en: { finance: en, rules: enRules },
};
