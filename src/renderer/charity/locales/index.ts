import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    charity: typeof zh;
  }
}

export const charityWords = {
  'zh-CN': { charity: zh, rules: zhRules },
  en: { charity: en, rules: enRules },
};
