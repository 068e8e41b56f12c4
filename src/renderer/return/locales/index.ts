import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    returns: typeof zh;
  }
}

export const returnsWords = {
  'zh-CN': { returns: zh, rules: zhRules },
  en: { returns: en, rules: enRules },
};
