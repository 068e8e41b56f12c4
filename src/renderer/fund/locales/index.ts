import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    funds: typeof zh;
  }
}

export const fundsWords = {
  'zh-CN': { funds: zh, rules: zhRules },
  en: { funds: en, rules: enRules },
};
