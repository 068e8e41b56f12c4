import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    credit: typeof zh;
  }
}

export const creditWords = {
  'zh-CN': { credit: zh, rules: zhRules },
  en: { credit: en, rules: enRules },
};
