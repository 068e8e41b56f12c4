import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    leniency: typeof zh;
  }
}

export const leniencyWords = {
  'zh-CN': { leniency: zh, rules: zhRules },
  en: { leniency: en, rules: enRules },
};
