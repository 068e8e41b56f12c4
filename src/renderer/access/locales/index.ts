import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    accesses: typeof zh;
  }
}

export const accessWords = {
  'zh-CN': { accesses: zh, rules: zhRules },
  en: { accesses: en, rules: enRules },
};
