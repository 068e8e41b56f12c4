import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    restorations: typeof zh;
  }
}

export const restorationWords = {
  'zh-CN': { restorations: zh, rules: zhRules },
  en: { restorations: en, rules: enRules },
};
