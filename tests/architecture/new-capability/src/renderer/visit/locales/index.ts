import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    visits: typeof zh;
  }
}

export const visitsWords = {
  'zh-CN': { visits: zh, rules: zhRules },
  en: { visits: en, rules: enRules },
};
