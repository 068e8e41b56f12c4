import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    shop: typeof zh;
  }
}

export const shopWords = {
  'zh-CN': { shop: zh, rules: zhRules },
  en: { shop: en, rules: enRules },
};
