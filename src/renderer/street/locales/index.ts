import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    streets: typeof zh;
  }
}

export const streetsWords = {
  'zh-CN': { streets: zh, rules: zhRules },
  en: { streets: en, rules: enRules },
};
