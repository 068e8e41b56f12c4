import en, { rules as enRules } from './en.ts';
import zh, { rules as zhRules } from './zh-CN.ts';

declare module 'i18next' {
  interface ResourceNamespaceMap {
    disclosures: typeof zh;
  }
}

export const disclosuresWords = {
  'zh-CN': { disclosures: zh, rules: zhRules },
  en: { disclosures: en, rules: enRules },
};
